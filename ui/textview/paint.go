package textview

import (
	"strings"

	"straws/ui/theme"
)

// paint colours a row by the runs of its line. A row is a part of its line,
// perhaps with an ellipsis at the end.
func (m *Model) paint(at place, row string, th *theme.Theme) string {
	runs := m.runs[at.line]
	if len(runs) == 0 {
		return row
	}
	from, text := m.offset(at, row), strings.TrimSuffix(row, "…")
	var b strings.Builder
	done := 0
	for _, r := range runs {
		start, end := max(r.From-from, done), min(r.To-from, len(text))
		if end <= start {
			continue
		}
		b.WriteString(row[done:start])
		b.WriteString(th.Pen(r.Tone).Draw(row[start:end]))
		done = end
	}
	b.WriteString(row[done:])
	return b.String()
}

// offset is where a row begins in its line.
func (m *Model) offset(at place, row string) int {
	line := m.lines[at.line]
	if !m.wrap {
		return max(strings.Index(line, strings.TrimSuffix(row, "…")), 0)
	}
	from := 0
	for _, r := range m.wrapped(at.line)[:at.row] {
		from += max(strings.Index(line[from:], r), 0) + len(r)
	}
	return from + max(strings.Index(line[from:], row), 0)
}
