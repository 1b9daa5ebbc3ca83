// Package textview shows text of any length: a window onto its lines, with
// search, wrapping and, for JSON, a jq box.
package textview

import (
	"strings"

	"straws/ui/clean"
	"straws/ui/keymap"
	"straws/ui/theme"
)

// Model is the state of one text. The zero value shows nothing; use SetText.
type Model struct {
	raw   string   // as given, for copying
	lines []string // cleaned
	runs  [][]theme.Run
	width int // of what was drawn last
	page  int // its rows
	wrap  bool
	top   place
	left  int              // cells that are scrolled past, of lines that are cut
	rows  map[int][]string // of lines that were wrapped to width lately
	find  string
	style func(line string, th *theme.Theme) string
}

// Lines is a text made ready to be shown.
type Lines struct {
	raw   string
	lines []string
	runs  [][]theme.Run
}

// Cleaned returns the lines as they are drawn. The caller must not change them.
func (l Lines) Cleaned() []string { return l.lines }

// Painted returns the same text with the beginning of its lines in colours: the
// runs of each line are in order and apart from each other.
func (l Lines) Painted(runs [][]theme.Run) Lines {
	l.runs = runs
	return l
}

// Prepare makes s, which may hold anything, ready to be shown. That takes a while
// for megabytes: it is for commands, away from the event loop.
func Prepare(s string) Lines {
	return Lines{raw: s, lines: strings.Split(strings.TrimRight(clean.Text(s), "\n"), "\n")}
}

// Text returns the text as it was given.
func (l Lines) Text() string { return l.raw }

// Show shows l from its beginning.
func (m *Model) Show(l Lines) {
	m.raw, m.lines, m.runs = l.raw, l.lines, l.runs
	m.rows, m.top, m.left = nil, place{}, 0
}

// SetText shows s, which may hold anything, from its beginning.
func (m *Model) SetText(s string) { m.Show(Prepare(s)) }

// Replace shows s in the place of a text much like it, without scrolling.
func (m *Model) Replace(s string) { m.Renew(Prepare(s)) }

// Renew is Replace with lines that are ready.
func (m *Model) Renew(l Lines) {
	top, left := m.top, m.left
	m.Show(l)
	m.top, m.left = top, left // Draw brings top back to a line that is there
}

// SetStyle colours single lines when they are drawn; it gets cleaned text and
// must not change its width.
func (m *Model) SetStyle(style func(line string, th *theme.Theme) string) { m.style = style }

// Text returns the text as it was given.
func (m *Model) Text() string { return m.raw }

// Len is the number of lines.
func (m *Model) Len() int { return len(m.lines) }

// Wrapped reports whether long lines are wrapped rather than cut.
func (m *Model) Wrapped() bool { return m.wrap }

// Wrap turns wrapping on or off and keeps the line at the top.
func (m *Model) Wrap(on bool) {
	m.wrap, m.rows, m.left, m.top.row = on, nil, 0, 0
}

// Key scrolls when key is one of those that do, and reports whether it is.
func (m *Model) Key(key string) bool {
	switch key {
	case "<":
		m.left = max(m.left-8, 0)
		return true
	case ">":
		m.left += 8
		return true
	}
	switch mv := keymap.Moves(key); mv {
	case keymap.None:
		return false
	case keymap.Top:
		m.top = place{}
	case keymap.Bottom:
		m.Bottom()
	default:
		m.scroll(mv.Delta(m.page, 0))
	}
	return true
}

// Bottom scrolls to the end.
func (m *Model) Bottom() { m.top = m.end() }

// Draw returns exactly h lines, none wider than w. It remembers the size it
// drew, so that keys scroll by pages, and nothing else.
func (m *Model) Draw(w, h int, th *theme.Theme) string {
	m.resize(w, h)
	out := make([]string, 0, h)
	if len(m.lines) > 0 {
		for at, more := m.top, true; more && len(out) < h; at, more = m.next(at) {
			out = append(out, m.draw(at, th))
		}
	}
	for len(out) < h {
		out = append(out, "")
	}
	return strings.Join(out[:h], "\n")
}

func (m *Model) draw(at place, th *theme.Theme) string {
	row := m.row(at)
	switch {
	case m.matches(row):
		return m.mark(row, th)
	case at.line < len(m.runs):
		return m.paint(at, row, th)
	case m.style != nil:
		return m.style(row, th)
	}
	return row
}
