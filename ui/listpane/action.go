package listpane

import (
	"context"
	"errors"
	"strings"
	"sync"

	"straws/awsclient"
	"straws/ui/job"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

const (
	parallel = 8 // requests in flight for one job
	sample   = 8 // rows looked at for a confirmation and for whether an action is off
)

// Actions implements pane.Pane. It is called for every frame, so it looks at a
// few of the chosen rows and never at all of them.
func (p *Pane[T]) Actions() []pane.Action {
	some := p.table.Take(sample)
	out := make([]pane.Action, 0, len(p.spec.Actions)+2)
	for _, a := range p.spec.Actions {
		out = append(out, p.action(a, some))
	}
	if p.spec.Place != nil {
		out = append(out, p.spec.Place(p.env)...)
	}
	if p.spec.Cursor != nil {
		it, ok := p.table.Current()
		out = append(out, p.spec.Cursor(p.env, it, ok)...)
	}
	return append(out,
		p.look("record", "Details", "i", p.record),
		p.look("copy", "Copy", "y", p.pickCopy))
}

// look is an action that every list has, on the row under the cursor.
func (p *Pane[T]) look(id, label, key string, do func() tea.Cmd) pane.Action {
	a := pane.Action{ID: "list." + id, Label: label, Keys: []string{key}, Count: 1, Do: do}
	if p.table.Len() == 0 {
		a.Off = "there is no " + p.spec.Noun
	}
	return a
}

func (p *Pane[T]) action(a Action[T], some []T) pane.Action {
	if it, ok := p.table.Current(); ok && (a.Do != nil || a.Show != nil) {
		some = []T{it} // what opens a screen is about the row that is looked at
	}
	out := pane.Action{
		ID: a.ID, Label: a.Label, Keys: a.Keys, Danger: a.Danger, Needs: a.Needs, Hide: a.Hide,
		Count: p.table.Chosen(), Noun: p.nouns(p.table.Chosen()), Off: p.off(a, some),
	}
	for _, it := range some {
		out.Names = append(out.Names, p.label(it))
	}
	if a.Both != nil && out.Off == "" && p.table.Chosen() != 2 {
		out.Off = "mark two " + p.nouns(2) + " with space"
	}
	if out.Off != "" {
		return out
	}
	first := some[0]
	if a.Both != nil {
		out.Do = func() tea.Cmd { p.env.Push(a.Both(p.env, some[0], some[1])); return nil }
		return out
	}
	if a.Type != nil {
		out.Type = a.Type(first)
	} else {
		out.Type = p.name(first)
	}
	if a.Command != nil {
		out.Command = func() string { return p.commands(a, []T{first}) }
	}
	if a.Do != nil {
		out.Do = func() tea.Cmd { return a.Do(p.env, first) }
		return out
	}
	if a.Many != nil {
		out.Do = func() tea.Cmd { return a.Many(p.env, p.table.Take(-1)) }
		return out
	}
	if a.Show != nil {
		out.Do = func() tea.Cmd { p.env.Push(a.Show(p.env, first)); return nil }
		return out
	}
	// The rows are taken when the action is chosen, not when it is confirmed:
	// what was named is what is hit, whatever the list does in between.
	chosen := sync.OnceValue(func() []T { return p.table.Take(-1) })
	if a.Warn != nil {
		out.Warn = func() []string { return a.Warn(chosen()) }
	}
	if a.Command != nil {
		out.Command = func() string { return p.commands(a, chosen()) }
	}
	out.Job = func() job.Spec { return p.job(a, chosen()) }
	out.Freeze = func() { chosen() }
	return out
}

// commands are the command lines of an action for every row it can run on, one
// after the other.
func (p *Pane[T]) commands(a Action[T], items []T) string {
	var lines []string
	for _, it := range items {
		if a.Off != nil && a.Off(it) != "" {
			continue
		}
		if words := a.Command(p.env, it); words != nil {
			lines = append(lines, p.env.AWS.Command(words...))
		}
	}
	return strings.Join(lines, " &&\n")
}

// off says why an action cannot run: with several rows chosen, only when it can
// run on none of those looked at. The job asks again for each row.
func (p *Pane[T]) off(a Action[T], some []T) string {
	if len(some) == 0 {
		return "there is no " + p.spec.Noun
	}
	if a.Off == nil {
		return ""
	}
	why := ""
	for _, it := range some {
		switch why = a.Off(it); {
		case why != "" && a.Both != nil:
			return why
		case why == "" && a.Both == nil:
			return ""
		}
	}
	if p.table.Chosen() > len(some) && (a.Run != nil || a.Many != nil) {
		return ""
	}
	return why
}

func (p *Pane[T]) nouns(n int) string {
	switch {
	case n == 1:
		return p.spec.Noun
	case p.spec.Nouns != "":
		return p.spec.Nouns
	}
	return p.spec.Noun + "s"
}

// label names a row for a human: its name, and its identity where that differs.
func (p *Pane[T]) label(it T) string {
	if n, id := p.name(it), p.spec.ID(it); n != id {
		return n + "  " + id
	}
	return p.spec.ID(it)
}

func (p *Pane[T]) job(a Action[T], items []T) job.Spec {
	title := strings.ToLower(a.Label) + " " + p.nouns(len(items))
	if len(items) == 1 {
		title = strings.ToLower(a.Label) + " " + p.name(items[0])
	}
	return job.Spec{
		Title: title, Total: int64(len(items)),
		Run: func(ctx context.Context, pr *job.Progress) error { return p.each(ctx, pr, a, items) },
		After: func() tea.Cmd {
			p.table.Unmark()
			p.changed()
			if p.env.Ctx.Err() != nil {
				return nil
			}
			return p.Refresh() // a listing begun before the change must not be taken for its result
		},
		Retry: func(failed []string) job.Spec { return p.job(a, p.only(items, failed)) },
	}
}

func (p *Pane[T]) only(items []T, ids []string) []T {
	want := make(map[string]struct{}, len(ids))
	for _, id := range ids {
		want[id] = struct{}{}
	}
	var out []T
	for _, it := range items {
		if _, ok := want[p.spec.ID(it)]; ok {
			out = append(out, it)
		}
	}
	return out
}

// each runs a on every item, a few at a time, and feeds no more once ctx ends.
func (p *Pane[T]) each(ctx context.Context, pr *job.Progress, a Action[T], items []T) error {
	var wg sync.WaitGroup
	slots := make(chan struct{}, parallel)
	for _, it := range items {
		if ctx.Err() != nil {
			break
		}
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			p.one(ctx, pr, a, it)
		})
	}
	wg.Wait()
	return ctx.Err()
}

// one runs a on it. The request in flight is finished when the job is
// cancelled: its outcome is worth more than the time it takes.
func (p *Pane[T]) one(ctx context.Context, pr *job.Progress, a Action[T], it T) {
	defer pr.Add(1)
	id := p.spec.ID(it)
	if a.Off != nil {
		if why := a.Off(it); why != "" {
			pr.Fail(job.Item{ID: id, Name: p.name(it)}, errors.New(why))
			return
		}
	}
	err := awsclient.Classify(a.Run(context.WithoutCancel(ctx), p.env, it))
	target := id
	if a.Target != nil {
		target = a.Target(it)
	}
	if a.Here == nil || !a.Here(it) {
		p.env.AWS.Audit(awsclient.Change{Action: strings.Join(a.Needs, " "), Target: target, Err: err})
	}
	if err != nil {
		pr.Fail(job.Item{ID: id, Name: p.name(it)}, err)
	}
}
