package s3

import (
	"context"
	"errors"
	"fmt"
	"time"

	"straws/awsclient/transfer"
	"straws/ui/format"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textview"

	tea "charm.land/bubbletea/v2"
)

// Up to here a download is started without a question where there is none.
const (
	smallFiles = 1000
	smallBytes = 1e9
)

// cargo is a transfer as it was asked for.
type cargo struct {
	env    pane.Env // of the list that was chosen from
	up     bool     // to S3
	what   string   // "3 keys", or the name of the only one
	from   string   // where it is now, and where it goes, as people read them
	to     string
	bucket string
	plan   func(ctx context.Context, live func(transfer.Summary)) (*transfer.Plan, error)
	after  func() tea.Cmd // shows what has changed
	// commands are the equivalent aws command lines of the first of all things that
	// were chosen; putting finds them away from the event loop, for files of this
	// machine.
	things   int
	commands []string
	putting  func() []string
}

func (c cargo) verb() string {
	if c.up {
		return "upload"
	}
	return "download"
}

// tallied is how far a plan is; Plan is set with the last of them.
type tallied struct {
	transfer.Summary

	plan     *transfer.Plan
	commands []string
}

// counting makes pages of the counts of a plan while it is made, the newest of
// those that nobody has taken yet.
func counting(c cargo) load.Pager[tallied] {
	type result struct {
		plan *transfer.Plan
		err  error
	}
	live, done := make(chan transfer.Summary, 1), make(chan result, 1)
	started := false
	run := func(ctx context.Context) (r result) {
		defer func() {
			if v := recover(); v != nil {
				r.err = fmt.Errorf("internal error: %v", v)
			}
		}()
		r.plan, r.err = c.plan(ctx, func(s transfer.Summary) {
			select {
			case <-live:
			default:
			}
			select {
			case live <- s:
			default:
			}
		})
		return r
	}
	return func(ctx context.Context) ([]tallied, bool, error) {
		if !started {
			started = true
			go func() { done <- run(ctx) }()
		}
		select {
		case s := <-live:
			return []tallied{{Summary: s}}, true, nil
		case r := <-done:
			if r.err != nil {
				return nil, false, r.err
			}
			all := tallied{Summary: r.plan.Summary, plan: r.plan, commands: c.commands}
			if c.putting != nil {
				all.commands = c.putting()
			}
			return []tallied{all}, false, nil
		case <-ctx.Done():
			return nil, false, ctx.Err()
		}
	}
}

// plan is the screen that counts what a transfer would move, and asks where
// there is something to ask.
type plan struct {
	env     pane.Env
	of      cargo
	load    *load.Slot[tallied]
	sum     tallied
	err     error
	text    textview.Model // renames, and what is left out
	visible bool
	began   time.Time
}

func transferPlan(c cargo) pane.Factory {
	return func(env pane.Env) pane.Pane {
		return &plan{env: env, of: c, load: load.New[tallied](), visible: true}
	}
}

// Title implements pane.Pane.
func (p *plan) Title() string { return p.of.verb() + " " + p.of.what }

// Init implements pane.Pane.
func (p *plan) Init() tea.Cmd { return p.Refresh() }

// Refresh implements pane.Refresher.
func (p *plan) Refresh() tea.Cmd {
	p.began, p.err, p.sum = p.env.Now(), nil, tallied{}
	return p.load.Start(p.env.Ctx, "", counting(p.of))
}

// Watch implements pane.Watcher: nothing is started, and no question put, while
// the user looks at something else.
func (p *plan) Watch(visible bool) tea.Cmd {
	p.visible = visible
	return nil
}

// Update implements pane.Pane.
func (p *plan) Update(msg tea.Msg) tea.Cmd {
	if page, next, ok := p.load.Accept(msg); ok {
		switch {
		case errors.Is(page.Err, transfer.ErrNothing):
			p.sum.Settled = true
		case page.Err != nil:
			p.err = said(page.Err)
		default:
			p.sum = page.Items[0]
			if p.sum.plan != nil {
				p.of.commands = p.sum.commands
				p.text.Wrap(true)
				p.text.SetText(leftOut(p.sum.Summary))
				p.propose()
			}
		}
		return next
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		p.text.Key(k.String())
	}
	return nil
}

