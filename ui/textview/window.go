package textview

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Only what is looked at is laid out: a text of megabytes is scrolled and resized
// as fast as a short one.

const (
	kept       = 512      // wrapped lines that are remembered
	longLine   = 16 << 10 // bytes from which a line is broken anywhere, not between words
	bytesACell = 32       // more than a cell of text has, whatever accents it carries
)

// place is a row of the text: a line, and a row of that line where it is wrapped.
type place struct{ line, row int }

// resize takes the size that is drawn.
func (m *Model) resize(w, h int) {
	m.page = h
	if m.width != w {
		m.width, m.rows = w, nil
	}
	m.top.line = min(m.top.line, max(len(m.lines)-1, 0))
	if m.wrap && len(m.lines) > 0 {
		m.top.row = min(m.top.row, len(m.wrapped(m.top.line))-1)
	}
}

// wrapped is the rows of a line; at least one.
func (m *Model) wrapped(line int) []string {
	l := m.lines[line]
	if len(l) <= m.width || m.width <= 0 {
		return []string{l}
	}
	if rows, ok := m.rows[line]; ok {
		return rows
	}
	if m.rows == nil || len(m.rows) >= kept {
		m.rows = map[int][]string{}
	}
	m.rows[line] = breakLine(l, m.width)
	return m.rows[line]
}

func breakLine(l string, w int) []string {
	switch {
	case len(l) < longLine:
		return strings.Split(ansi.Wrap(l, w, ""), "\n")
	case !ascii(l):
		return strings.Split(ansi.Hardwrap(l, w, true), "\n")
	}
	rows := make([]string, 0, len(l)/w+1)
	for ; len(l) > w; l = l[w:] {
		rows = append(rows, l[:w])
	}
	return append(rows, l)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// next is the place after at; more is false at the end of the text.
func (m *Model) next(at place) (after place, more bool) {
	if m.wrap && at.row+1 < len(m.wrapped(at.line)) {
		return place{at.line, at.row + 1}, true
	}
	if at.line+1 >= len(m.lines) {
		return at, false
	}
	return place{line: at.line + 1}, true
}

// before is the place before at; more is false at the beginning of the text.
func (m *Model) before(at place) (prior place, more bool) {
	if m.wrap && at.row > 0 {
		return place{at.line, at.row - 1}, true
	}
	if at.line == 0 {
		return at, false
	}
	prior.line = at.line - 1
	if m.wrap {
		prior.row = len(m.wrapped(prior.line)) - 1
	}
	return prior, true
}

// end is the place at the top when the last page is shown.
func (m *Model) end() place {
	if len(m.lines) == 0 {
		return place{}
	}
	at := place{line: len(m.lines) - 1}
	if m.wrap {
		at.row = len(m.wrapped(at.line)) - 1
	}
	for range max(m.page, 1) - 1 {
		prior, more := m.before(at)
		if !more {
			break
		}
		at = prior
	}
	return at
}

// scroll moves by n rows, no further than the last page.
func (m *Model) scroll(n int) {
	if len(m.lines) == 0 {
		return
	}
	step := m.next
	if n < 0 {
		step, n = m.before, -n
	}
	for range n {
		at, more := step(m.top)
		if !more {
			break
		}
		m.top = at
	}
	if end := m.end(); m.top.line > end.line || m.top.line == end.line && m.top.row > end.row {
		m.top = end
	}
}

// row is what is drawn at a place.
func (m *Model) row(at place) string {
	if m.wrap {
		return m.wrapped(at.line)[at.row]
	}
	l := m.lines[at.line]
	if most := (m.left + m.width + 1) * bytesACell; len(l) > most {
		l = strings.ToValidUTF8(l[:most], "") // cutting takes time for all that is given
	}
	if m.left > 0 {
		l = ansi.TruncateLeft(l, m.left, "")
	}
	return ansi.Truncate(l, m.width, "…")
}
