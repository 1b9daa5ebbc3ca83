package listpane

import (
	"context"
	"strings"
	"time"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/highlight"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textpane"
	"straws/ui/textview"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

const (
	beside = 100                    // cells from which the preview stands beside the list
	dwell  = 150 * time.Millisecond // how long the cursor rests on a row before it is read
)

func (p *Pane[T]) togglePreview() tea.Cmd {
	switch {
	case p.preview != nil:
		p.closePreview()
		return nil
	case p.spec.Preview == nil:
		p.env.Flash(pane.Info, "there is no preview of a "+p.spec.Noun+"; i shows the whole record")
		return nil
	}
	p.preview = &preview{load: load.New[Preview]()}
	return p.read(0)
}

func (p *Pane[T]) closePreview() {
	p.preview.load.Cancel()
	p.preview = nil
}

// follow makes the preview show the row under the cursor.
func (p *Pane[T]) follow() tea.Cmd {
	if p.preview == nil {
		return nil
	}
	return p.read(dwell)
}

func (p *Pane[T]) read(after time.Duration) tea.Cmd {
	v := p.preview
	it, ok := p.table.Current()
	if !ok || v.of == p.spec.ID(it) {
		return nil
	}
	*v = preview{of: p.spec.ID(it), load: v.load}
	pager := load.Once(func(ctx context.Context) (Preview, error) { return p.spec.Preview(ctx, p.env, it) })
	pager = prepared(pager)
	if after > 0 {
		pager = load.After(after, pager)
	}
	return v.load.Start(p.env.Ctx, v.of, pager)
}

// prepared makes the text of a preview ready to be drawn, in its colours, away
// from the event loop.
func prepared(of load.Pager[Preview]) load.Pager[Preview] {
	return func(ctx context.Context) ([]Preview, bool, error) {
		items, more, err := of(ctx)
		for i := range items {
			l := textview.Prepare(items[i].Text)
			items[i].lines = l.Painted(highlight.Runs(ctx, items[i].Name, l.Cleaned()))
		}
		return items, more, err
	}
}

func (p *Pane[T]) acceptPreview(page load.Page[Preview]) {
	v := p.preview
	v.done = true
	if v.err = awsclient.Classify(page.Err); v.err == nil {
		v.got = page.Items[0]
		v.text.Show(v.got.lines)
	}
}

// drawPreview returns h lines of at most w cells.
func (p *Pane[T]) drawPreview(w, h int) string {
	v, th := p.preview, p.env.Theme
	if !v.done || v.err != nil {
		return textpane.Placeholder(w, h, p.env, !v.done, v.err)
	}
	title := th.Muted.Render(ansi.Truncate(clean.Line(v.got.Title), w, "…"))
	if v.got.Draw != nil {
		return fill(append([]string{title}, v.drawn(w, h-1, th)...), h)
	}
	return title + "\n" + v.text.Draw(w, h-1, th)
}

// drawn is what the preview draws itself, kept for the size it was drawn for.
func (v *preview) drawn(w, h int, th *theme.Theme) []string {
	if v.w != w || v.h != h {
		v.w, v.h, v.lines = w, h, v.got.Draw(w, h, th)
	}
	return v.lines
}

// split sets the preview beside the list, or in its place on a narrow screen.
func (p *Pane[T]) split(w, h int) string {
	if w < beside {
		return p.drawPreview(w, h)
	}
	left := w / 2
	list := strings.Split(p.list(left, h), "\n")
	text := strings.Split(p.drawPreview(w-left-3, h), "\n")
	rule := " " + p.env.Theme.Line.Render("│") + " "
	for i := range list {
		list[i] += strings.Repeat(" ", max(left-ansi.StringWidth(list[i]), 0)) + rule + text[i]
	}
	return strings.Join(list, "\n")
}
