package logs

import (
	"maps"
	"time"
)

const (
	overlap    = 5 * time.Second  // read again before the newest event: streams are not written in step
	lateness   = time.Minute      // the same, now and then, for what CloudWatch took in late
	sweepEvery = 15 * time.Second // between two of those
	remembered = 3 * time.Minute  // how long before the newest event ids are known
	skew       = 5 * time.Minute  // by which a clock here may be ahead of AWS
)

// Tail follows the end of a log: from where to read on, and which events have
// been read before. It belongs to one goroutine.
type Tail struct {
	ids    map[string]time.Time
	newest time.Time
	swept  time.Time
}

// NewTail begins at now, which need not be AWS's own time.
func NewTail(now time.Time) *Tail {
	return &Tail{ids: map[string]time.Time{}, newest: now.Add(-skew), swept: now}
}

// Fresh returns the events that have not come before, in their order.
func (t *Tail) Fresh(events []Event) []Event {
	var out []Event
	for _, e := range events {
		if _, known := t.ids[e.ID]; known {
			continue
		}
		if e.Time.After(t.newest) {
			t.newest = e.Time
		}
		t.ids[e.ID] = e.Time
		out = append(out, e)
	}
	old := t.newest.Add(-remembered)
	maps.DeleteFunc(t.ids, func(_ string, at time.Time) bool { return at.Before(old) })
	return out
}

// Reached says that everything was read up to now, when there were no events to
// tell by: what matches a pattern may be rare.
func (t *Tail) Reached(now time.Time) {
	if at := now.Add(-skew); at.After(t.newest) {
		t.newest = at
	}
}

// From is where to read on: a little before the newest event, and further back
// from time to time.
func (t *Tail) From(now time.Time) time.Time {
	back := overlap
	if now.Sub(t.swept) >= sweepEvery {
		back, t.swept = lateness, now
	}
	return t.newest.Add(-back)
}
