package lambda

import (
	"context"
	"errors"

	"straws/awsclient/runs"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// errNeverRun says that there is nothing to run again.
var errNeverRun = errors.New("no run of this function is remembered: type a payload, or none, and ctrl+r runs it")

// startAgain runs what was run last: what was typed since the program was
// started, or else what the history has.
func (p *invokePane) startAgain() tea.Cmd {
	if p.past != nil {
		return p.again.Start(p.env.Ctx, "", load.Once(p.past))
	}
	if !p.editor.blank() || p.setup().ran {
		return p.startChecked()
	}
	store, where := p.memory.store(p.env), kept(p.env, p.target)
	return p.again.Start(p.env.Ctx, "", load.Once(func(context.Context) (runs.Run, error) {
		return lastRun(store, where)
	}))
}

// startChecked runs what is to be run at once, as soon as it is known to be good.
func (p *invokePane) startChecked() tea.Cmd {
	if !p.auto || errors.Is(p.check, errChecking) || p.again.Busy() {
		return nil
	}
	p.auto = false
	return p.start()
}

func lastRun(s *runs.Store, f runs.Function) (runs.Run, error) {
	if s == nil {
		return runs.Run{}, errNeverRun
	}
	all, err := s.List(f)
	if err != nil {
		return runs.Run{}, err
	}
	for _, r := range all {
		if r.Outcome != runs.Damaged {
			return s.Load(f, r.ID)
		}
	}
	return runs.Run{}, errNeverRun
}

func (p *invokePane) acceptLastRun(page load.Page[runs.Run]) tea.Cmd {
	p.auto = false
	if page.Err != nil {
		p.env.Flash(pane.Warn, page.Err.Error())
		return nil
	}
	p.take(page.Items[0])
	return p.start()
}

// take sets the screen up as it was for a run.
func (p *invokePane) take(r runs.Run) {
	p.target.qualifier = r.Invocation.Qualifier
	p.setSetup(setup{qualifier: r.Invocation.Qualifier, mode: r.Invocation.Mode, chosen: true, context: string(r.Invocation.Context)})
	p.refill(string(r.Invocation.Payload))
	p.rememberPayload()
	p.check = nil // it has been sent before
}
