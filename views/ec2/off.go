package ec2

import "straws/awsclient/ec2"

func cannotStart(i ec2.Instance) string {
	switch i.State {
	case ec2.Running:
		return "already running"
	case ec2.Pending:
		return "already starting"
	case ec2.Stopping:
		return "still stopping"
	case ec2.Stopped, ec2.ShuttingDown, ec2.Terminated:
	}
	return cannotChange(i)
}

func cannotStop(i ec2.Instance) string {
	switch {
	case i.State == ec2.Stopped:
		return "already stopped"
	case i.State == ec2.Stopping:
		return "already stopping"
	case i.State == ec2.Pending:
		return "still starting"
	case i.Volatile && !i.State.Ended():
		return "its root disk is an instance store, so it can only be terminated"
	}
	return cannotChange(i)
}

// cannotChange is what rules out every change.
func cannotChange(i ec2.Instance) string {
	switch {
	case i.State == ec2.Terminated:
		return "already terminated"
	case i.State == ec2.ShuttingDown:
		return "already shutting down"
	case i.Owner.Locked:
		return "managed by " + i.Owner.String() + ", which alone may change it"
	}
	return ""
}
