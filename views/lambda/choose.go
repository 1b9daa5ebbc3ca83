package lambda

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// latest is the qualifier of the code that was uploaded last.
const latest = "$LATEST"

// qualifiers are what a function can be invoked by, or why they are not known.
type qualifiers struct {
	aliases  []lambda.Alias
	versions []lambda.Version
	err      error
}

func (p *invokePane) setup() setup { return p.memory.past.setups[memoryKey(p.env, p.target)] }

func (p *invokePane) setSetup(s setup) {
	p.memory.past.setups[memoryKey(p.env, p.target)] = s
	p.checkPayload() // the limit is that of the mode
}

// pickQualifier asks for the versions and aliases of the function, and then for
// one of them.
func (p *invokePane) pickQualifier() tea.Cmd {
	name, aws := p.target.function.Name, p.env.AWS
	return p.versions.Start(p.env.Ctx, "qualifiers", load.Once(func(ctx context.Context) (qualifiers, error) {
		var q qualifiers
		var aliases, versions error
		q.aliases, aliases = lambda.Aliases(ctx, aws, name)
		q.versions, versions = lambda.Versions(ctx, aws, name)
		q.err = errors.Join(aliases, versions)
		return q, nil
	}))
}

func (p *invokePane) offerQualifiers(page load.Page[qualifiers]) {
	if page.Err != nil {
		p.env.Fail(awsclient.Classify(page.Err))
		return
	}
	q := page.Items[0]
	choices := []pane.Choice{p.qualifierChoice("", "the code uploaded last")}
	for _, a := range q.aliases {
		choices = append(choices, p.qualifierChoice(a.Name, "alias of "+routes(a)))
	}
	for i := len(q.versions) - 1; i >= 0; i-- { // the newest first
		if v := q.versions[i]; v.Number != latest {
			choices = append(choices, p.qualifierChoice(v.Number, strings.TrimSpace("version of "+format.When(v.Modified, p.env.Now())+"  "+v.Description)))
		}
	}
	title := "qualifier"
	if q.err != nil {
		title += ": not all are known: " + q.err.Error()
		if len(choices) == 1 {
			title = "qualifier: only " + latest + " is known: " + q.err.Error()
		}
		title = clean.Line(strings.ReplaceAll(title, "\n", "; "))
	}
	p.env.Pick(title, choices)
}

func (p *invokePane) qualifierChoice(qualifier, detail string) pane.Choice {
	label := or(qualifier, latest)
	if qualifier == p.target.qualifier {
		label += "  ✓"
	}
	return pane.Choice{Label: label, Detail: detail, Do: func() tea.Cmd {
		p.target.qualifier = qualifier
		s := p.setup()
		s.qualifier = qualifier
		p.setSetup(s)
		return nil
	}}
}

// routes names the versions behind an alias, with their weights when there are
// two.
func routes(a lambda.Alias) string {
	if len(a.Routes) == 1 {
		return "version " + a.Routes[0].Version
	}
	var parts []string
	for _, r := range a.Routes {
		parts = append(parts, fmt.Sprintf("version %s %g %%", r.Version, percent(r.Weight)))
	}
	return strings.Join(parts, ", ")
}

// percent is a weight without the noise of its arithmetic.
func percent(weight float64) float64 { return float64(int(weight*10_000+0.5)) / 100 }

// pickMode asks how the function is to be invoked.
func (p *invokePane) pickMode() tea.Cmd {
	now := p.setup()
	var choices []pane.Choice
	for _, m := range lambda.Modes() {
		label := m.String()
		if m == now.mode {
			label += "  ✓"
		}
		choices = append(choices, pane.Choice{Label: label, Detail: modeDetail(m), Do: func() tea.Cmd {
			s := p.setup()
			s.mode, s.chosen = m, true
			p.setSetup(s)
			return nil
		}})
	}
	given := "none"
	if now.context != "" {
		given = now.context
	}
	choices = append(choices, pane.Choice{Label: "client context…", Detail: given, Do: func() tea.Cmd {
		p.context = newContextBox(p.setup().context)
		return nil
	}})
	p.env.Pick("mode", choices)
	return nil
}

func modeDetail(m lambda.Mode) string {
	switch m {
	case lambda.Stream:
		return "run it and show the answer while it is written; up to 6 MB of payload"
	case lambda.Async:
		return "queue it; Lambda runs it, and after a failure up to twice more; up to 1 MB of payload"
	case lambda.DryRun:
		return "check the permission and the parameters; nothing runs"
	case lambda.Wait:
	}
	return "run it and wait for the answer; up to 6 MB of payload"
}
