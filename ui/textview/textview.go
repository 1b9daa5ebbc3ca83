// Package textview shows text of any length: a window onto its lines, with
// search, wrapping and, for JSON, a jq box.
package textview

import (
	"strings"

	"straws/ui/clean"
	"straws/ui/keymap"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

// Model is the state of one text. The zero value shows nothing; use SetText.
type Model struct {
	raw    string   // as given, for copying
	lines  []string // cleaned
	rows   []string // lines as drawn: wrapped to width when wrap is on
	origin []int    // row → line, when wrapped
	width  int      // width the rows were wrapped to
	wrap   bool
	top    int
	left   int
	page   int
	find   string
	style  func(line string, th *theme.Theme) string
}

// Lines is a text made ready to be shown.
type Lines struct {
	raw   string
	lines []string
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
	m.raw, m.lines = l.raw, l.lines
	m.rows, m.top, m.left = nil, 0, 0
}

// SetText shows s, which may hold anything, from its beginning.
func (m *Model) SetText(s string) { m.Show(Prepare(s)) }

// Replace shows s in the place of a text much like it, without scrolling.
func (m *Model) Replace(s string) {
	top, left := m.top, m.left
	m.SetText(s)
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
	line := m.lineAt(m.top)
	m.wrap, m.rows, m.left = on, nil, 0
	m.layout(m.width)
	m.top = m.rowOf(line)
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
	mv := keymap.Moves(key)
	if mv == keymap.None {
		return false
	}
	m.scroll(mv.Delta(m.page, m.count()))
	return true
}

// Bottom scrolls to the end.
func (m *Model) Bottom() { m.scroll(m.count()) }

func (m *Model) scroll(n int) { m.top = min(max(m.top+n, 0), max(m.count()-max(m.page, 1), 0)) }

func (m *Model) count() int {
	if m.wrap && m.rows != nil {
		return len(m.rows)
	}
	return len(m.lines)
}

func (m *Model) lineAt(row int) int {
	if m.wrap && row < len(m.origin) {
		return m.origin[row]
	}
	return row
}

func (m *Model) rowOf(line int) int {
	if !m.wrap {
		return line
	}
	for row, l := range m.origin {
		if l >= line {
			return row
		}
	}
	return 0
}

// layout wraps the lines to w, once per width.
func (m *Model) layout(w int) {
	if !m.wrap || w <= 0 || m.rows != nil && m.width == w {
		m.width = w
		return
	}
	m.width, m.rows, m.origin = w, make([]string, 0, len(m.lines)), nil
	for i, l := range m.lines {
		if len(l) > w {
			l = ansi.Wrap(l, w, "")
		}
		for _, r := range strings.Split(l, "\n") {
			m.rows = append(m.rows, r)
			m.origin = append(m.origin, i)
		}
	}
}

// Find searches for text without regard to case, shows the first line from the
// top of the window that holds it, and reports how many lines do.
func (m *Model) Find(text string) int {
	m.find = strings.ToLower(text)
	n := 0
	for _, l := range m.lines {
		if m.matches(l) {
			n++
		}
	}
	if n > 0 && !m.matches(m.lines[min(m.lineAt(m.top), len(m.lines)-1)]) {
		m.Next(1)
	}
	return n
}

// Next shows the next line that matches, or with -1 the one before. It reports
// whether there is one.
func (m *Model) Next(step int) bool {
	at := m.lineAt(m.top)
	for i := 1; i <= len(m.lines); i++ {
		line := ((at+i*step)%len(m.lines) + len(m.lines)) % len(m.lines)
		if m.matches(m.lines[line]) {
			m.top = m.rowOf(line)
			return true
		}
	}
	return false
}

func (m *Model) matches(line string) bool {
	return m.find != "" && strings.Contains(strings.ToLower(line), m.find)
}

// Draw returns exactly h lines, none wider than w. It remembers the size it
// drew, so that keys scroll by pages, and nothing else.
func (m *Model) Draw(w, h int, th *theme.Theme) string {
	m.page = h
	m.layout(w)
	m.top = min(m.top, max(m.count()-1, 0))
	out := make([]string, 0, h)
	for i := m.top; i < min(m.top+h, m.count()); i++ {
		out = append(out, m.line(i, w, th))
	}
	for len(out) < h {
		out = append(out, "")
	}
	return strings.Join(out[:h], "\n")
}

func (m *Model) line(row, w int, th *theme.Theme) string {
	var l string
	if m.wrap {
		l = m.rows[row]
	} else {
		l = m.lines[row]
		if m.left > 0 {
			l = ansi.TruncateLeft(l, m.left, "")
		}
		l = ansi.Truncate(l, w, "…")
	}
	switch {
	case m.matches(l):
		return m.mark(l, th)
	case m.style != nil:
		return m.style(l, th)
	}
	return l
}

// mark shows every place in l that matches.
func (m *Model) mark(l string, th *theme.Theme) string {
	low := strings.ToLower(l)
	if len(low) != len(l) {
		return th.Warn.Render(l) // case folding moved the bytes: mark the line as a whole
	}
	var b strings.Builder
	for i := strings.Index(low, m.find); i >= 0; i = strings.Index(low, m.find) {
		b.WriteString(l[:i])
		b.WriteString(th.Warn.Reverse(true).Render(l[i : i+len(m.find)]))
		l, low = l[i+len(m.find):], low[i+len(m.find):]
	}
	b.WriteString(l)
	return b.String()
}
