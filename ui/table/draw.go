package table

import (
	"slices"
	"strings"

	"straws/ui/clean"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

const (
	gutter  = 3  // mark, cursor, space
	gap     = 2  // cells between columns
	minFlex = 12 // cells that a column without a width needs
)

// Draw returns the header and h-1 rows, each of w cells. It remembers which
// window it drew, so that the cursor moves within it, and nothing else.
func (m *Model[T]) Draw(w, h int, th *theme.Theme) string {
	cols, widths := m.layout(w-gutter, func(Column[T]) bool { return true })
	lines := make([]string, 0, h)
	lines = append(lines, m.header(w, cols, widths, th))
	m.page = max(h-1, 0)
	m.top = min(max(m.top, m.cur-m.page+1), m.cur)
	m.top = min(max(m.top, 0), max(m.Len()-m.page, 0))
	for i := m.top; i < min(m.top+m.page, m.Len()); i++ {
		lines = append(lines, m.line(i, w, cols, widths, th))
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}

// Brief returns up to h rows from the top with the columns marked Brief, without
// header and cursor, for the overview.
func (m *Model[T]) Brief(w, h int, th *theme.Theme) []string {
	cols, widths := m.layout(w-gutter, func(c Column[T]) bool { return c.Brief })
	var lines []string
	for i := range min(h, m.Len()) {
		r := row{th: th, w: w}
		r.add("   ", Plain)
		m.cells(&r, m.At(i), cols, widths)
		lines = append(lines, r.String())
	}
	return lines
}

func (m *Model[T]) header(w int, cols, widths []int, th *theme.Theme) string {
	var b strings.Builder
	b.WriteString(strings.Repeat(" ", gutter))
	for i, c := range cols {
		col := m.cols[c]
		title := col.Title
		if c == m.sorted {
			title += map[bool]string{true: " ▼", false: " ▲"}[m.desc]
		}
		if i > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		b.WriteString(fit(title, widths[i], col.Right))
	}
	return th.Header.Render(ansi.Truncate(strings.TrimRight(b.String(), " "), w, ""))
}

func (m *Model[T]) line(i, w int, cols, widths []int, th *theme.Theme) string {
	r := row{th: th, w: w, cursor: i == m.cur}
	switch {
	case m.marked.has(m.row(i)):
		r.add("▌", Accent)
	case m.anchor >= 0 && m.row(i) == m.anchor:
		r.add("┌", Accent)
	default:
		r.add(" ", Plain)
	}
	if r.cursor {
		r.add("▸ ", Accent)
	} else {
		r.add("  ", Plain)
	}
	m.cells(&r, m.At(i), cols, widths)
	return r.String()
}

func (m *Model[T]) cells(r *row, it T, cols, widths []int) {
	name := slices.IndexFunc(widths, func(w int) bool { return w > 2 }) // before it stand shapes
	for i, c := range cols {
		col := m.cols[c]
		if i > 0 {
			r.add("  ", Plain)
		}
		tone := Plain
		if col.Tone != nil {
			tone = col.Tone(it)
		}
		r.bold = r.cursor && r.th.Thin && i == name
		r.add(fit(clean.Line(col.Cell(it)), widths[i], col.Right), tone)
	}
}

// row collects cells and styles runs of the same tone at once: a style's escape
// sequences cost more bytes than most cells.
type row struct {
	th     *theme.Theme
	w      int
	cursor bool
	bold   bool
	out    strings.Builder
	run    strings.Builder
	tone   Tone
	heavy  bool
}

func (r *row) add(s string, t Tone) {
	if r.cursor && !r.th.Thin {
		t = Plain
	}
	if t != r.tone || r.bold != r.heavy {
		r.flush()
		r.tone, r.heavy = t, r.bold
	}
	r.run.WriteString(s)
}

func (r *row) flush() {
	switch {
	case r.cursor && !r.th.Thin:
		r.out.WriteString(r.th.CursorPen().Draw(r.run.String()))
	case r.heavy:
		r.out.WriteString(r.th.Bold(r.tone).Draw(r.run.String()))
	default:
		r.out.WriteString(r.th.Pen(r.tone).Draw(r.run.String()))
	}
	r.run.Reset()
}

// String is the finished row, cut where even its smallest columns are too wide.
func (r *row) String() string {
	r.flush()
	if s := r.out.String(); ansi.StringWidth(s) > r.w {
		return ansi.Truncate(s, r.w, "")
	}
	return r.out.String()
}

// fit cuts s with an ellipsis, or pads it, to exactly w cells.
func fit(s string, w int, right bool) string {
	n := ansi.StringWidth(s)
	if n > w {
		s = ansi.Truncate(s, w, "…")
		n = ansi.StringWidth(s)
	}
	pad := strings.Repeat(" ", max(w-n, 0))
	if right {
		return pad + s
	}
	return s + pad
}
