package job_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"straws/ui/job"

	tea "charm.land/bubbletea/v2"
)

// bench runs a tracker's commands by hand.
type bench struct {
	*job.Tracker

	t       *testing.T
	tick    tea.Msg
	results chan tea.Msg
}

func newBench(t *testing.T, limit int) *bench {
	b := &bench{t: t, results: make(chan tea.Msg, 16)}
	now := time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)
	b.Tracker = job.NewTracker(limit, func() time.Time { return now }, func(m tea.Msg) tea.Cmd { b.tick = m; return nil })
	return b
}

// start runs the job's command beside the test, as the runtime does.
func (b *bench) start(s job.Spec) *job.Job {
	cmd := b.Start(b.t.Context(), s)
	go func() { b.results <- cmd() }()
	return b.Jobs()[len(b.Jobs())-1]
}

func (b *bench) sample() {
	b.Update(b.tick)
}

// end waits for one job.
func (b *bench) end() *job.Job {
	j, _, ok := b.Update(<-b.results)
	if !ok || j == nil {
		b.t.Fatal("the tracker did not take its own message")
	}
	return j
}

func TestOutcomes(t *testing.T) {
	for _, tt := range []struct {
		name string
		run  func(context.Context, *job.Progress) error
		want job.State
	}{
		{"all well", func(_ context.Context, p *job.Progress) error { p.Add(2); return nil }, job.Done},
		{"one of two", func(_ context.Context, p *job.Progress) error {
			p.Add(2)
			p.Fail(job.Item{ID: "a"}, errors.New("no"))
			return nil
		}, job.Partial},
		{"each one", func(_ context.Context, p *job.Progress) error {
			p.Add(1)
			p.Fail(job.Item{ID: "a"}, errors.New("no"))
			return nil
		}, job.Failed},
		{"as a whole", func(context.Context, *job.Progress) error { return errors.New("no") }, job.Failed},
		{"panic", func(context.Context, *job.Progress) error { panic("boom") }, job.Failed},
		{"cancelled", func(context.Context, *job.Progress) error { return context.Canceled }, job.Cancelled},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, 1)
			b.start(job.Spec{Title: tt.name, Total: 2, Run: tt.run})
			if j := b.end(); j.State != tt.want || b.Active() != 0 {
				t.Errorf("state %v, want %v; %d active", j.State, tt.want, b.Active())
			}
			if !b.Wait(time.Second) {
				t.Error("an ended job is still waited for")
			}
		})
	}
}

func TestJobsQueueBehindTheLimit(t *testing.T) {
	b := newBench(t, 1)
	running, release := make(chan struct{}), make(chan struct{})
	hold := func(context.Context, *job.Progress) error { running <- struct{}{}; <-release; return nil }
	first := b.start(job.Spec{Run: hold})
	<-running
	second := b.start(job.Spec{Run: hold})
	b.sample()
	if first.State != job.Running || second.State != job.Queued {
		t.Errorf("first %v, second %v", first.State, second.State)
	}
	b.Cancel(second.ID)
	if j := b.end(); j != second || j.State != job.Cancelled {
		t.Errorf("a cancelled job in the queue is %v", second.State)
	}
	close(release)
	b.end()
}

func TestRetryIsOfExactlyWhatFailed(t *testing.T) {
	b := newBench(t, 1)
	j := b.start(job.Spec{Run: func(_ context.Context, p *job.Progress) error {
		for i, id := range []string{"a", "b", "c", "d"} {
			p.Add(1)
			if i%2 == 1 {
				p.Fail(job.Item{ID: id, Name: "thing " + id}, errors.New("no"))
			}
		}
		return nil
	}})
	b.end()
	if got := j.Failed(); !slices.Equal(got, []string{"b", "d"}) {
		t.Errorf("failed: %v", got)
	}
}
