package job

import (
	"sync"
	"sync/atomic"
	"time"
)

// Item is one of the things a job works on.
type Item struct {
	ID   string // what a retry finds it by
	Name string // what people call it
}

// Failure is one item that did not succeed.
type Failure struct {
	Item

	Err error
}

// Progress is written by the job and sampled by the screen. It never sends a
// message, so a job may call it as often as it likes.
type Progress struct {
	done, total, items, allItems, failed atomic.Int64
	counting                             atomic.Bool

	mu       sync.Mutex
	note     string
	failures []Failure
}

// Add counts n more units as done, failed ones included. In a job of bytes n is
// negative where a piece has to be moved again.
func (p *Progress) Add(n int64) { p.done.Add(n) }

// SetTotal sets or grows the expected number of units.
func (p *Progress) SetTotal(n int64) { p.total.Store(n) }

// Less takes n units out of the total: they need not be done after all.
func (p *Progress) Less(n int64) { p.total.Add(-n) }

// AddItems counts n more things as dealt with, failed ones included. It is for
// jobs whose units are bytes.
func (p *Progress) AddItems(n int64) { p.items.Add(n) }

// SetItems sets or grows the expected number of things.
func (p *Progress) SetItems(n int64) { p.allItems.Store(n) }

// Counting says whether the totals still grow: no time left can be told then.
func (p *Progress) Counting(yes bool) { p.counting.Store(yes) }

// Note replaces the line that says what the job is at, or how it ended.
func (p *Progress) Note(s string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.note = s
}

// Fail records that one item failed; the job goes on. Every failure is kept: a
// retry must be of exactly that set.
func (p *Progress) Fail(item Item, err error) {
	p.failed.Add(1)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failures = append(p.failures, Failure{item, err})
}

// Snapshot is a consistent copy for drawing.
type Snapshot struct {
	Done, Total     int64 // units
	Items, AllItems int64 // things, failed ones included; the units themselves where they are not bytes
	Failed          int64 // things
	Counting        bool  // the totals still grow
	Note            string
	Failures        []Failure
	Rate            float64       // units a second, of late; 0 when not known
	Left            time.Duration // 0 when not known
}

// Percent is how far the job is, 0 to 100.
func (s Snapshot) Percent() int {
	if s.Total <= 0 {
		return 0
	}
	return int(min(max(s.Done, 0)*100/s.Total, 100))
}

func (p *Progress) snapshot() Snapshot {
	p.mu.Lock()
	defer p.mu.Unlock()
	// Failures are only ever added, so that a part of the list can be lent out.
	return Snapshot{
		Done: p.done.Load(), Total: p.total.Load(), Items: p.items.Load(), AllItems: p.allItems.Load(),
		Failed: p.failed.Load(), Counting: p.counting.Load(), Note: p.note, Failures: p.failures[:len(p.failures):len(p.failures)],
	}
}
