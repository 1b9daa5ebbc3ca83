package editor

import (
	"strings"

	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

// placeholder stands where there is no text.
const placeholder = "JSON, or nothing"

// Draw returns exactly h lines of at most w cells, with the cursor among them.
// Long lines go on in the next row. It remembers the size it drew, so that keys
// move by pages, and nothing else.
func (m *Model) Draw(w, h int, th *theme.Theme) []string {
	m.w, m.h = max(w, 1), max(h, 1)
	row := m.row(m.cursor)
	m.scroll(row)
	out := make([]string, 0, m.h)
	for p := m.top; len(out) < m.h; {
		if p == row {
			m.cx, m.cy = min(m.cells(row, m.cursor.off), m.w-1), len(out)
		}
		out = append(out, m.drawRow(p))
		next := m.down(p, 1)
		if next == p {
			break
		}
		p = next
	}
	if m.size == 0 {
		out[0] = th.Muted.Render(ansi.Truncate(placeholder, m.w, "…"))
	}
	for len(out) < m.h {
		out = append(out, "")
	}
	return out
}

// Cursor is the cell of the cursor within what was drawn last.
func (m *Model) Cursor() (x, y int, ok bool) { return m.cx, m.cy, true }

// scroll moves the window as little as it must to hold the cursor's row.
func (m *Model) scroll(row pos) {
	m.top.line = min(m.top.line, len(m.lines)-1)
	m.top = m.row(pos{m.top.line, min(m.top.off, len(m.lines[m.top.line]))})
	highest := m.up(row, m.h-1)
	switch {
	case row.before(m.top):
		m.top = row
	case m.top.before(highest):
		m.top = highest
	}
}

func (m *Model) drawRow(p pos) string {
	line := m.lines[p.line]
	end := m.rowEnd(line, p.off)
	simple := true
	for i := p.off; i < end && simple; i++ {
		simple = plain(line, i)
	}
	if simple {
		return line[p.off:end]
	}
	var b strings.Builder
	for i := p.off; i < end; {
		n, shown, _ := cell(line[i:])
		b.WriteString(shown)
		i += n
	}
	return ansi.Truncate(b.String(), m.w, "")
}
