package tail

import (
	"strings"

	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

const (
	gutter   = 1        // cells for the mark of the cursor
	space    = 1        // cells between columns
	textSeen = 32 << 10 // bytes of one entry that are laid out
	rowsSeen = 200      // rows of one entry that are laid out
	restSeen = 4 << 10  // bytes of the less important
)

// row is one line of an entry without its columns, cleaned.
type row struct{ text, rest string }

// Draw returns exactly h lines, none wider than w, and remembers the size, so
// that keys scroll by pages.
func (m *Model[T]) Draw(w, h int, th *theme.Theme) string {
	if w != m.w {
		m.generation++
	}
	m.w, m.h = w, h
	m.place()
	out := make([]string, 0, h)
	for i := m.top; i < len(m.entries) && len(out) < h; i++ {
		skip := 0
		if i == m.top {
			skip = m.topRow
		}
		out = m.drawEntry(out, i, skip, th)
	}
	for len(out) < h {
		out = append(out, "")
	}
	return strings.Join(out[:h], "\n")
}

func (m *Model[T]) drawEntry(out []string, i, skip int, th *theme.Theme) []string {
	rows, look := m.rows(i), m.entries[i].look
	mark := " "
	if i == m.cursor {
		mark = th.Pen(theme.Accent).Draw("▌")
	}
	for n := skip; n < len(rows) && len(out) < m.h; n++ {
		head, width := "", m.indent(look)
		if n == 0 {
			head = m.columns(look, th)
		} else {
			head = strings.Repeat(" ", width)
		}
		out = append(out, ansi.Truncate(mark+head+m.paint(rows[n], m.w-gutter-width, look, th), m.w, ""))
	}
	return out
}

// indent is the width of the columns before the text.
func (m *Model[T]) indent(l Look) int {
	return ansi.StringWidth(clean.Line(l.When)) + space + wordWidth + space
}

const wordWidth = 5 // "ERROR"

func (m *Model[T]) columns(l Look, th *theme.Theme) string {
	word := ansi.Truncate(clean.Line(l.Word), wordWidth, "")
	pad := strings.Repeat(" ", wordWidth-ansi.StringWidth(word)+space)
	return th.Pen(theme.Muted).Draw(clean.Line(l.When)) + " " + th.Bold(l.Tone).Draw(word) + pad
}

// paint draws a row in w cells.
func (m *Model[T]) paint(r row, w int, l Look, th *theme.Theme) string {
	text, rest := r.text, r.rest
	if !m.wrap && m.left > 0 {
		rest = ansi.TruncateLeft(rest, max(m.left-ansi.StringWidth(text), 0), "")
		text = ansi.TruncateLeft(text, m.left, "")
	}
	text = ansi.Truncate(text, w, "…")
	rest = ansi.Truncate(rest, max(w-ansi.StringWidth(text), 0), "…")
	tone := theme.Plain
	switch {
	case l.Quiet:
		tone = theme.Muted
	case l.Tone == theme.Bad || l.Tone == theme.Warn:
		tone = l.Tone
	}
	return m.highlight(text, th.Pen(tone), th) + m.highlight(rest, th.Pen(theme.Muted), th)
}

// highlight draws text with a pen, and what was searched for in reverse.
func (m *Model[T]) highlight(text string, pen theme.Pen, th *theme.Theme) string {
	low := strings.ToLower(text)
	if m.find == "" || len(low) != len(text) {
		return pen.Draw(text)
	}
	var b strings.Builder
	for i := strings.Index(low, m.find); i >= 0; i = strings.Index(low, m.find) {
		b.WriteString(pen.Draw(text[:i]))
		b.WriteString(th.Warn.Reverse(true).Render(text[i : i+len(m.find)]))
		text, low = text[i+len(m.find):], low[i+len(m.find):]
	}
	return b.String() + pen.Draw(text)
}

func (m *Model[T]) height(i int) int { return len(m.rows(i)) }

// rows lays an entry out, once for each width.
func (m *Model[T]) rows(i int) []row {
	e := &m.entries[i]
	if e.generation != m.generation {
		e.look = m.spec.Look(e.item)
		e.rows, e.generation = m.layout(e.look), m.generation
		e.look.Text, e.look.Rest = "", "" // the rows have them
	}
	return e.rows
}

func (m *Model[T]) layout(l Look) []row {
	text, cut := l.Text, len(l.Text) > textSeen
	if cut {
		text = text[:textSeen]
	}
	w := max(m.w-gutter-m.indent(l), 1)
	lines := strings.Split(clean.Text(strings.TrimRight(text, "\r\n")), "\n")
	var rows []row
	for _, line := range lines {
		rows = m.wrapped(rows, line, w)
	}
	if len(rows) > rowsSeen {
		rows, cut = rows[:rowsSeen], true
	}
	if cut {
		rows = append(rows, row{rest: "… there is more of " + format.Size(int64(len(l.Text))) + ": enter opens all of it"})
	}
	if l.Rest == "" {
		return rows
	}
	last, rest := &rows[len(rows)-1], clean.Line(l.Rest[:min(len(l.Rest), restSeen)])
	if !m.wrap || ansi.StringWidth(last.text+last.rest)+2+ansi.StringWidth(rest) <= w {
		last.rest += "  " + rest
		return rows
	}
	for _, part := range strings.Split(ansi.Wrap(rest, w, ""), "\n") {
		rows = append(rows, row{rest: part})
	}
	return rows
}

func (m *Model[T]) wrapped(rows []row, line string, w int) []row {
	if !m.wrap || len(line) <= w {
		return append(rows, row{text: line})
	}
	for part := range strings.SplitSeq(ansi.Wrap(line, w, ""), "\n") {
		rows = append(rows, row{text: part})
	}
	return rows
}
