package ui

import (
	"context"
	"strings"

	"straws/ui/job"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// overview is the value of App.current when all services are shown at once.
const overview = -1

// tab is one service with the panes that are open in it, outermost first.
type tab struct {
	service pane.Service
	stack   []*frame
}

// frame is an open pane. One that was only passed on the way to an address is
// started when the user comes back to it.
type frame struct {
	pane    pane.Pane
	cancel  context.CancelFunc
	started bool
	page    string // title of a page of the shell's own; "" for a pane of a service
}

// build opens the root of every service for the session in use.
func (a *App) build() {
	for _, t := range a.tabs {
		t.close(0)
	}
	a.tabs = nil
	for _, s := range a.opts.Services {
		a.tabs = append(a.tabs, &tab{service: s, stack: []*frame{a.frame(s.Root)}})
	}
}

func (a *App) frame(f pane.Factory) *frame {
	ctx, cancel := context.WithCancel(a.ctx)
	env := pane.Env{Host: a, Ctx: ctx, AWS: a.aws, Theme: a.theme, Now: a.time, Tick: a.opts.Tick}
	return &frame{pane: f(env), cancel: cancel}
}

// close ends all panes from depth on.
func (t *tab) close(depth int) {
	for _, f := range t.stack[depth:] {
		f.cancel()
	}
	t.stack = t.stack[:depth]
}

func (t *tab) top() *frame { return t.stack[len(t.stack)-1] }

// top is the pane that has the keys; nil on the overview.
func (a *App) top() *frame {
	if a.current == overview {
		return nil
	}
	return a.tabs[a.current].top()
}

// visible lists the panes on the screen.
func (a *App) visible() []*frame {
	if f := a.top(); f != nil {
		return []*frame{f}
	}
	var out []*frame
	for _, t := range a.tabs {
		out = append(out, t.stack[0])
	}
	return out
}

// start begins the first load of the panes that have come onto the screen.
func (a *App) start() {
	for _, f := range a.visible() {
		if !f.started {
			f.started = true
			a.pending = append(a.pending, f.pane.Init())
		}
	}
}

// watch tells panes whether they can be seen.
func (a *App) watch() {
	seen := map[pane.Watcher]struct{}{}
	if !a.blurred {
		for _, f := range a.visible() {
			if w, ok := f.pane.(pane.Watcher); ok {
				seen[w] = struct{}{}
			}
		}
	}
	for w := range a.watched {
		if _, ok := seen[w]; !ok {
			a.pending = append(a.pending, w.Watch(false))
		}
	}
	for w := range seen {
		if _, ok := a.watched[w]; !ok {
			a.pending = append(a.pending, w.Watch(true))
		}
	}
	a.watched = seen
}

// Push implements pane.Host. From the overview the pane opens in the tab that
// has the cursor.
func (a *App) Push(f pane.Factory) {
	if a.current == overview {
		a.current = a.focused
	}
	t := a.tabs[a.current]
	t.stack = append(t.stack, a.frame(f))
}

// page opens one of the shell's own pages, or leaves it when it is on top.
func (a *App) page(title string, open func() pane.Factory) {
	if f := a.top(); f != nil && f.page == title {
		a.Pop()
		return
	}
	a.Push(open())
	a.top().page = title
}

// Pop implements pane.Host. The root of a tab is not closed: leaving it shows
// the overview.
func (a *App) Pop() {
	if a.current == overview {
		return
	}
	if t := a.tabs[a.current]; len(t.stack) > 1 {
		t.close(len(t.stack) - 1)
		return
	}
	a.focused, a.current = a.current, overview
}

// seeker is a pane that can put its cursor on a row before it has arrived.
type seeker interface{ Seek(id string) }

// Open implements pane.Host.
func (a *App) Open(address string) {
	address = strings.TrimSpace(address)
	for i, t := range a.tabs {
		path, ok, err := t.service.Resolve(address)
		if err != nil {
			a.Fail(err)
			return
		}
		if !ok {
			continue
		}
		t.close(1)
		if s, ok := t.stack[0].pane.(seeker); ok && t.service.Row != nil {
			s.Seek(t.service.Row(address))
		}
		for _, f := range path {
			t.stack = append(t.stack, a.frame(f))
		}
		a.current, a.focused = i, i
		return
	}
	a.Flash(pane.Error, address+" is not an address here: s3://bucket/prefix/, i-0abc…, lambda/NAME, emr/j-…, or an ARN of one of these")
}

// Run implements pane.Host.
func (a *App) Run(s job.Spec) { a.pending = append(a.pending, a.jobs.Start(a.ctx, s)) }

// Copy implements pane.Host: OSC 52 reaches the user's own machine through ssh
// and tmux, which no clipboard program does.
func (a *App) Copy(what, text string) {
	a.pending = append(a.pending, tea.SetClipboard(text))
	a.Flash(pane.Info, "copied "+what)
}
