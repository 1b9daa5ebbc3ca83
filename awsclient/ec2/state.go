package ec2

import "github.com/aws/aws-sdk-go-v2/service/ec2/types"

// State is where an instance is in its life, in AWS's own word.
type State string

// States of an instance. AWS may add others; they are kept as they come.
const (
	Pending      State = "pending"
	Running      State = "running"
	Stopping     State = "stopping"
	Stopped      State = "stopped"
	ShuttingDown State = "shutting-down"
	Terminated   State = "terminated"
)

// Transient reports whether the instance will leave this state by itself within
// seconds or minutes.
func (s State) Transient() bool {
	return s == Pending || s == Stopping || s == ShuttingDown
}

// Ended reports whether the instance is gone or on its way there, so that
// nothing can be done to it.
func (s State) Ended() bool { return s == ShuttingDown || s == Terminated }

// stateOf prefers the word to the code.
func stateOf(s *types.InstanceState) State {
	switch {
	case s == nil:
		return ""
	case s.Name != "":
		return State(s.Name)
	case s.Code != nil:
		return stateOfCode(*s.Code & 0xff) // the high byte holds junk
	}
	return ""
}

func stateOfCode(code int32) State {
	switch code {
	case 0:
		return Pending
	case 16:
		return Running
	case 32:
		return ShuttingDown
	case 48:
		return Terminated
	case 64:
		return Stopping
	case 80:
		return Stopped
	}
	return ""
}
