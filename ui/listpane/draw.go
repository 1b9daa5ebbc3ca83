package listpane

import (
	"fmt"
	"strings"

	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/textpane"

	"github.com/charmbracelet/x/ansi"
)

// View implements pane.Pane.
func (p *Pane[T]) View(w, h int) string {
	if p.preview != nil {
		return p.split(w, h)
	}
	return p.list(w, h)
}

func (p *Pane[T]) list(w, h int) string {
	if !p.ready {
		return textpane.Placeholder(w, h, p.env, p.load.Busy(), p.err)
	}
	if p.table.Len() > 0 {
		above := p.head(w, h)
		return strings.Join(append(above, p.table.Draw(w, h-len(above), p.env.Theme)), "\n")
	}
	head, _, _ := strings.Cut(p.table.Draw(w, 1, p.env.Theme), "\n")
	return fill([]string{head, "", p.env.Theme.Muted.Render(ansi.Truncate("   "+p.nothing(), w, "…"))}, h)
}

// head is what stands above the table, where most of the screen is left to it.
func (p *Pane[T]) head(w, h int) []string {
	if p.spec.Head == nil {
		return nil
	}
	lines := p.spec.Head(p.table.Slice(), w)
	if len(lines) > h/3 {
		return nil
	}
	for i, l := range lines {
		lines[i] = p.env.Theme.Muted.Render(ansi.Truncate("   "+clean.Line(l), w, "…"))
	}
	return lines
}

// nothing says why no row is shown.
func (p *Pane[T]) nothing() string {
	switch {
	case p.table.Rows().Len() > 0:
		return fmt.Sprintf("none of the %s matches %q; esc shows them all", p.counted(), clean.Line(p.filter.Value()))
	case p.load.Busy() && p.spec.Progress != nil:
		return "none so far " + p.spec.Progress() + "; esc ends it"
	case p.load.Busy():
		return "loading…"
	case p.spec.Progress != nil && !p.complete:
		return "none " + p.spec.Progress()
	case p.spec.Empty != "":
		return p.spec.Empty
	}
	return "there is no " + p.spec.Noun + " here"
}

func fill(lines []string, h int) string {
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}

// Status implements pane.Statuser.
func (p *Pane[T]) Status() string {
	if !p.ready {
		return map[bool]string{true: "loading", false: ""}[p.load.Busy()]
	}
	var parts []string
	if n := p.table.Marked(); n > 0 {
		parts = append(parts, format.Count(n)+" marked"+p.total())
	}
	if p.rangeing {
		parts = append(parts, "range: v to end")
	}
	parts = append(parts, p.counted())
	if p.match != nil || p.wrong != nil {
		parts = append(parts, p.filtered())
	}
	if p.load.Busy() && !p.complete {
		parts = append(parts, "loading")
	}
	if p.stopped {
		parts = append(parts, p.env.Theme.Warn.Render("stopped; r begins anew"))
	}
	if p.spec.Note != nil {
		if note := p.spec.Note(); note != "" {
			parts = append(parts, p.env.Theme.Warn.Render(clean.Line(note)))
		}
	}
	if p.err != nil {
		parts = append(parts, p.env.Theme.Bad.Render(p.wanting()+clean.Line(p.err.Error())))
	}
	return strings.Join(parts, " · ")
}

// wanting says what an error has done to the rows that are shown.
func (p *Pane[T]) wanting() string {
	if p.spec.Progress != nil {
		return "not whole: "
	}
	return "not up to date: "
}

func (p *Pane[T]) total() string {
	// Adding up is for the eye: it stops being done for every frame where it
	// would take longer than one.
	if p.spec.Total == nil || p.table.Marked() > inline {
		return ""
	}
	return " " + p.spec.Total(p.table.Take(-1))
}

func (p *Pane[T]) filtered() string {
	if p.wrong != nil {
		return p.env.Theme.Warn.Render(clean.Line(p.wrong.Error()))
	}
	s := format.Count(p.table.Len()) + " match " + clean.Line(p.filter.Value())
	if p.query.Busy() {
		s += " …"
	}
	return s + p.tagStatus()
}

// Prompt implements pane.Prompter.
func (p *Pane[T]) Prompt() (string, int, bool) {
	if !p.typing {
		return "", 0, false
	}
	before := clean.Line(string([]rune(p.filter.Value())[:p.filter.Position()]))
	text := "/" + clean.Line(p.filter.Value())
	cursor := ansi.StringWidth("/" + before)
	if p.wrong != nil {
		return text + "   " + p.env.Theme.Warn.Render(clean.Line(p.wrong.Error())), cursor, true
	}
	return text + p.env.Theme.Muted.Render("   "+format.Count(p.table.Len())+" of "+p.counted()), cursor, true
}

// Summary implements pane.Summarizer.
func (p *Pane[T]) Summary(w, h int) (head, body string) {
	th := p.env.Theme
	switch {
	case !p.ready && p.err != nil:
		return "", textpane.Placeholder(w, h, p.env, false, p.err)
	case !p.ready:
		return "", fill([]string{th.Muted.Render("   loading…")}, h)
	case p.table.Len() == 0:
		return p.headline(), fill([]string{th.Muted.Render(ansi.Truncate("   "+p.nothing(), w, "…"))}, h)
	}
	return p.headline(), fill(p.table.Brief(w, h, th), h)
}

func (p *Pane[T]) headline() string {
	switch {
	case p.err != nil:
		return p.env.Theme.Bad.Render(clean.Line(p.err.Error()))
	case p.match != nil:
		return format.Count(p.table.Len()) + " of " + p.counted()
	case p.spec.Summarize != nil:
		return clean.Line(p.spec.Summarize(p.table.Slice()))
	}
	return p.counted()
}

// Hints implements pane.Hinter.
func (p *Pane[T]) Hints() []pane.Hint {
	if p.typing {
		return []pane.Hint{{Keys: "enter", Label: "keep the filter"}, {Keys: "esc", Label: "clear it"}, {Keys: "↑↓", Label: "move"}}
	}
	var h []pane.Hint
	if p.spec.Enter != nil {
		h = append(h, pane.Hint{Keys: "enter", Label: "open"})
	}
	h = append(h, pane.Hint{Keys: "/", Label: "filter"}, pane.Hint{Keys: "space", Label: "mark"}, pane.Hint{Keys: "o", Label: "sort"})
	if p.spec.Preview != nil {
		h = append(h, pane.Hint{Keys: "p", Label: "preview"})
	}
	return h
}
