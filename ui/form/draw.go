package form

import (
	"strings"

	"straws/ui/clean"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

const (
	masked      = "••••"
	widestLabel = 32 // cells
)

// Draw returns exactly h lines of at most w cells.
func (m *Model) Draw(w, h int, th *theme.Theme) string {
	m.top = max(min(m.top, m.cur), m.cur-h+1)
	wide := 0
	for _, v := range m.values {
		wide = max(wide, min(ansi.StringWidth(clean.Line(v.Label)), widestLabel, w/3))
	}
	out := make([]string, 0, h)
	for i := m.top; i < min(m.top+h, len(m.values)); i++ {
		out = append(out, ansi.Truncate(m.line(i, wide, w, th), w, "…"))
	}
	for len(out) < h {
		out = append(out, "")
	}
	return strings.Join(out[:h], "\n")
}

// Cursor is the cell of the text cursor in what was drawn last.
func (m *Model) Cursor() (x, y int, ok bool) { return m.x, m.y, m.editing }

func (m *Model) line(i, wide, w int, th *theme.Theme) string {
	v := m.values[i]
	mark, st := "   ", th.Muted
	if i == m.cur {
		mark, st = " ▸ ", th.Text.Bold(true)
	}
	label := ansi.Truncate(clean.Line(v.Label), wide, "…")
	lead := th.Accent.Render(mark) + st.Render(label+strings.Repeat(" ", wide-ansi.StringWidth(label))) + "  "
	if i == m.cur && m.editing {
		return lead + m.typed(v, i-m.top, w-wide-6, wide+5, th)
	}
	s := lead + m.Difference(v, th)
	if err := v.Err(); err != nil {
		return s + "  " + th.Bad.Render("✗ "+clean.Line(err.Error()))
	}
	return s + "  " + th.Muted.Render(v.Note)
}

// typed is the field that is edited: the end of what stands before the cursor,
// and what comes after it.
func (m *Model) typed(v *Value, row, room, at int, th *theme.Theme) string {
	before := clean.Line(m.draft.before())
	if n := ansi.StringWidth(before); n > room-8 {
		before = ansi.TruncateLeft(before, n-room+9, "…")
	}
	m.x, m.y = at+ansi.StringWidth(before), row
	s := before + clean.Line(m.draft.text()[len(m.draft.before()):])
	switch now := (Value{Field: v.Field, Text: m.draft.text()}); {
	case m.hidden && m.draft.text() == "":
		return s + "  " + th.Muted.Render("what you type takes the place of the value")
	case now.Err() != nil:
		return s + "  " + th.Bad.Render("✗ "+clean.Line(now.Err().Error()))
	}
	return s + "  " + th.Muted.Render(v.Note)
}

// Difference is a value as it was and as it is to be, or only the one that it has.
func (m *Model) Difference(v *Value, th *theme.Theme) string {
	was, is := clean.Line(v.Value), clean.Line(v.Text)
	if v.Secret && !m.shown {
		was, is = v.mask(was), v.mask(is)
		if v.Text != v.Value && is == was {
			is = "another " + masked
		}
	}
	switch {
	case v.Removed:
		return was + th.Warn.Render(" → removed")
	case v.Added:
		return th.Warn.Render("new → ") + is
	case v.Changed():
		return was + th.Warn.Render(" → ") + is
	}
	return is
}

func (v *Value) mask(s string) string {
	switch {
	case v.Mask != nil:
		return v.Mask(s)
	case s == "":
		return s
	}
	return masked
}
