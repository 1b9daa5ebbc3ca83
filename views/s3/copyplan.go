package s3

import (
	"fmt"
	"strings"
	"time"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/awsclient/transfer"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// prompt is how fast a plan has to be for its question to be put at once: after
// that, it waits for the user to look.
const prompt = 3 * time.Second

// relocation is what was asked for, and from where.
type relocation struct {
	s3.Relocation

	list pane.Env // of the list that asks
	way  way
	what string // "3 keys", or the name of the only one
}

// planned is the screen that counts what a copy would write, and asks.
func planned(r relocation) pane.Factory {
	return func(env pane.Env) pane.Pane {
		return &copyPlan{env: env, of: r, load: load.New[s3.CopyPlan](), visible: true}
	}
}

// copyPlan implements pane.Pane.
type copyPlan struct {
	env     pane.Env
	of      relocation
	load    *load.Slot[s3.CopyPlan]
	plan    s3.CopyPlan
	err     error
	visible bool
	began   time.Time
}

// Title implements pane.Pane.
func (p *copyPlan) Title() string { return p.of.way.String() + " " + p.of.what }

// Init implements pane.Pane.
func (p *copyPlan) Init() tea.Cmd { return p.Refresh() }

// Refresh implements pane.Refresher.
func (p *copyPlan) Refresh() tea.Cmd {
	p.began, p.err, p.plan = p.env.Now(), nil, s3.CopyPlan{}
	return p.load.Start(p.env.Ctx, "plan", s3.PlanCopy(p.env.AWS, p.of.Relocation))
}

// Watch implements pane.Watcher.
func (p *copyPlan) Watch(visible bool) tea.Cmd {
	p.visible = visible
	return nil
}

// Update implements pane.Pane.
func (p *copyPlan) Update(msg tea.Msg) tea.Cmd {
	page, next, ok := p.load.Accept(msg)
	if !ok {
		return nil
	}
	if page.Err != nil {
		p.err = awsclient.Classify(page.Err)
		return nil
	}
	p.plan = page.Items[0]
	if p.plan.Settled {
		p.propose()
	}
	return next
}

// propose puts the question, if the user is still looking at the plan.
func (p *copyPlan) propose() {
	acts := p.ways()
	if !p.visible || p.env.Now().Sub(p.began) > prompt || len(acts) == 0 {
		return
	}
	if len(acts) == 1 {
		p.env.Act(acts[0])
		return
	}
	var choices []pane.Choice
	for _, a := range acts {
		choices = append(choices, pane.Choice{Label: a.Label, Key: a.Keys[0], Do: func() tea.Cmd { p.env.Act(a); return nil }})
	}
	p.env.Pick(p.existing(), choices)
}

// Actions implements pane.Pane.
func (p *copyPlan) Actions() []pane.Action {
	y := pane.Action{
		ID: "s3.plan.command", Label: "Copy command", Keys: []string{"y"},
		Do: func() tea.Cmd { p.env.Copy("command", p.command()); return nil },
	}
	if !p.plan.Settled {
		y.Off = "it is still being counted"
	}
	return append(p.ways(), y)
}

// ways are what can be done with a settled plan: one thing, or one for each way
// to treat the targets that exist.
func (p *copyPlan) ways() []pane.Action {
	verb := p.of.way.String()
	title := strings.ToUpper(verb[:1]) + verb[1:]
	switch {
	case !p.plan.Settled || p.plan.Objects == 0:
		return nil
	case p.plan.Existing == 0:
		return []pane.Action{p.action("go", title, "enter", transfer.Skip)}
	case p.plan.Existing == p.plan.Objects:
		return []pane.Action{
			p.action("both", title+", keep both", "k", transfer.KeepBoth),
			p.action("overwrite", title+" and overwrite", "o", transfer.Overwrite),
		}
	}
	return []pane.Action{
		p.action("skip", title+" only the missing", "s", transfer.Skip),
		p.action("both", title+" all, keep both", "k", transfer.KeepBoth),
		p.action("overwrite", title+" all and overwrite", "o", transfer.Overwrite),
	}
}

func (p *copyPlan) action(id, label, key string, existing transfer.Existing) pane.Action {
	n, needs := p.plan.Objects, copyNeeds
	if existing == transfer.Skip {
		n -= p.plan.Existing
	}
	if p.of.way != copies {
		needs = moveNeeds
	}
	return pane.Action{
		ID: "s3.plan." + id, Label: label, Keys: []string{key}, Danger: pane.Write, Needs: needs,
		Count: n, Noun: map[bool]string{true: "object", false: "objects"}[n == 1], Names: p.names(existing),
		Warn: func() []string { return p.facts(existing) },
		Do: func() tea.Cmd {
			p.env.Pop()
			p.env.Run(newRelocating(p.of, p.plan, existing).spec(p.plan.Items))
			return nil
		},
		Command: p.command,
	}
}

// names are the first few objects with their new keys.
func (p *copyPlan) names(existing transfer.Existing) []string {
	var out []string
	for _, e := range p.plan.Items {
		to := p.of.Target(e.Key)
		if existing == transfer.Skip && p.plan.Exists(to) {
			continue
		}
		if out = append(out, e.Key[strings.LastIndex(p.of.Base, s3.Delimiter)+1:]+"  →  "+s3.URI(p.of.To.Bucket, to)); len(out) == 4 {
			break
		}
	}
	return out
}

func (p *copyPlan) existing() string {
	are := map[bool]string{true: "is", false: "are"}[p.plan.Existing == 1]
	return fmt.Sprintf("%s of %s %s at the target already", format.Count(p.plan.Existing), format.Plural(p.plan.Objects, "object", "objects"), are)
}

// command is what the aws command line would do.
func (p *copyPlan) command() string { return commandOf(p.of, p.plan) }

func commandOf(r relocation, plan s3.CopyPlan) string {
	var lines []string
	for _, words := range plan.Commands(r.Relocation, r.way != copies) {
		lines = append(lines, r.list.AWS.Command(words...))
	}
	return strings.Join(lines, " &&\n")
}

// Status implements pane.Statuser.
func (p *copyPlan) Status() string {
	switch {
	case p.err != nil:
		return p.env.Theme.Bad.Render(clean.Line(p.err.Error()))
	case !p.plan.Settled:
		return "counting; esc ends it"
	}
	return ""
}

// View implements pane.Pane.
func (p *copyPlan) View(w, h int) string {
	th := p.env.Theme
	count := format.Count(p.plan.Objects)
	if !p.plan.Settled {
		count += "+"
	}
	lines := []string{
		"",
		fmt.Sprintf("   %s %s", p.of.way, clean.Line(p.of.what)),
		th.Muted.Render("     from      ") + clean.Line(s3.URI(p.of.Bucket, p.of.Base)),
		th.Muted.Render("     to        ") + clean.Line(s3.URI(p.of.To.Bucket, p.of.To.Key)),
		th.Muted.Render("     objects   ") + count + "  " + format.Size(p.plan.Bytes),
	}
	switch {
	case p.plan.Settled && p.plan.Objects == 0:
		lines = append(lines, "", "   there is nothing to "+p.of.way.String()+p.left())
	case p.plan.Settled:
		if p.plan.Existing > 0 {
			lines = append(lines, th.Warn.Render("     there     ")+p.existing())
		}
		lines = append(lines, "")
		for _, f := range p.facts(transfer.Skip)[1:] {
			lines = append(lines, th.Muted.Render("   "+f))
		}
	}
	return frame(lines, w, h)
}

// left says why a plan without objects had some.
func (p *copyPlan) left() string {
	if p.plan.Archived > 0 {
		return fmt.Sprintf(": %s to be restored first", format.Plural(p.plan.Archived, "archived object has", "archived objects have"))
	}
	return ""
}

// frame cuts and fills lines to a screen.
func frame(lines []string, w, h int) string {
	out := make([]string, h)
	for i := range min(len(lines), h) {
		out[i] = ansi.Truncate(lines[i], w, "…")
	}
	return strings.Join(out, "\n")
}