// propose goes on from a plan that has just been settled: it starts a download
// that raises no question, and puts the question of any other transfer.
func (p *plan) propose() {
	acts := p.ways()
	switch s := p.sum; {
	case !p.visible || len(acts) == 0:
	case !p.of.up && s.Existing == 0 && p.plain() && s.Files <= smallFiles && s.Bytes <= smallBytes,
		!p.of.up && s.Existing == 0 && p.plain() && s.Files == 1:
		p.env.Act(acts[0])
	case p.env.Now().Sub(p.began) > prompt:
	case len(acts) > 1:
		var choices []pane.Choice
		for _, a := range acts {
			choices = append(choices, pane.Choice{Label: a.Label, Key: a.Keys[0], Do: func() tea.Cmd { p.env.Act(a); return nil }})
		}
		p.env.Pick(p.existing(), choices)
	case p.of.up:
		p.env.Act(acts[0])
	}
}

// plain tells a plan without anything that should be read first.
func (p *plan) plain() bool {
	s := p.sum.Summary
	_, short := s.Short()
	return len(s.Renames) == 0 && len(s.Refused) == 0 && s.Archived == 0 && !short
}

// Actions implements pane.Pane.
func (p *plan) Actions() []pane.Action {
	return append(p.ways(), pane.Action{
		ID: "s3.plan.command", Label: "Copy command", Keys: []string{"y"},
		Do: func() tea.Cmd { p.env.Copy("command", p.of.command()); return nil },
	})
}

// ways are what can be done with a settled plan: one thing, or one for each way
// to treat what exists.
func (p *plan) ways() []pane.Action {
	s, verb := p.sum, map[bool]string{true: "Upload", false: "Download"}[p.of.up]
	switch {
	case s.plan == nil || s.Files == 0:
		return nil
	case s.Existing == 0:
		return []pane.Action{p.action("go", verb, "enter", transfer.Skip)}
	}
	var out []pane.Action
	if s.Existing < s.Files {
		out = append(out, p.action("skip", verb+" only the missing", "s", transfer.Skip))
	}
	return append(out,
		p.action("both", verb+", keep both", "k", transfer.KeepBoth),
		p.action("overwrite", verb+" and overwrite", "o", transfer.Overwrite))
}

func (p *plan) action(id, label, key string, existing transfer.Existing) pane.Action {
	s := p.sum
	n := s.Files
	if existing == transfer.Skip {
		n -= s.Existing
	}
	a := pane.Action{
		ID: "s3.plan." + id, Label: label, Keys: []string{key}, Needs: downloadNeeds,
		Count: n, Noun: map[bool]string{true: "file", false: "files"}[n == 1],
		Warn: func() []string { return p.facts(existing) }, Command: p.of.command,
		Do: func() tea.Cmd {
			p.env.Pop()
			p.of.env.Taken()
			p.env.Run(newHaul(p.of, existing).spec(s.plan))
			p.env.Flash(pane.Info, p.of.verb()+" has begun: t shows it")
			return nil
		},
	}
	switch {
	case p.of.up:
		a.Danger, a.Needs = pane.Write, uploadNeeds
	case existing == transfer.Overwrite:
		a.Danger = pane.Write
	}
	return a
}

const overwritten, overwrittenAll = "file there already is overwritten", "files there already are overwritten"

// facts are what to know before agreeing.
func (p *plan) facts(existing transfer.Existing) []string {
	s := p.sum.Summary
	facts := []string{fmt.Sprintf("%s, %s, to %s", format.Plural(s.Files, "file", "files"), format.Size(s.Bytes), p.of.to)}
	switch {
	case s.ExistingUnknown:
		facts = append(facts, "which keys exist is not known: none is overwritten")
	case s.Existing == 0:
	case existing == transfer.Skip:
		facts = append(facts, format.Plural(s.Existing, "file there already stays as it is", "files there already stay as they are"))
	case existing == transfer.KeepBoth:
		facts = append(facts, format.Plural(s.Existing, "file there already stays", "files there already stay")+"; what comes is called name (2).ext")
	case p.of.up:
		facts = append(facts, format.Plural(s.Existing, overwritten, overwrittenAll)+"; "+(place{env: p.env, bucket: p.of.bucket}).overwriting())
	default:
		facts = append(facts, format.Plural(s.Existing, overwritten, overwrittenAll))
	}
	if len(s.Refused) > 0 {
		facts = append(facts, format.Plural(len(s.Refused), "thing is", "things are")+" left out")
	}
	return facts
}

func (p *plan) existing() string {
	are := map[bool]string{true: "is", false: "are"}[p.sum.Existing == 1]
	return fmt.Sprintf("%s of %s %s there already", format.Count(p.sum.Existing), format.Plural(p.sum.Files, "file", "files"), are)
}
