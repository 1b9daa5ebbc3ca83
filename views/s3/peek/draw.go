package peek

import (
	"errors"
	"strings"

	"straws/awsclient"
	"straws/awsclient/inside"
	"straws/ui/clean"
	"straws/ui/textpane"

	"github.com/charmbracelet/x/ansi"
)

// View implements pane.Pane.
func (p *Pane) View(w, h int) string {
	switch {
	case p.say != "":
		return sentence(p.say, w, h)
	case p.child == nil:
		return textpane.Placeholder(w, h, p.env, p.load.Busy(), p.err)
	}
	head := p.head(w, h)
	return strings.Join(append(head, p.child.View(w, h-len(head))), "\n")
}

func sentence(text string, w, h int) string {
	lines := []string{""}
	for _, l := range strings.Split(text, "\n") {
		for _, row := range strings.Split(ansi.Wrap(clean.Line(l), max(w-6, 10), " "), "\n") {
			lines = append(lines, ansi.Truncate("   "+row, w, "…"))
		}
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}

// head says what the file is, how much of it was read, and what went wrong, in
// line with what stands below it.
func (p *Pane) head(w, h int) []string {
	th, indent := p.env.Theme, p.indent()
	text := p.got.Form
	if v := p.current(); len(p.got.Views) > 1 && p.view > 0 {
		text += ", as " + v.Name
	}
	lines := []string{text}
	if len(p.got.Notes) > 0 {
		lines[0] += " · " + strings.Join(p.got.Notes, " · ")
	}
	lines = strings.Split(ansi.Wrap(clean.Line(lines[0]), max(w-6, 10), " "), "\n")
	if most := max(h/8, 1); len(lines) > most {
		lines = append(lines[:most-1], strings.Join(lines[most-1:], " "))
	}
	for i, l := range lines {
		lines[i] = th.Muted.Render(ansi.Truncate(indent+l, w, "…"))
	}
	if p.got.Err != nil {
		for _, l := range strings.Split(ansi.Wrap(reason(p.got.Err), max(w-6, 10), " "), "\n") {
			lines = append(lines, th.Bad.Render(ansi.Truncate(indent+l, w, "…")))
		}
	}
	return lines[:min(len(lines), max(h-1, 0))]
}

// indent is what the view on the screen begins its lines with.
func (p *Pane) indent() string {
	switch p.current().Shape {
	case inside.Text, inside.JSON, inside.Hex:
		return ""
	case inside.Rows, inside.Archive, inside.Picture:
	}
	return "   "
}

// reason is the sentence of an error of a read, with what to do next, or of a
// format.
func reason(err error) string {
	err = awsclient.Classify(err)
	var e *awsclient.Error
	if errors.As(err, &e) && e.Hint() != "" {
		return clean.Line(e.Error() + "; " + e.Hint())
	}
	return clean.Line(err.Error())
}

// show builds the pane of the view that is chosen. One of the same kind is kept,
// so that a text stays where it was scrolled to and a table keeps its filter.
func (p *Pane) show(before inside.View) (cmd cmd) {
	v := p.current()
	if c, ok := p.child.(renewer); ok && v.Shape == before.Shape && v.Name == before.Name && c.renew(v) {
		return c.Refresh()
	}
	p.child = p.build(v)
	return p.child.Init()
}
