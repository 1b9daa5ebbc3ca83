package emr

// ClusterState is EMR's word for what a cluster is doing.
type ClusterState string

// States of a cluster.
const (
	Starting      ClusterState = "STARTING"
	Bootstrapping ClusterState = "BOOTSTRAPPING"
	Running       ClusterState = "RUNNING"
	Waiting       ClusterState = "WAITING"
	Terminating   ClusterState = "TERMINATING"
	Terminated    ClusterState = "TERMINATED"
	TerminatedBad ClusterState = "TERMINATED_WITH_ERRORS"
)

// Active reports whether the cluster still has machines, and costs money.
func (s ClusterState) Active() bool { return s != Terminated && s != TerminatedBad }

// Transient reports whether the state will change without anybody's doing.
func (s ClusterState) Transient() bool { return s.Active() && s != Waiting }

// StepState is EMR's word for what a step is doing.
type StepState string

// States of a step.
const (
	StepPending       StepState = "PENDING"
	StepCancelPending StepState = "CANCEL_PENDING"
	StepRunning       StepState = "RUNNING"
	StepCompleted     StepState = "COMPLETED"
	StepCancelled     StepState = "CANCELLED"
	StepFailed        StepState = "FAILED"
	StepInterrupted   StepState = "INTERRUPTED"
)

// Transient reports whether the state will change without anybody's doing.
func (s StepState) Transient() bool {
	return s == StepPending || s == StepCancelPending || s == StepRunning
}
