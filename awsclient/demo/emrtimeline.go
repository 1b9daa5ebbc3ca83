package demo

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/emr/types"
)

const (
	stepDelay   = 5 * time.Second  // until a step that could run does
	interrupts  = 10 * time.Second // until a running step that is cancelled has ended
	shutsDownIn = time.Minute      // until a terminating cluster has terminated
)

// timeline is a cluster and its steps at one moment.
type timeline struct {
	c     *emrCluster
	now   time.Time
	state types.ClusterState
	code  types.ClusterStateChangeReasonCode
	end   time.Time // when it began to terminate; zero while it has not
	steps []stepRun // like c.steps
}

type stepRun struct {
	state          types.StepState
	started, ended time.Time // zero for what has not happened
}

// at works out what has become of the cluster by now. Steps run one after the
// other, so everything follows from when each was added and how long it takes.
func (c *emrCluster) at(now time.Time) *timeline {
	t := &timeline{c: c, now: now, steps: make([]stepRun, len(c.steps))}
	free := c.created.Add(c.starts) // when the next step may start
	var halt time.Time              // steps added before this were cancelled by a failure
	end, code := c.stopped, types.ClusterStateChangeReasonCodeUserRequest
	for i, s := range c.steps {
		start := later(free, s.created.Add(stepDelay))
		if away := firstOf(s.cancelled, halt, end, start); !away.IsZero() && (away.Equal(s.cancelled) || s.created.Before(away)) {
			t.steps[i] = withdrawn(away, now)
			continue
		}
		done, outcome := s.ends(start, end)
		t.steps[i] = stepRun{state: types.StepStatePending}
		if !now.Before(start) {
			t.steps[i] = s.running(start, done, outcome, now)
		}
		free = done
		if outcome == types.StepStateFailed && s.onFailure != types.ActionOnFailureContinue {
			halt = done
			if s.onFailure != types.ActionOnFailureCancelAndWait {
				end, code = done, types.ClusterStateChangeReasonCodeStepFailure
			}
		}
	}
	if end.IsZero() && c.autoEnd {
		end, code = free, types.ClusterStateChangeReasonCodeAllStepsCompleted
	}
	if !end.IsZero() && !now.Before(end) {
		t.end, t.code = end, code
	}
	t.state = t.clusterState()
	return t
}

// firstOf is the earliest of the moments that come no later than start; zero
// when there is none.
func firstOf(cancelled, halt, end, start time.Time) time.Time {
	var first time.Time
	for _, m := range []time.Time{cancelled, halt, end} {
		if !m.IsZero() && !m.After(start) && (first.IsZero() || m.Before(first)) {
			first = m
		}
	}
	return first
}

// withdrawn is a step that was cancelled at the time away, before it started.
func withdrawn(away, now time.Time) stepRun {
	if now.Before(away) {
		return stepRun{state: types.StepStatePending}
	}
	return stepRun{state: types.StepStateCancelled, ended: away}
}

// ends is when and how the step ends if it starts at start, in a cluster that
// terminates at stop.
func (s *emrStep) ends(start, stop time.Time) (time.Time, types.StepState) {
	done, outcome := start.Add(s.runs), types.StepStateCompleted
	if s.fails != nil {
		outcome = types.StepStateFailed
	}
	if !s.cancelled.IsZero() && s.cancelled.Before(done) {
		done, outcome = s.cancelled.Add(interrupts), types.StepStateCancelled
	}
	if !stop.IsZero() && stop.Before(done) {
		done, outcome = stop, types.StepStateInterrupted
	}
	return done, outcome
}

// running is a step that has started.
func (s *emrStep) running(start, done time.Time, outcome types.StepState, now time.Time) stepRun {
	switch {
	case !now.Before(done):
		return stepRun{state: outcome, started: start, ended: done}
	case !s.cancelled.IsZero() && !now.Before(s.cancelled):
		return stepRun{state: types.StepStateCancelPending, started: start}
	default:
		return stepRun{state: types.StepStateRunning, started: start}
	}
}

func (t *timeline) clusterState() types.ClusterState {
	since := t.now.Sub(t.c.created)
	switch {
	case !t.end.IsZero() && t.now.Before(t.end.Add(shutsDownIn)):
		return types.ClusterStateTerminating
	case !t.end.IsZero() && t.code == types.ClusterStateChangeReasonCodeStepFailure:
		return types.ClusterStateTerminatedWithErrors
	case !t.end.IsZero():
		return types.ClusterStateTerminated
	case since < t.c.starts*2/3:
		return types.ClusterStateStarting
	case since < t.c.starts:
		return types.ClusterStateBootstrapping
	}
	for _, s := range t.steps {
		if s.ended.IsZero() {
			return types.ClusterStateRunning
		}
	}
	return types.ClusterStateWaiting
}

func (t *timeline) active() bool {
	return t.end.IsZero() || t.state == types.ClusterStateTerminating
}

func (t *timeline) status() *types.ClusterStatus {
	line := &types.ClusterTimeline{CreationDateTime: aws.Time(t.c.created)}
	if ready := t.c.created.Add(t.c.starts); !t.now.Before(ready) {
		line.ReadyDateTime = aws.Time(ready)
	}
	reason := &types.ClusterStateChangeReason{}
	if !t.end.IsZero() {
		reason.Code, reason.Message = t.code, aws.String(t.reason())
		if !t.active() {
			line.EndDateTime = aws.Time(t.end.Add(shutsDownIn))
		}
	} else if t.state == types.ClusterStateWaiting {
		reason.Message = aws.String("Cluster ready to run steps.")
	}
	return &types.ClusterStatus{State: t.state, StateChangeReason: reason, Timeline: line}
}

func (t *timeline) reason() string {
	switch t.code {
	case types.ClusterStateChangeReasonCodeStepFailure:
		return "Shut down as step failed"
	case types.ClusterStateChangeReasonCodeAllStepsCompleted:
		return "Steps completed"
	default:
		return "Terminated by user request"
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
