package peek

import (
	"context"
	"strconv"
	"sync/atomic"

	"straws/awsclient/inside"
	"straws/ui/highlight"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textpane"
	"straws/ui/textview"

	tea "charm.land/bubbletea/v2"
)

type cmd = tea.Cmd

// once is a listing that is there already.
func once[T any](items func() []T) load.Pager[T] {
	return func(context.Context) ([]T, bool, error) { return items(), false, nil }
}

// renewer is a child that can show more of the same. It may refuse.
type renewer interface {
	pane.Pane
	pane.Refresher
	renew(v inside.View) bool
}

// build makes the pane of a view.
func (p *Pane) build(v inside.View) pane.Pane {
	env, end := p.env, p.goEnd
	p.goEnd = false
	switch v.Shape {
	case inside.Rows:
		c := newRows(env, v, p.spec.Copies)
		if end {
			c.Seek(strconv.Itoa(len(v.Table.Rows)))
		}
		return c
	case inside.Archive:
		return newEntries(env, v, p.spec)
	case inside.Picture:
		return newPicture(env, v)
	case inside.Hex:
		c := newHex(env, v)
		if end {
			c.top = c.lines()
		}
		return c
	case inside.Text, inside.JSON:
	}
	t := newText(env, v)
	t.end = end
	return t
}

// textChild is a text that may grow.
type textChild struct {
	*textpane.Pane

	view *atomic.Pointer[inside.View] // read by loads
	end  bool                         // scroll to the end of the first text that arrives
}

func newText(env pane.Env, v inside.View) *textChild {
	t := &textChild{view: new(atomic.Pointer[inside.View])}
	t.view.Store(&v)
	made := textpane.New(textpane.Spec{
		JSON: v.Shape == inside.JSON, Keep: true,
		Lines: func(pane.Env) load.Pager[textview.Lines] { return lines(*t.view.Load()) },
		Query: func() string { return t.view.Load().Source },
	})(env)
	t.Pane = made.(*textpane.Pane) //nolint:forcetypeassert // it makes no other
	return t
}

// lines is a text, and then the text in colours.
func lines(v inside.View) load.Pager[textview.Lines] {
	var plain textview.Lines
	first := true
	return func(ctx context.Context) ([]textview.Lines, bool, error) {
		if first {
			first = false
			plain = textview.Prepare(v.Text)
			return []textview.Lines{plain}, true, nil
		}
		return []textview.Lines{plain.Painted(highlight.Runs(ctx, v.Syntax, plain.Cleaned()))}, false, nil
	}
}

func (t *textChild) renew(v inside.View) bool {
	t.view.Store(&v)
	return true
}

// Update implements pane.Pane.
func (t *textChild) Update(msg tea.Msg) tea.Cmd {
	c := t.Pane.Update(msg)
	if t.end && t.Ready() {
		t.end = false
		t.End()
	}
	return c
}
