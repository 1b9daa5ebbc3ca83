package logs

import (
	"context"
	"sync"
	"time"
)

// limiter lets through at most as many as it has slots within any second. It is
// safe for concurrent use.
type limiter struct {
	mu    sync.Mutex
	sent  []time.Time // when each slot was used last, in a ring
	first int         // the slot that was used longest ago
}

func newLimiter(perSecond int) *limiter { return &limiter{sent: make([]time.Time, perSecond)} }

// wait returns when a slot is free, and takes it, or when ctx ends. Who gives up
// waiting has taken nothing.
func (l *limiter) wait(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		d := l.take(time.Now())
		if d <= 0 {
			return nil
		}
		t := time.NewTimer(d)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		}
	}
}

// take uses a slot, or says how long it takes until one is free.
func (l *limiter) take(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if last := l.sent[l.first]; !last.IsZero() && now.Sub(last) < time.Second {
		return time.Second - now.Sub(last)
	}
	l.sent[l.first] = now
	l.first = (l.first + 1) % len(l.sent)
	return 0
}
