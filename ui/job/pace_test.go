package job_test

import (
	"context"
	"testing"
	"time"

	"straws/ui/job"

	tea "charm.land/bubbletea/v2"
)

// paced runs a job whose progress and clock the test moves.
type paced struct {
	*job.Tracker

	now  time.Time
	tick tea.Msg
	p    *job.Progress
	job  *job.Job
	end  chan struct{}
}

func newPaced(t *testing.T, s job.Spec) *paced {
	b := &paced{now: time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC), end: make(chan struct{})}
	b.Tracker = job.NewTracker(1, func() time.Time { return b.now }, func(m tea.Msg) tea.Cmd { b.tick = m; return nil })
	running := make(chan *job.Progress)
	s.Run = func(_ context.Context, p *job.Progress) error { running <- p; <-b.end; return nil }
	cmd := b.Start(t.Context(), s)
	go cmd()
	b.p, b.job = <-running, b.Jobs()[0]
	t.Cleanup(func() { close(b.end) })
	b.pass(0)
	return b
}

func (b *paced) pass(d time.Duration) job.Snapshot {
	b.now = b.now.Add(d)
	b.Update(b.tick)
	return b.job.Snapshot()
}

func TestRateAndTimeLeft(t *testing.T) {
	b := newPaced(t, job.Spec{Total: 1000, Bytes: true})
	if s := b.job.Snapshot(); s.Rate != 0 || s.Left != 0 {
		t.Errorf("before anything moved: %v/s, %v left", s.Rate, s.Left)
	}
	b.p.Add(100)
	if s := b.pass(time.Second); s.Rate != 100 || s.Left != 9*time.Second {
		t.Errorf("after a second: %v/s, %v left", s.Rate, s.Left)
	}
	b.p.Add(1)
	if s := b.pass(100 * time.Millisecond); s.Rate != 100 {
		t.Errorf("changed at once to %v/s", s.Rate)
	}
	b.p.Add(299)
	if s := b.pass(900 * time.Millisecond); s.Rate <= 100 || s.Rate >= 300 {
		t.Errorf("a faster second counts for all: %v/s", s.Rate)
	}
	b.p.Add(-100)
	if s := b.pass(time.Second); s.Rate < 0 {
		t.Errorf("a piece that is moved again: %v/s", s.Rate)
	}
	b.p.Counting(true)
	if s := b.pass(time.Second); s.Left != 0 || !s.Counting {
		t.Errorf("%v left of a total that grows", s.Left)
	}
}

func TestAStalledJobTellsNoTimeLeftForEver(t *testing.T) {
	b := newPaced(t, job.Spec{Total: 1000, Bytes: true})
	b.p.Add(100)
	b.pass(time.Second)
	var s job.Snapshot
	for range 200 {
		s = b.pass(time.Second)
	}
	if s.Rate > 1 || s.Left != 0 && s.Left < time.Hour {
		t.Errorf("after minutes without a byte: %v/s, %v left", s.Rate, s.Left)
	}
}

func TestItemsAndUnits(t *testing.T) {
	b := newPaced(t, job.Spec{Total: 10})
	b.p.Add(3)
	if s := b.job.Snapshot(); s.Items != 3 || s.AllItems != 10 || s.Percent() != 30 {
		t.Errorf("%+v", s)
	}
	b = newPaced(t, job.Spec{Total: 1 << 40, Bytes: true})
	b.p.SetItems(4)
	b.p.AddItems(1)
	b.p.Add(1 << 39)
	if s := b.job.Snapshot(); s.Items != 1 || s.AllItems != 4 || s.Percent() != 50 {
		t.Errorf("%+v", s)
	}
}
