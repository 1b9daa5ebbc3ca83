package s3

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"straws/awsclient"
)

// listers is how many listings a walk has in flight at most.
const listers = 8

// Walk lists every object below a prefix, several stretches of keys at a time.
// A stretch is found by listing one level with its delimiter; where that level
// is flat, there is one stretch and one lister. Its methods may be called from
// one goroutine at a time, but for Keys.
type Walk struct {
	s              *awsclient.Session
	bucket, prefix string

	keys    atomic.Int64
	whole   atomic.Bool
	found   chan page
	started bool
	failed  []Failure

	mu      sync.Mutex
	wake    sync.Cond
	tasks   []stretch
	working int // listers that are at a stretch
	parts   int // stretches that were found
}

// Failure is a part of a walk that could not be listed to its end.
type Failure struct {
	Prefix string
	Err    error
}

// page is one answer.
type page struct {
	objects []Entry
	below   string // prefix that was listed
	err     error
}

// NewWalk prepares a walk. It makes no request.
func NewWalk(s *awsclient.Session, bucket, prefix string) *Walk {
	w := &Walk{s: s, bucket: bucket, prefix: prefix, found: make(chan page), tasks: []stretch{{prefix: prefix}}}
	w.wake.L = &w.mu
	return w
}

// Keys is how many objects have been found so far.
func (w *Walk) Keys() int64 { return w.keys.Load() }

// Whole reports whether everything has been listed.
func (w *Walk) Whole() bool { return w.whole.Load() }

// Next returns objects that have been found since the call before, in no order.
// The first call's ctx ends the walk. What failed is told by the error of the
// last call, when everything else has been returned.
func (w *Walk) Next(ctx context.Context) (objects []Entry, more bool, err error) {
	return w.some(ctx, nil)
}

// some is Next that waits no longer than until a moment.
func (w *Walk) some(ctx context.Context, until <-chan time.Time) (objects []Entry, more bool, err error) {
	if !w.started {
		w.started = true
		go w.run(ctx)
	}
	const enough = 16 << 10 // objects that are handed over at once
	select {
	case p, ok := <-w.found:
		for ok {
			objects = w.take(objects, p)
			if len(objects) >= enough {
				return objects, true, nil
			}
			select {
			case p, ok = <-w.found:
				continue
			default:
				return objects, true, nil
			}
		}
	case <-until:
		return nil, true, nil
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	if len(objects) > 0 {
		return objects, true, nil // the end is told by the next call
	}
	return nil, false, w.end(ctx)
}

func (w *Walk) take(objects []Entry, p page) []Entry {
	if p.err != nil {
		w.failed = append(w.failed, Failure{p.below, p.err})
	}
	w.keys.Add(int64(len(p.objects)))
	return append(objects, p.objects...)
}

// end says how the walk went.
func (w *Walk) end(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case len(w.failed) == 0:
		w.whole.Store(true)
		return nil
	case len(w.failed) == 1 && w.failed[0].Prefix == w.prefix:
		return w.failed[0].Err
	}
	return &PartialError{w.bucket, w.failed}
}

// PartialError says which parts of a walk are missing from what it found.
type PartialError struct {
	Bucket string
	Failed []Failure // one at least
}

// Error names the first part and what happened there.
func (e *PartialError) Error() string {
	first := e.Failed[0]
	what := "could not list"
	if n := len(e.Failed); n > 1 {
		what += fmt.Sprintf(" %d parts, the first of them", n)
	}
	return fmt.Sprintf("%s %s: %v", what, URI(e.Bucket, first.Prefix), awsclient.Classify(first.Err))
}

// run has the listers at work until there is no stretch left.
func (w *Walk) run(ctx context.Context) {
	defer close(w.found)
	stop := context.AfterFunc(ctx, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.wake.Broadcast()
	})
	defer stop()
	var all sync.WaitGroup
	for range listers {
		all.Go(func() {
			for {
				t, ok := w.next(ctx)
				if !ok {
					return
				}
				w.list(ctx, t)
				w.done()
			}
		})
	}
	all.Wait()
}

// next waits for a stretch. It returns false when there will be none.
func (w *Walk) next(ctx context.Context) (stretch, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.tasks) == 0 && w.working > 0 && ctx.Err() == nil {
		w.wake.Wait()
	}
	if len(w.tasks) == 0 || ctx.Err() != nil {
		return stretch{}, false
	}
	t := w.tasks[0]
	w.tasks = w.tasks[1:]
	w.working++
	return t, true
}

func (w *Walk) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.working--
	w.wake.Broadcast()
}

// add offers stretches to the listers.
func (w *Walk) add(parts ...stretch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tasks = append(w.tasks, parts...)
	w.parts += len(parts)
	w.wake.Broadcast()
}

// idle reports whether a lister has nothing to do.
func (w *Walk) idle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.tasks) == 0 && w.working < listers
}

// few reports whether so few parts are known, with n more, that it is worth
// looking for parts inside them.
func (w *Walk) few(n int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.parts+n < listers
}

// send hands a page over, unless nobody wants it any more.
func (w *Walk) send(ctx context.Context, p page) bool {
	select {
	case w.found <- p:
		return true
	case <-ctx.Done():
		return false
	}
}
