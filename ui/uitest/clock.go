package uitest

import (
	"sync"
	"time"
)

// Clock is a time that moves only when a test says so. It is shared by the
// screen and the demo account.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts on a fixed afternoon.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)}
}

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *Clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
