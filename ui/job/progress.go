package job

import (
	"slices"
	"sync"
	"sync/atomic"
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
	done, total, failed atomic.Int64

	mu       sync.Mutex
	note     string
	failures []Failure
}

// Add counts n more units as done, failed ones included.
func (p *Progress) Add(n int64) { p.done.Add(n) }

// SetTotal sets or grows the expected number of units.
func (p *Progress) SetTotal(n int64) { p.total.Store(n) }

// Note replaces the line that says what the job is at.
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
	Done, Total, Failed int64
	Note                string
	Failures            []Failure
}

// Percent is how far the job is, 0 to 100.
func (s Snapshot) Percent() int {
	if s.Total <= 0 {
		return 0
	}
	return int(min(s.Done*100/s.Total, 100))
}

func (p *Progress) snapshot() Snapshot {
	p.mu.Lock()
	defer p.mu.Unlock()
	return Snapshot{p.done.Load(), p.total.Load(), p.failed.Load(), p.note, slices.Clone(p.failures)}
}
