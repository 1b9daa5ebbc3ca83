// Package load runs one request at a time for a pane, page by page, and drops
// whatever comes back late.
package load

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Pager returns the next page. More is false on the last page.
type Pager[T any] func(ctx context.Context) (items []T, more bool, err error)

// Once adapts a single call to a Pager.
func Once[T any](f func(ctx context.Context) (T, error)) Pager[T] {
	return func(ctx context.Context) ([]T, bool, error) {
		item, err := f(ctx)
		if err != nil {
			return nil, false, err
		}
		return []T{item}, false, nil
	}
}

// After begins p only when d has passed, so that a cursor which moves on in the
// meantime costs no request.
func After[T any](d time.Duration, p Pager[T]) Pager[T] {
	waited := false
	return func(ctx context.Context) ([]T, bool, error) {
		if !waited {
			waited = true
			select {
			case <-time.After(d):
			case <-ctx.Done():
				return nil, false, ctx.Err()
			}
		}
		return p(ctx)
	}
}

// lastSlot numbers slots for the whole process, so that a message can only be
// recognised by the slot that asked for it.
var lastSlot atomic.Uint64 //nolint:gochecknoglobals // only ever grows

// Slot owns at most one request. The zero value is not usable; call New.
// Every method must be called from Update.
type Slot[T any] struct {
	id, gen uint64
	key     string
	busy    bool
	cancel  context.CancelFunc
}

// Page is one delivery. First is true for the page that begins new data.
type Page[T any] struct {
	Items       []T
	First, Last bool
	Err         error
}

type pageMsg[T any] struct {
	slot, gen uint64
	page      Page[T]
	next      tea.Cmd
}

// New returns an idle slot.
func New[T any]() *Slot[T] { return &Slot[T]{id: lastSlot.Add(1), cancel: func() {}} }

// Busy reports whether a request is in flight.
func (s *Slot[T]) Busy() bool { return s.busy }

// Start cancels the request in flight and begins p. A Start with the key of
// the request in flight joins it and returns nil, so refreshes do not pile up;
// an empty key never joins.
func (s *Slot[T]) Start(ctx context.Context, key string, p Pager[T]) tea.Cmd {
	if s.busy && key != "" && key == s.key {
		return nil
	}
	s.Cancel()
	ctx, s.cancel = context.WithCancel(ctx) //nolint:gosec // Cancel and Accept call it
	s.key, s.busy = key, true
	return s.fetch(ctx, p, true)
}

// Cancel abandons the request in flight; its result will not be accepted.
func (s *Slot[T]) Cancel() {
	s.cancel()
	s.gen++
	s.busy = false
}

// Accept reports whether msg is this slot's current result. The command it
// returns fetches the following page and must be returned from Update: no page
// is asked for before the one before it was taken.
func (s *Slot[T]) Accept(msg tea.Msg) (Page[T], tea.Cmd, bool) {
	m, ok := msg.(pageMsg[T])
	if !ok || m.slot != s.id || m.gen != s.gen {
		return Page[T]{}, nil, false
	}
	if m.page.Last {
		s.busy = false
		s.cancel()
	}
	return m.page, m.next, true
}

func (s *Slot[T]) fetch(ctx context.Context, p Pager[T], first bool) tea.Cmd {
	slot, gen := s.id, s.gen
	var cmd func(first bool) tea.Cmd
	cmd = func(first bool) tea.Cmd {
		return func() tea.Msg {
			items, more, err := call(ctx, p)
			m := pageMsg[T]{slot: slot, gen: gen, page: Page[T]{Items: items, First: first, Last: !more || err != nil, Err: err}}
			if !m.page.Last {
				m.next = cmd(false)
			}
			return m
		}
	}
	return cmd(first)
}

// call turns a panic into an error: one in a command would end the program.
func call[T any](ctx context.Context, p Pager[T]) (items []T, more bool, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("internal error: %v\n%s", v, debug.Stack())
		}
	}()
	return p(ctx)
}
