package demo

import (
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// How long instances take, and how long AWS remembers one that is gone.
const (
	bootTime     = 5 * time.Second
	stopTime     = 6 * time.Second
	shutdownTime = 6 * time.Second
	replaceTime  = 20 * time.Second // until an Auto Scaling group makes up for a lost member
	rememberTime = time.Hour
)

// machine is one instance.
type machine struct {
	blueprint
	id          string
	sequence    int
	reservation string
	volume, eni string
	private     string
	public      string
	launched    time.Time // the last start

	since    time.Time // when it came into its state
	took     string    // why: "User initiated", for the reason of the state
	replaced bool      // its Auto Scaling group has seen to it
}

// launch makes a machine as its blueprint says it is at the account's start.
func (s *ec2State) launch(region string, b blueprint, now time.Time) *machine {
	s.launched++
	m := &machine{
		blueprint: b, sequence: s.launched,
		id: s.hexID("i"), reservation: s.hexID("r"), volume: s.hexID("vol"), eni: s.hexID("eni"),
		private:  privateAddress(b.zone, s.launched),
		launched: now.Add(-b.age), since: now,
	}
	m.zone = region + b.zone
	if m.state == "" {
		m.state = types.InstanceStateNameRunning
	}
	if m.state == types.InstanceStateNameStopped {
		m.since = now.Add(-b.age / 2)
	}
	if m.online() && b.exposed {
		m.public = s.address()
	}
	if !m.online() || m.state == types.InstanceStateNameStopping {
		m.took = "User initiated"
	}
	if m.state == types.InstanceStateNameTerminated {
		m.private = ""
	}
	return m
}

// online reports whether the machine has its addresses.
func (m *machine) online() bool {
	switch m.state {
	case types.InstanceStateNamePending, types.InstanceStateNameRunning, types.InstanceStateNameStopping:
		return true
	}
	return false
}

// enter moves the machine into a state at a moment.
func (m *machine) enter(state types.InstanceStateName, at time.Time) {
	m.state, m.since, m.lasts = state, at, 0
	switch state {
	case types.InstanceStateNameStopped:
		m.public = ""
	case types.InstanceStateNameTerminated:
		m.public, m.private = "", ""
	}
}

// next is the state that follows by itself, after how long; ok is false for a
// state that stays.
func (m *machine) next() (state types.InstanceStateName, after time.Duration, ok bool) {
	switch m.state {
	case types.InstanceStateNamePending:
		state, after = types.InstanceStateNameRunning, bootTime
	case types.InstanceStateNameStopping:
		state, after = types.InstanceStateNameStopped, stopTime
	case types.InstanceStateNameShuttingDown:
		state, after = types.InstanceStateNameTerminated, shutdownTime
	default:
		return "", 0, false
	}
	if m.lasts > 0 {
		after = m.lasts
	}
	return state, after, true
}

// settle brings every machine to where it is at a moment.
func (f *fleet) settle(s *ec2State, now time.Time) {
	f.progress(now)
	f.replace(s, now)
	f.progress(now)
	f.machines = slices.DeleteFunc(f.machines, func(m *machine) bool {
		return m.state == types.InstanceStateNameTerminated && !now.Before(m.since.Add(rememberTime))
	})
}

// progress ends the transitions whose time is over.
func (f *fleet) progress(now time.Time) {
	for _, m := range f.machines {
		if state, after, ok := m.next(); ok && !now.Before(m.since.Add(after)) {
			m.enter(state, m.since.Add(after))
		}
	}
}

// replace lets each Auto Scaling group launch a machine for a member that is
// gone, and terminate a member that somebody stopped.
func (f *fleet) replace(s *ec2State, now time.Time) {
	for _, m := range slices.Clone(f.machines) {
		stopped, at := m.state == types.InstanceStateNameStopped, m.since.Add(replaceTime)
		gone := stopped || m.state == types.InstanceStateNameTerminated
		if m.group == "" || m.replaced || !gone || now.Before(at) {
			continue
		}
		m.replaced = true
		if stopped {
			m.took = "Auto Scaling"
			m.enter(types.InstanceStateNameTerminated, at)
		}
		b := m.blueprint
		b.zone = strings.TrimPrefix(b.zone, f.region)
		b.state, b.age, b.lasts = types.InstanceStateNamePending, 0, 0
		f.machines = append(f.machines, s.launch(f.region, b, at))
	}
}

func (m *machine) change(before types.InstanceStateName) types.InstanceStateChange {
	return types.InstanceStateChange{
		InstanceId: aws.String(m.id), PreviousState: instanceState(before), CurrentState: instanceState(m.state),
	}
}

func instanceState(name types.InstanceStateName) *types.InstanceState {
	code := map[types.InstanceStateName]int32{
		types.InstanceStateNamePending: 0, types.InstanceStateNameRunning: 16,
		types.InstanceStateNameShuttingDown: 32, types.InstanceStateNameTerminated: 48,
		types.InstanceStateNameStopping: 64, types.InstanceStateNameStopped: 80,
	}[name]
	return &types.InstanceState{Name: name, Code: aws.Int32(code)}
}
