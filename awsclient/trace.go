package awsclient

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

const traceCalls = 500 // calls that are remembered

// Call is one call of AWS in the log: an operation with all its attempts.
type Call struct {
	Time      time.Time // when it began
	Service   string
	Operation string
	Region    string
	Status    int // of the last answer; 0 when there was none
	Attempts  int // requests sent; 0 when it was refused before
	Duration  time.Duration
	RequestID string
	Code      string // of AWS, or the kind of a failure without one; "" when it succeeded
	Params    string // what it named, without contents
	Err       string // the whole chain of the SDK, "" when it succeeded
}

// Trace remembers the last 500 calls of a session in all its regions. It is
// safe for concurrent use.
type Trace struct {
	log *slog.Logger

	mu   sync.Mutex
	ring [traceCalls]Call
	seq  uint64
}

// Calls returns a copy of the remembered calls, the newest last.
func (t *Trace) Calls() []Call {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := min(t.seq, traceCalls)
	out := make([]Call, 0, n)
	for i := t.seq - n; i < t.seq; i++ {
		out = append(out, t.ring[i%traceCalls])
	}
	return out
}

// Seq counts the calls there ever were: it tells whether Calls has changed.
func (t *Trace) Seq() uint64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seq
}

func (t *Trace) add(ctx context.Context, c Call, err error) {
	level := slog.LevelDebug
	if err != nil {
		c.Code, c.Err, level = errorCode(err), err.Error(), slog.LevelInfo
	}
	t.mu.Lock()
	t.ring[t.seq%traceCalls] = c
	t.seq++
	t.mu.Unlock()
	t.log.LogAttrs(ctx, level, "call",
		slog.String("service", c.Service), slog.String("operation", c.Operation), slog.String("region", c.Region),
		slog.Int("status", c.Status), slog.Int("attempts", c.Attempts), slog.Duration("took", c.Duration),
		slog.String("request", c.RequestID), slog.String("params", c.Params),
		slog.String("code", c.Code), slog.String("error", c.Err))
}
