package peek

import (
	"slices"

	"straws/awsclient/inside"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// Actions implements pane.Pane.
func (p *Pane) Actions() []pane.Action {
	out := []pane.Action{p.more(), p.end(), p.start(), p.switchView()}
	if p.spec.Actions != nil {
		out = append(out, p.spec.Actions(p.env)...)
	}
	if p.child != nil {
		for _, a := range p.child.Actions() {
			if a.ID != "text.copy" && a.ID != "list.record" {
				out = append(out, a)
			}
		}
	}
	if !slices.ContainsFunc(out, func(a pane.Action) bool { return slices.Contains(a.Keys, "y") }) {
		out = append(out, pane.Action{ID: "peek.copy", Label: "Copy", Keys: []string{"y"}, Do: p.pickCopy, Hide: true})
	}
	return out
}

func (p *Pane) more() pane.Action {
	a := pane.Action{ID: "peek.more", Label: "Read on", Keys: []string{"+"}}
	switch {
	case p.got == nil:
		a.Off, a.Hide = "nothing was read yet", true
	case p.got.More == 0:
		a.Off, a.Hide = "all of it was read", true
	default:
		n := p.got.More
		a.Do = func() tea.Cmd {
			p.limits = p.limits.Plus(n)
			if p.goEnd = p.tail; p.tail { // what is read stands before what is on the screen
				p.got, p.child = nil, nil
			}
			return p.look()
		}
	}
	return a
}

func (p *Pane) end() pane.Action {
	a := pane.Action{ID: "peek.tail", Label: "Tail", Keys: []string{"T"}, Hide: p.tail}
	switch {
	case p.got == nil:
		a.Off, a.Hide = "nothing was read yet", true
	case p.tail:
		a.Off = "this is the end of it"
	case p.got.More == 0:
		a.Off, a.Hide = "all of it was read: G goes to its end", true
	case !p.got.Ends:
		a.Off, a.Hide = "its end cannot be read without the rest", true
	default:
		a.Do = func() tea.Cmd { return p.turn(true) }
	}
	return a
}

func (p *Pane) start() pane.Action {
	a := pane.Action{ID: "peek.head", Label: "Head", Keys: []string{"H"}, Hide: !p.tail}
	if !p.tail {
		a.Off = "this is the beginning of it"
		return a
	}
	a.Do = func() tea.Cmd { return p.turn(false) }
	return a
}

// turn shows the end of the file instead of its beginning, or the other way round.
func (p *Pane) turn(tail bool) tea.Cmd {
	p.tail, p.goEnd = tail, tail
	p.limits = inside.Unasked()
	if p.file != nil {
		p.limits.Most += p.file.Used()
	}
	p.got, p.child = nil, nil
	return p.look()
}

func (p *Pane) switchView() pane.Action {
	a := pane.Action{ID: "peek.view", Label: "Show as", Keys: []string{"m"}}
	if p.got == nil || len(p.got.Views) < 2 {
		a.Off, a.Hide = "there is only one way to show it", true
		return a
	}
	next := (p.view + 1) % len(p.got.Views)
	a.Label = "Show as " + p.got.Views[next].Name
	a.Do = func() tea.Cmd {
		before := p.current()
		p.view = next
		return p.show(before)
	}
	return a
}

// pickCopy offers the forms of the file for the clipboard, its text first.
func (p *Pane) pickCopy() tea.Cmd {
	var copies []listpane.Copy
	if v := p.current(); v.Shape == inside.Text || v.Shape == inside.JSON {
		copies = append(copies, listpane.Copy{Label: "text", Text: v.Text})
	}
	if p.spec.Copies != nil {
		copies = append(copies, p.spec.Copies(p.env)...)
	}
	choices := make([]pane.Choice, len(copies))
	for i, c := range copies {
		detail := c.Text
		if c.Label == "text" {
			detail = format.Size(int64(len(c.Text)))
		}
		choices[i] = pane.Choice{Label: c.Label, Detail: detail, Do: func() tea.Cmd {
			p.env.Copy(c.Label, c.Text)
			return nil
		}}
	}
	p.env.Pick("copy", choices)
	return nil
}
