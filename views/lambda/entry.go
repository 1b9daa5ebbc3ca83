package lambda

import (
	"straws/ui/clean"
	"straws/ui/theme"

	"charm.land/bubbles/v2/textinput"
	"github.com/charmbracelet/x/ansi"
)

// entry is one line of text in the body of a pane.
type entry struct {
	label string
	input textinput.Model
}

func newEntry(label, text string) entry {
	e := entry{label, textinput.New()}
	e.input.Prompt = ""
	e.input.SetVirtualCursor(false) // the terminal draws it: no blinking, no bytes
	e.set(text)
	e.input.Focus()
	return e
}

func (e *entry) set(text string) {
	e.input.SetValue(text)
	e.input.CursorEnd()
}

func (e *entry) value() string { return e.input.Value() }

// draw returns the line in at most w cells, and the cell of its cursor. Of a long
// text it shows the part around the cursor.
func (e *entry) draw(w int, th *theme.Theme) (line string, x int) {
	room := max(w-ansi.StringWidth(e.label)-1, 1)
	text := clean.Line(e.value())
	x = ansi.StringWidth(clean.Line(string([]rune(e.value())[:e.input.Position()])))
	if over := x - room; over > 0 {
		text = ansi.TruncateLeft(text, over, "")
		x -= over
	}
	line = th.Muted.Render(e.label) + ansi.Truncate(text, room+1, "")
	return ansi.Truncate(line, w, ""), min(ansi.StringWidth(e.label)+x, w-1)
}
