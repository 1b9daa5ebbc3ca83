package demo

import (
	"context"
	"sync"
	"time"
)

// clock is time that can be wound forward.
type clock struct {
	base func() time.Time
	real bool // time passes by itself

	mu     sync.Mutex
	offset time.Duration
	wound  chan struct{} // closed and replaced by advance
}

func newClock(base func() time.Time) *clock {
	c := &clock{base: base, wound: make(chan struct{})}
	if base == nil {
		c.base, c.real = time.Now, true
	}
	return c
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base().Add(c.offset)
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
	close(c.wound)
	c.wound = make(chan struct{})
}

// lookEvery is how often a clock that somebody else moves is looked at: it does
// not tell.
const lookEvery = time.Millisecond

// wait returns when the clock reads at least t, or with the context's error.
func (c *clock) wait(ctx context.Context, t time.Time) error {
	for {
		c.mu.Lock()
		left, wound := t.Sub(c.base().Add(c.offset)), c.wound
		c.mu.Unlock()
		if left <= 0 {
			return ctx.Err()
		}
		if !c.real {
			left = lookEvery
		}
		timer := time.NewTimer(left)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-wound:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// sleep lets a handler take d of the account's time. It releases a.mu
// meanwhile, so whatever the handler read before may have changed after it.
func (a *Account) sleep(ctx context.Context, d time.Duration) error {
	until := a.clock.now().Add(d)
	a.mu.Unlock()
	defer a.mu.Lock()
	return a.clock.wait(ctx, until)
}

// pause waits d of real time, or until the context ends.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
