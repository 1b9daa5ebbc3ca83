package textview

import (
	"strings"

	"straws/ui/theme"
)

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
	switch {
	case n == 0:
	case m.matches(m.lines[min(m.top.line, len(m.lines)-1)]):
		m.top.row = m.matchingRow(m.top.line)
	default:
		m.Next(1)
	}
	return n
}

// Next shows the next line that matches, or with -1 the one before. It reports
// whether there is one.
func (m *Model) Next(step int) bool {
	for i := 1; i <= len(m.lines); i++ {
		line := ((m.top.line+i*step)%len(m.lines) + len(m.lines)) % len(m.lines)
		if m.matches(m.lines[line]) {
			m.top = place{line: line}
			m.top.row = m.matchingRow(line)
			return true
		}
	}
	return false
}

func (m *Model) matches(line string) bool {
	return m.find != "" && strings.Contains(strings.ToLower(line), m.find)
}

// matchingRow is the first row of a line that holds a match, 0 where the match
// is broken in two.
func (m *Model) matchingRow(line int) int {
	if m.wrap {
		for i, row := range m.wrapped(line) {
			if m.matches(row) {
				return i
			}
		}
	}
	return 0
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
