package load_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"straws/ui/load"
)

func pages(pp ...[]int) load.Pager[int] {
	return func(context.Context) ([]int, bool, error) {
		p := pp[0]
		pp = pp[1:]
		return p, len(pp) > 0, nil
	}
}

func TestPagesArriveOneAtATime(t *testing.T) {
	s := load.New[int]()
	cmd := s.Start(t.Context(), "list", pages([]int{1}, []int{2}, []int{3}))
	var got []int
	for cmd != nil {
		page, next, ok := s.Accept(cmd())
		if !ok {
			t.Fatal("the slot refused its own page")
		}
		if page.First != (len(got) == 0) || page.Last != (next == nil) {
			t.Errorf("page %v: first %v, last %v", page.Items, page.First, page.Last)
		}
		got = append(got, page.Items...)
		cmd = next
	}
	if len(got) != 3 || s.Busy() {
		t.Errorf("got %v, busy %v", got, s.Busy())
	}
}

func TestLateAnswersAreDropped(t *testing.T) {
	s, other := load.New[int](), load.New[int]()
	late := s.Start(t.Context(), "a", pages([]int{1}))
	current := s.Start(t.Context(), "b", pages([]int{2}))
	if _, _, ok := s.Accept(late()); ok {
		t.Error("an answer to a replaced request was accepted")
	}
	msg := current()
	if _, _, ok := other.Accept(msg); ok {
		t.Error("another slot accepted the answer")
	}
	if p, _, ok := s.Accept(msg); !ok || p.Items[0] != 2 {
		t.Errorf("current answer: %v %v", p, ok)
	}
}

func TestSameKeyJoins(t *testing.T) {
	s := load.New[int]()
	first := s.Start(t.Context(), "list", pages([]int{1}))
	if s.Start(t.Context(), "list", pages([]int{9})) != nil {
		t.Error("a second request was sent while the first is in flight")
	}
	if p, _, ok := s.Accept(first()); !ok || p.Items[0] != 1 {
		t.Error("the request in flight was lost")
	}
	if s.Start(t.Context(), "list", pages([]int{2})) == nil {
		t.Error("a finished request must not swallow a refresh")
	}
}

func TestCancelEndsTheContext(t *testing.T) {
	s := load.New[int]()
	cmd := s.Start(t.Context(), "", func(ctx context.Context) ([]int, bool, error) {
		<-ctx.Done()
		return nil, false, ctx.Err()
	})
	s.Cancel()
	if _, _, ok := s.Accept(cmd()); ok || s.Busy() {
		t.Error("a cancelled request answered")
	}
}

func TestPanicBecomesAnError(t *testing.T) {
	s := load.New[int]()
	cmd := s.Start(t.Context(), "", func(context.Context) ([]int, bool, error) { panic("boom") })
	p, _, _ := s.Accept(cmd())
	if p.Err == nil || !strings.Contains(p.Err.Error(), "boom") || !p.Last {
		t.Errorf("page = %+v", p)
	}
}

func TestErrorEndsTheListing(t *testing.T) {
	s := load.New[int]()
	want := errors.New("denied")
	p, next, _ := s.Accept(s.Start(t.Context(), "", func(context.Context) ([]int, bool, error) { return nil, true, want })())
	if !errors.Is(p.Err, want) || next != nil || s.Busy() {
		t.Errorf("page %+v, busy %v", p, s.Busy())
	}
}
