package lambda

import (
	"context"
	"errors"
	"slices"
	"time"

	"straws/awsclient/logs"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/tail"

	tea "charm.land/bubbletea/v2"
)

const (
	logsAtOnce   = 1000 // events at the opening, and each time that older ones are wanted
	requestAtAll = 15 * time.Minute
)

// Refresh implements pane.Refresher: it reads again, and keeps what is shown
// until there is an answer.
func (p *logsPane) Refresh() tea.Cmd {
	if p.group == "" {
		return p.Init()
	}
	p.reset()
	return p.readOlder()
}

// reset puts the next reading at the end of the log.
func (p *logsPane) reset() {
	p.stop()
	p.anew, p.paused, p.ended = true, false, false
	p.wanted, p.older = logsAtOnce, p.query()
	p.older.Newest, p.older.Limit = true, logsAtOnce
	p.tail = logs.NewTail(p.env.Now())
}

// show changes which events are shown.
func (p *logsPane) show(f logFilter) tea.Cmd {
	p.filter, p.found = f, ""
	p.window.Clear()
	p.opened, p.missing, p.trouble = false, false, trouble{}
	return p.Refresh()
}

func (p *logsPane) query() logs.Query {
	q := logs.Query{Group: p.group, Pattern: p.filter.pattern}
	if !p.filter.since.IsZero() {
		q.Start = p.filter.since
	}
	return q
}

// readOlder asks for the next page of older events, or for those of the request.
func (p *logsPane) readOlder() tea.Cmd {
	aws, q, f := p.env.AWS, p.older, p.filter
	if f.request != "" {
		return p.run.Start(p.env.Ctx, "run", load.Once(func(ctx context.Context) (logs.Run, error) {
			return logs.ReadRun(ctx, aws, q.Group, f.request, f.since)
		}))
	}
	return p.back.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) (logs.Page, error) {
		return logs.Filter(ctx, aws, q)
	}))
}

func (p *logsPane) acceptOlder(page load.Page[logs.Page]) tea.Cmd {
	if page.Err != nil {
		return p.failed(page.Err)
	}
	got := page.Items[0]
	p.answered()
	fresh := p.tail.Fresh(got.Events)
	p.window.Add(fresh)
	p.wanted -= len(fresh)
	p.older.Token = got.Next
	if p.readsBack() || got.Next != "" && !got.Backwards {
		return tea.Batch(p.readOlder(), p.keepArmed())
	}
	return p.keepArmed()
}

// readsBack reports whether there are older events that are still wanted.
func (p *logsPane) readsBack() bool { return p.older.Token != "" && p.wanted > 0 }

// earlier reads more of the past.
func (p *logsPane) earlier() tea.Cmd {
	switch {
	case p.back.Busy():
		return nil
	case p.older.Token == "" || p.filter.request != "":
		p.env.Flash(pane.Info, "there are no older events")
		return nil
	case p.window.Len() > tail.MaxEntries-logsAtOnce:
		p.env.Flash(pane.Info, "no more fit on the screen: narrow them down with f")
		return nil
	}
	p.wanted = logsAtOnce
	return p.readOlder()
}

// readNewer asks for what has come since the last answer.
func (p *logsPane) readNewer() tea.Cmd {
	p.newer, p.asked = p.query(), p.env.Now()
	if from := p.tail.From(p.asked); from.After(p.newer.Start) {
		p.newer.Start = from
	}
	return p.readOn()
}

func (p *logsPane) readOn() tea.Cmd {
	aws, q := p.env.AWS, p.newer
	return p.ahead.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) (logs.Page, error) {
		return logs.Filter(ctx, aws, q)
	}))
}

func (p *logsPane) acceptNewer(page load.Page[logs.Page]) tea.Cmd {
	if page.Err != nil {
		return p.failed(page.Err)
	}
	got := page.Items[0]
	p.answered()
	p.window.Add(p.tail.Fresh(got.Events))
	if p.newer.Token = got.Next; got.Next != "" {
		return p.readOn()
	}
	p.tail.Reached(p.asked)
	return p.arm()
}

func (p *logsPane) acceptRun(page load.Page[logs.Run]) tea.Cmd {
	if page.Err != nil {
		return p.failed(page.Err)
	}
	got := page.Items[0]
	p.answered()
	known := map[string]struct{}{}
	for _, e := range p.window.Items() {
		known[e.ID] = struct{}{}
	}
	p.window.Add(slices.DeleteFunc(got.Events, func(e logs.Event) bool { _, ok := known[e.ID]; return ok }))
	p.ended = got.Ended
	return p.arm()
}

// answered takes note that AWS has answered.
func (p *logsPane) answered() {
	p.trouble.over(p.env.Now())
	if p.anew {
		p.window.Clear()
	}
	p.opened, p.anew, p.missing = true, false, false
}

// failed takes note of an error, and tries again where that may help.
func (p *logsPane) failed(err error) tea.Cmd {
	if errors.Is(err, logs.ErrNoGroup) {
		p.trouble.over(p.env.Now())
		p.opened, p.missing = true, true
		return p.arm()
	}
	p.trouble.begin(err, p.env.Now())
	return p.arm()
}
