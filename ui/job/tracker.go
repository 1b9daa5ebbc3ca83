package job

import (
	"context"
	"fmt"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

type (
	doneMsg struct {
		tracker *Tracker
		id      int
		err     error
	}
	tickMsg struct{ tracker *Tracker }
)

// Tracker owns all jobs. Only Update calls its methods, except Wait.
type Tracker struct {
	now     func() time.Time
	later   func(tea.Msg) tea.Cmd
	jobs    []*Job
	slots   chan struct{}
	running sync.WaitGroup
	ticking bool
}

// NewTracker allows up to limit jobs to run at once. While one does, it asks
// for a new frame by sending itself a message through later.
func NewTracker(limit int, now func() time.Time, later func(tea.Msg) tea.Cmd) *Tracker {
	return &Tracker{slots: make(chan struct{}, limit), later: later, now: now}
}

// Jobs lists every job, oldest first.
func (t *Tracker) Jobs() []*Job { return t.jobs }

// Active counts the jobs that have not ended.
func (t *Tracker) Active() int {
	n := 0
	for _, j := range t.jobs {
		if !j.State.Finished() {
			n++
		}
	}
	return n
}

// Start queues s and returns the command that runs it. The job outlives the
// pane that started it: ctx is the program's.
func (t *Tracker) Start(ctx context.Context, s Spec) tea.Cmd {
	ctx, cancel := context.WithCancel(ctx)
	j := &Job{ID: len(t.jobs) + 1, Spec: s, Started: t.now(), started: make(chan struct{}), cancel: cancel}
	j.progress.SetTotal(s.Total)
	t.jobs = append(t.jobs, j)
	t.running.Add(1)
	run := func() tea.Msg {
		defer t.running.Done()
		defer cancel()
		return doneMsg{t, j.ID, t.run(ctx, j)}
	}
	return tea.Batch(run, t.tick())
}

func (t *Tracker) run(ctx context.Context, j *Job) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("internal error: %v", v)
		}
	}()
	select {
	case t.slots <- struct{}{}:
		defer func() { <-t.slots }()
	case <-ctx.Done():
		return ctx.Err()
	}
	close(j.started)
	return j.Spec.Run(ctx, &j.progress)
}

// Cancel asks a job to stop. It finishes the requests in flight first.
func (t *Tracker) Cancel(id int) {
	if j := t.jobs[id-1]; !j.State.Finished() {
		j.State = Cancelling
		j.cancel()
	}
}

// CancelAll asks every job to stop.
func (t *Tracker) CancelAll() {
	for _, j := range t.jobs {
		t.Cancel(j.ID)
	}
}

// Update handles the tracker's own messages and ignores the rest.
func (t *Tracker) Update(msg tea.Msg) (ended *Job, cmd tea.Cmd, handled bool) {
	switch msg := msg.(type) {
	case tickMsg:
		if msg.tracker != t {
			return nil, nil, false
		}
		t.ticking = false
		t.refresh()
		return nil, t.tick(), true
	case doneMsg:
		if msg.tracker != t {
			return nil, nil, false
		}
		j := t.jobs[msg.id-1]
		j.Err, j.Ended, j.State = msg.err, t.now(), j.outcome(msg.err)
		if j.Spec.After != nil {
			cmd = j.Spec.After()
		}
		return j, cmd, true
	}
	return nil, nil, false
}

// refresh moves the jobs that left the queue to running, and measures those
// that run.
func (t *Tracker) refresh() {
	for _, j := range t.jobs {
		if j.State == Queued {
			select {
			case <-j.started:
				j.State = Running
			default:
			}
		}
		if j.State == Running || j.State == Cancelling {
			j.pace.measure(t.now(), j.progress.done.Load())
		}
	}
}

// tick asks for the next frame while a job is active, one tick at a time.
func (t *Tracker) tick() tea.Cmd {
	if t.ticking || t.Active() == 0 {
		return nil
	}
	t.ticking = true
	return t.later(tickMsg{t})
}

// Wait gives running jobs up to limit to end, after the program has quit, and
// reports whether they did.
func (t *Tracker) Wait(limit time.Duration) bool {
	done := make(chan struct{})
	go func() { t.running.Wait(); close(done) }()
	select {
	case <-done:
		return true
	case <-time.After(limit):
		return false
	}
}
