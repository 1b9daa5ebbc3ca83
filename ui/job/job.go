// Package job runs work that changes something, shows how far it is, and
// reports what failed.
package job

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"
)

// State is where a job is in its life.
type State int

// States of a job.
const (
	Queued State = iota
	Running
	Cancelling
	Done
	Partial // finished, but some items failed
	Failed
	Cancelled
)

// String is the state as the screen writes it.
func (s State) String() string {
	return [...]string{"queued", "running", "cancelling", "done", "partial", "failed", "cancelled"}[s]
}

// Finished reports whether the job has ended.
func (s State) Finished() bool { return s >= Done }

// Spec describes a job.
type Spec struct {
	Title string
	Total int64 // units of work; 0 when it is not known yet
	// Bytes says that the units are bytes of things, Noun "files", which Progress
	// counts beside them.
	Bytes bool
	Noun  string
	// Run does the work. It must honour ctx and finish the request it is in.
	Run func(ctx context.Context, p *Progress) error
	// After is called in Update when the job has ended, to refresh what it changed.
	After func() tea.Cmd
	// Retry is the job that does only the failed items again; nil when that makes
	// no sense.
	Retry func(failed []string) Spec
	// Again is the job that does what is left after it was cancelled or ended by
	// an error; nil when that makes no sense. Rest says so in half a sentence:
	// "the same download fetches only the rest".
	Again func() Spec
	Rest  string
	// Command is the equivalent aws command line; "" when there is none.
	Command string
}

// Job is one run of a Spec. Its fields change only in Update.
type Job struct {
	ID             int
	Spec           Spec
	State          State
	Err            error
	Started, Ended time.Time

	progress Progress
	pace     pace
	started  chan struct{} // closed when it leaves the queue
	cancel   context.CancelFunc
}

// Snapshot copies the job's progress.
func (j *Job) Snapshot() Snapshot {
	s := j.progress.snapshot()
	if !j.Spec.Bytes {
		s.Items, s.AllItems = s.Done, s.Total
	}
	if !j.State.Finished() {
		s.Rate, s.Left = j.pace.rate, j.pace.left(s)
	}
	return s
}

// Failed lists the identities of the items that did not succeed.
func (j *Job) Failed() []string {
	var out []string
	for _, f := range j.Snapshot().Failures {
		out = append(out, f.ID)
	}
	return out
}

func (j *Job) outcome(err error) State {
	failed, done := j.progress.failed.Load(), j.Snapshot().Items
	switch {
	case errors.Is(err, context.Canceled):
		return Cancelled
	case err != nil:
		return Failed
	case failed > 0 && failed >= done:
		return Failed
	case failed > 0:
		return Partial
	}
	return Done
}
