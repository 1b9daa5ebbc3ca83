package lambda

import (
	"context"
	"fmt"
	"sync/atomic"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/ui/form"
	"straws/ui/job"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Actions implements pane.Pane.
func (p *settingsPane) Actions() []pane.Action {
	if p.form == nil {
		return nil
	}
	values := map[bool]string{false: "Show values", true: "Mask values"}[p.form.Shown()]
	add := pane.Action{ID: "lambda.settings.add", Label: "New variable", Keys: []string{"n"}, Do: p.addVariable}
	if e := p.config.EnvironmentError; e != "" {
		add.Off = "the environment cannot be read, and would be lost: " + e
	}
	return []pane.Action{
		p.save(), add,
		{ID: "lambda.settings.restore", Label: "Remove, or restore", Keys: []string{"backspace", "delete"}, Do: p.restore},
		{ID: "lambda.settings.values", Label: values, Keys: []string{"m"}, Do: p.toggle},
	}
}

func (p *settingsPane) save() pane.Action {
	name := p.target.function.Name
	a := pane.Action{
		ID: "lambda.function.change", Label: "Change", Keys: []string{"ctrl+s"}, Danger: pane.Write,
		Needs: []string{"lambda:UpdateFunctionConfiguration", "lambda:GetFunctionConfiguration"},
		Count: 1, Noun: "function", Names: []string{name}, Off: p.problem(),
	}
	switch {
	case p.saving:
		a.Off = "the last change is still being made"
	case !p.form.Changed():
		a.Off = "nothing is changed yet; enter edits a field"
	}
	if a.Off != "" {
		return a
	}
	c, _ := p.change() // problem has said what is wrong with it
	differences := p.differences()
	a.Warn = func() []string { return differences }
	a.Command = func() string { return p.env.AWS.Command(c.Command(name)...) }
	a.Job = func() job.Spec { return p.job(c) }
	return a
}

// problem is why the form cannot be sent; "" when it can.
func (p *settingsPane) problem() string {
	if _, err := p.change(); err != nil {
		return err.Error()
	}
	return ""
}

// differences are the lines of the question: what each value was and will be.
func (p *settingsPane) differences() []string {
	var out []string
	for _, v := range p.form.Values() {
		if !v.Changed() {
			continue
		}
		out = append(out, v.Label+"  "+ansi.Strip(p.form.Difference(v, p.env.Theme)))
	}
	return out
}

// job makes the change and waits until AWS is done with it.
func (p *settingsPane) job(c lambda.Change) job.Spec {
	p.saving = true
	env, m, t := p.env, p.memory, p.target
	var made atomic.Bool
	return job.Spec{
		Title: "change " + t.function.Name, Total: 1,
		Run: func(ctx context.Context, pr *job.Progress) error {
			err := lambda.Update(context.WithoutCancel(ctx), env.AWS, t.function.Name, c)
			env.AWS.Audit(awsclient.Change{Action: "lambda:UpdateFunctionConfiguration", Target: t.id(), Err: err})
			if err != nil {
				return err
			}
			made.Store(true)
			m.changed()
			pr.Note("AWS is making the change")
			if err := lambda.Await(ctx, env.AWS, t.function.Name); err != nil {
				return fmt.Errorf("the change was sent, but not seen through: %w", err)
			}
			pr.Add(1)
			return nil
		},
		After: func() tea.Cmd {
			p.saving = false
			if env.Ctx.Err() != nil || !made.Load() {
				return nil // what was typed stays
			}
			p.form = form.New(nil) // everything in it is AWS's by now
			return p.Refresh()
		},
	}
}

func (p *settingsPane) toggle() tea.Cmd {
	p.form.Show(!p.form.Shown())
	return nil
}

func (p *settingsPane) restore() tea.Cmd {
	p.form.Restore()
	return nil
}

func (p *settingsPane) addVariable() tea.Cmd {
	p.added++
	p.form.Add(form.Field{
		ID: fmt.Sprint(newField, p.added), Label: "new variable", Secret: true, Mask: maskAssignment,
		Check: checkAssignment, Note: "NAME=value",
	})
	return nil
}
