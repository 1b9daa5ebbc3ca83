package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Tone is the meaning of a cell, from which the theme makes a colour. State is
// always a word or a shape as well.
type Tone int

// Tones.
const (
	Plain Tone = iota
	Muted
	Accent
	Good
	Warn
	Bad
	tones
)

// Pen draws text in one style without laying it out: rows of a table are drawn
// by the thousand, and a style costs more than the text.
type Pen struct{ open, end string }

// Draw returns s in the pen's style. It must be one line without escapes.
func (p Pen) Draw(s string) string {
	if s == "" {
		return ""
	}
	return p.open + s + p.end
}

func newPen(st lipgloss.Style) Pen {
	open, end, _ := strings.Cut(st.Render("x"), "x")
	return Pen{open, end}
}

// Pen is the pen of a tone.
func (t *Theme) Pen(tone Tone) Pen { return t.pens[tone] }

// Bold is the pen of a tone in bold.
func (t *Theme) Bold(tone Tone) Pen { return t.bold[tone] }

// CursorPen draws the row under the cursor: all of it in one colour, because a
// row of many colours on a background costs a slow link too many bytes.
func (t *Theme) CursorPen() Pen { return t.cursor }

func (t *Theme) makePens() {
	for i, st := range [tones]lipgloss.Style{t.Text, t.Muted, t.Accent, t.Good, t.Warn, t.Bad} {
		t.pens[i], t.bold[i] = newPen(st), newPen(st.Bold(true))
	}
	t.cursor = newPen(t.Cursor)
}

// Run is a part of a line that is drawn in one tone: from the byte From up to To.
type Run struct {
	From, To int
	Tone     Tone
}
