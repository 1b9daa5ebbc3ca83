package ui_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
	"straws/ui/uitest"
)

// shelf is a service of one list, in memory, with every kind of action. The
// shell cannot tell it from a real one.
type shelf struct {
	mu     sync.Mutex
	name   string
	items  []item
	loads  int
	wait   chan struct{} // holds back a load, when set
	err    error
	broken map[string]error // by id, for actions
	done   []string         // what actions were run on

	breakAfter int // items of the first page, after which the listing fails; 0: one good page
}

type item struct {
	ID, Name string
	Size     int64
	Made     time.Time
}

func newShelf(name string, n int) *shelf {
	s := &shelf{name: name, broken: map[string]error{}}
	for i := range n {
		s.items = append(s.items, item{fmt.Sprintf("%s-%03d", strings.ToLower(name), i), fmt.Sprintf("%s number %d", name, i), int64(i) * 1e6, time.Date(2026, 11, 1, 0, i, 0, 0, time.UTC)})
	}
	return s
}

func (s *shelf) page(ctx context.Context) ([]item, bool, error) {
	s.mu.Lock()
	s.loads++
	wait, err := s.wait, s.err
	items := slices.Clone(s.items)
	s.mu.Unlock()
	if wait != nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}
	return items, false, err
}

func (s *shelf) pager() load.Pager[item] {
	if s.breakAfter == 0 {
		return s.page
	}
	first := true
	return func(context.Context) ([]item, bool, error) {
		if !first {
			return nil, false, errors.New("the line went dead")
		}
		first = false
		return s.items[:s.breakAfter], true, nil
	}
}

func (s *shelf) act(_ context.Context, _ pane.Env, it item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.broken[it.ID]; err != nil {
		return err
	}
	s.done = append(s.done, it.ID)
	return nil
}

func (s *shelf) acted() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(slices.Values(s.done))
}

func (s *shelf) set(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

func (s *shelf) root() pane.Factory {
	return listpane.New(listpane.Spec[item]{
		Title: s.name, Noun: "thing",
		ID:   func(i item) string { return i.ID },
		Name: func(i item) string { return i.Name },
		Columns: func(pane.Env) []table.Column[item] {
			return []table.Column[item]{
				{Title: "NAME", Brief: true, Cell: func(i item) string { return i.Name }, Order: table.ByText(func(i item) string { return i.Name })},
				{Title: "SIZE", Width: 8, Right: true, Cell: func(i item) string { return fmt.Sprint(i.Size) }, Bytes: func(i item) int64 { return i.Size }, Order: table.ByNumber(func(i item) int64 { return i.Size })},
				{Title: "ID", Width: 12, Drop: 1, Cell: func(i item) string { return i.ID }},
			}
		},
		Load:  func(pane.Env) load.Pager[item] { return s.pager() },
		Enter: func(i item) pane.Factory { return newShelf(i.Name+" inside", 3).root() },
		Preview: func(_ context.Context, _ pane.Env, i item) (listpane.Preview, error) {
			return listpane.Preview{Title: "about " + i.ID, Text: "text of " + i.ID}, nil
		},
		Actions: []listpane.Action[item]{
			{ID: "toy.start", Label: "Start", Keys: []string{"s"}, Danger: pane.Write, Needs: []string{"toy:Start"}, Run: s.act},
			{
				ID: "toy.destroy", Label: "Destroy", Keys: []string{"D"}, Danger: pane.Destroy, Needs: []string{"toy:Destroy"}, Run: s.act,
				Command: func(_ pane.Env, i item) []string { return []string{"toy", "destroy", i.ID} },
			},
			{ID: "toy.never", Label: "Never", Keys: []string{"z"}, Danger: pane.Write, Off: func(item) string { return "it is sealed" }, Run: s.act},
		},
	})
}

func (s *shelf) service() pane.Service {
	return pane.Service{Name: s.name, Root: s.root(), Resolve: func(address string) ([]pane.Factory, bool, error) {
		switch {
		case address == strings.ToLower(s.name):
			return nil, true, nil
		case address == strings.ToLower(s.name)+"/bad":
			return nil, true, errors.New("bad is not a thing")
		case strings.HasPrefix(address, strings.ToLower(s.name)+"/"):
			inner := newShelf(address, 2)
			return []pane.Factory{inner.root()}, true, nil
		}
		return nil, false, nil
	}}
}

type house struct {
	*uitest.Driver

	a, b, c, d *shelf
}

// session opens the demo account, which answers who we are.
func session(t *testing.T, c *uitest.Clock, readOnly bool) *awsclient.Session {
	t.Helper()
	cfg := demo.New(demo.Options{Now: c.Now}).Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Profile: "prod-admin", ReadOnly: readOnly})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t *testing.T, w, h int, change ...func(*house, *ui.Options)) *house {
	t.Helper()
	c := uitest.NewClock()
	hs := &house{a: newShelf("Apples", 30), b: newShelf("Beans", 5), c: newShelf("Cups", 3), d: newShelf("Dates", 2)}
	o := ui.Options{AWS: session(t, c, false)}
	for _, f := range change {
		f(hs, &o)
	}
	for _, s := range []*shelf{hs.a, hs.b, hs.c, hs.d} {
		o.Services = append(o.Services, s.service())
	}
	hs.Driver = uitest.Launch(t, c, o, w, h)
	return hs
}
