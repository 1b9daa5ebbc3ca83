package sectionpane

import (
	"strings"

	"straws/ui/clean"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

const (
	masked      = "••••"
	indent      = "   "
	widestLabel = 24 // cells; a longer label has a line of its own
	narrowest   = 20 // cells for values, however narrow the screen is
)

// compose lays out the whole text for the width of the screen.
func (p *Pane) compose() {
	if p.width > 0 {
		p.text.Replace(strings.Join(p.lines(p.width), "\n"))
	}
}

func (p *Pane) lines(w int) []string {
	var out []string
	for _, part := range p.parts {
		for _, s := range part.sections {
			out = append(out, p.section(s, w)...)
		}
		if !part.ready {
			out = append(out, clean.Line(part.Title))
		}
		switch {
		case part.err != nil:
			out = append(out, wrap(indent+"✗ ", part.err.Error(), w)...)
		case !part.ready:
			out = append(out, indent+"loading…")
		}
		if len(out) > 0 && out[len(out)-1] != "" {
			out = append(out, "")
		}
	}
	return out
}

func (p *Pane) section(s Section, w int) []string {
	out := []string{clean.Line(s.Title)}
	wide := 0
	for _, f := range s.Fields {
		if n := ansi.StringWidth(clean.Line(f.Label)); n <= widestLabel && f.Value != "" {
			wide = max(wide, n)
		}
	}
	wide = min(wide, max(w-len(indent)-narrowest, 8))
	for _, f := range s.Fields {
		if f.Value != "" {
			out = append(out, p.field(f, wide, w)...)
		}
	}
	if len(out) == 1 && s.Empty != "" {
		out = append(out, wrap(indent, s.Empty, w)...)
	}
	return append(out, "")
}

func (p *Pane) field(f Field, wide, w int) []string {
	label, value := clean.Line(f.Label), f.Value
	if f.Secret && !p.shown {
		value = masked
	}
	if n := ansi.StringWidth(label); n <= wide {
		return wrap(indent+label+strings.Repeat(" ", wide-n+2), value, w)
	}
	return append(wrap(indent, label, w), wrap(indent+strings.Repeat(" ", wide+2), value, w)...)
}

// wrap sets text behind a lead, and its further lines below its beginning.
func wrap(lead, text string, w int) []string {
	at := ansi.StringWidth(lead)
	lines := strings.Split(ansi.Wrap(clean.Line(text), max(w-at, 8), ""), "\n")
	for i, l := range lines {
		if i > 0 {
			lead = strings.Repeat(" ", at)
		}
		lines[i] = ansi.Truncate(lead+l, w, "…")
	}
	return lines
}

// style colours a line by its form: headings begin at the edge, and labels end
// where two spaces are.
func style(line string, th *theme.Theme) string {
	if !strings.HasPrefix(line, " ") {
		return th.Title.Render(line)
	}
	rest := strings.TrimPrefix(line, indent)
	if strings.HasPrefix(rest, " ") {
		return line // goes on from the line above
	}
	label, value, found := strings.Cut(rest, "  ")
	if !found {
		return indent + tone(rest, th)
	}
	gap := len(value) - len(strings.TrimLeft(value, " "))
	return indent + th.Muted.Render(label) + "  " + value[:gap] + tone(value[gap:], th)
}

// tone colours a state by its shape.
func tone(s string, th *theme.Theme) string {
	switch {
	case strings.HasPrefix(s, "✗"):
		return th.Bad.Render(s)
	case strings.HasPrefix(s, "◐"):
		return th.Warn.Render(s)
	}
	return s
}
