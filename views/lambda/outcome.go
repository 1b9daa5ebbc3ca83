package lambda

import (
	"cmp"
	"context"
	"errors"
	"time"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/awsclient/logs"
	"straws/awsclient/runs"
	"straws/ui/load"

	tea "charm.land/bubbletea/v2"
)

const (
	lookEvery      = 5 * time.Second
	longestTimeout = 15 * time.Minute // that a function can have
	logsLag        = 30 * time.Second // by which its log comes late
)

// sighting is what the logs say about a run whose connection died.
type sighting struct {
	run   runs.Run // with the log and the report, when found
	found bool
	err   error // why the logs cannot be read
	over  bool  // it will not be looked for again
}

type lookMsg struct {
	pane *invokePane
	n    int
}

// search looks in the logs for the end of the last run.
func (p *invokePane) search() tea.Cmd {
	l, aws := p.last.landed, p.env.AWS
	group := p.logGroup()
	store, where := p.memory.store(p.env), kept(p.env, p.target)
	return p.look.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) (sighting, error) {
		return sight(ctx, aws, group, l.run, func(r runs.Run) error {
			if store == nil {
				return nil
			}
			return store.Put(where, r)
		}), nil
	}))
}

// sight looks once, and corrects the history when the run is found.
func sight(ctx context.Context, s *awsclient.Session, group string, r runs.Run, keep func(runs.Run) error) sighting {
	log, found, err := logs.ReportSoFar(ctx, s, group, r.Result.RequestID, r.Began)
	switch {
	case errors.Is(err, logs.ErrNoGroup):
		return sighting{}
	case err != nil:
		return sighting{err: awsclient.Classify(err)}
	case !found:
		return sighting{}
	}
	r.Result.Log = log
	r.Result.Report, _ = lambda.ParseReport(log)
	r.Result.RequestID = cmp.Or(r.Result.RequestID, r.Result.Report.RequestID)
	return sighting{run: r, found: true, err: keep(r), over: true}
}

func (p *invokePane) acceptSighting(page load.Page[sighting]) tea.Cmd {
	s := sighting{err: page.Err}
	if page.Err == nil {
		s = page.Items[0]
	}
	p.last.search = &s
	if s.found {
		p.last.landed.run = s.run
		return p.show(s.run, p.last.landed.json)
	}
	end := p.last.landed.run.Began.Add(cmp.Or(p.target.function.Timeout, longestTimeout) + logsLag)
	if s.over = s.final() || p.env.Now().After(end); s.over {
		return nil
	}
	p.looks++
	return p.env.Tick(lookEvery, lookMsg{p, p.looks})
}

// final says whether looking again is of no use.
func (s *sighting) final() bool {
	var e *awsclient.Error
	return errors.Is(s.err, logs.ErrSeveralRuns) || errors.As(s.err, &e) && e.Kind == awsclient.Denied
}

func (p *invokePane) lookedFor(m lookMsg) tea.Cmd {
	if m.pane != p || m.n != p.looks || p.last.landed == nil {
		return nil
	}
	return p.search()
}

func (p *invokePane) logGroup() string {
	return cmp.Or(p.target.function.LogGroup, "/aws/lambda/"+p.target.function.Name)
}

// searched says how far the search in the logs is.
func (p *invokePane) searched() string {
	s := p.last.search
	switch {
	case s == nil || !s.over && s.err == nil:
		return "looking for it in " + p.logGroup() + " …"
	case s.found && s.run.Result.Report.Status != "":
		return "found in the logs: it ran, and ended with " + s.run.Result.Report.Status
	case s.found:
		return "found in the logs: it ran to its end"
	case errors.Is(s.err, logs.ErrSeveralRuns):
		return "the logs show " + s.err.Error()
	case s.err != nil:
		return "the logs cannot be read: " + s.err.Error()
	}
	return "it is not in " + p.logGroup() + ": most likely it has not run"
}
