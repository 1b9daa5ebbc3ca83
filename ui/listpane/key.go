package listpane

import (
	"context"

	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// key handles the keys of every list; those of the actions are the shell's.
func (p *Pane[T]) key(k tea.KeyPressMsg) tea.Cmd {
	if p.typing {
		return p.typed(k)
	}
	s := k.String()
	if p.table.Key(s) {
		p.seek = ""
		return p.follow()
	}
	switch s {
	case "<", ">":
		if p.spec.Wide {
			p.table.Sideways(map[string]int{"<": -1, ">": 1}[s])
		}
	case "enter", "l", "right":
		p.enter()
	case "/":
		p.typing = true
		p.filter.CursorEnd()
		p.filter.Focus()
	case "o":
		p.pickSort()
	case "space", "v", "*", "U":
		p.mark(s)
	case "p":
		return p.togglePreview()
	}
	return nil
}

func (p *Pane[T]) mark(key string) {
	switch key {
	case "space":
		p.table.Mark()
		p.table.Move(1)
	case "v":
		p.rangeing = p.table.Range()
	case "*":
		p.table.MarkAll()
	case "U":
		p.table.Unmark()
		p.rangeing = false
	}
}

func (p *Pane[T]) enter() {
	it, ok := p.table.Current()
	if !ok || p.spec.Enter == nil {
		return
	}
	if f := p.spec.Enter(it); f != nil {
		p.env.Push(f)
	}
}

func (p *Pane[T]) pickSort() {
	var choices []pane.Choice
	for i, c := range p.table.Columns() {
		if c.Order == nil {
			continue
		}
		detail := ""
		if i == p.sorted {
			detail = map[bool]string{false: "ascending; again for descending", true: "descending; again for ascending"}[p.desc]
		}
		choices = append(choices, pane.Choice{Label: c.Title, Detail: detail, Do: func() tea.Cmd { return p.sort(i) }})
	}
	p.env.Pick("sort by", choices)
}

// record opens the whole row as JSON.
func (p *Pane[T]) record() tea.Cmd {
	it, ok := p.table.Current()
	if !ok {
		return nil
	}
	if p.spec.Details != nil {
		if f := p.spec.Details(it); f != nil {
			p.env.Push(f)
			return nil
		}
	}
	p.env.Push(textpane.New(textpane.Spec{
		Title: p.name(it), JSON: true,
		Load: func(ctx context.Context, env pane.Env) (string, error) {
			if p.spec.Record == nil {
				return textpane.Record(it)
			}
			v, err := p.spec.Record(ctx, env, it)
			if err != nil {
				return "", err
			}
			return textpane.Record(v)
		},
	}))
	return nil
}

func (p *Pane[T]) name(it T) string {
	if p.spec.Name != nil {
		if n := p.spec.Name(it); n != "" {
			return n
		}
	}
	return p.spec.ID(it)
}

// pickCopy offers the forms of the row for the clipboard.
func (p *Pane[T]) pickCopy() tea.Cmd {
	it, ok := p.table.Current()
	if !ok {
		return nil
	}
	copies := []Copy{{"name", p.name(it)}}
	if p.spec.Copies != nil {
		copies = p.spec.Copies(p.env, it)
	}
	if j, err := textpane.Record(it); err == nil {
		copies = append(copies, Copy{"row as JSON", j})
	}
	for _, a := range p.spec.Actions {
		if a.Command == nil || a.Off != nil && a.Off(it) != "" {
			continue
		}
		if words := a.Command(p.env, it); words != nil {
			copies = append(copies, Copy{"command: " + a.Label, p.env.AWS.Command(words...)})
		}
	}
	choices := make([]pane.Choice, len(copies))
	for i, c := range copies {
		choices[i] = pane.Choice{Label: c.Label, Detail: c.Text, Do: func() tea.Cmd {
			p.env.Copy(c.Label, c.Text)
			return nil
		}}
	}
	p.env.Pick("copy", choices)
	return nil
}
