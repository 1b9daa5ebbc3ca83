package lambda

import (
	"fmt"
	"strings"
	"unicode"

	"straws/ui/format"
	"straws/ui/theme"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
)

// maxLines is what the text area holds; it would drop the rest without a word.
const maxLines = 10_000

// editor is the payload while it is typed.
type editor struct{ area textarea.Model }

func newEditor(text string) editor {
	a := textarea.New()
	a.Prompt, a.ShowLineNumbers, a.MaxHeight, a.MaxWidth = "", false, 0, 0
	a.Placeholder = "JSON, or nothing"
	a.SetVirtualCursor(false) // the terminal draws it: no blinking, no bytes
	// These reach for a clipboard program; pasting is the terminal's business.
	a.KeyMap.Paste, a.KeyMap.CopySelection = key.NewBinding(), key.NewBinding()
	a.Focus()
	a.SetValue(text)
	return editor{a}
}

func (e *editor) value() string { return e.area.Value() }

func (e *editor) lines() int { return e.area.LineCount() }

func (e *editor) key(k tea.KeyPressMsg) { e.area, _ = e.area.Update(k) }

func (e *editor) paste(content string) error {
	content = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content)
	if n := strings.Count(content, "\n") + e.area.LineCount(); n > maxLines {
		return fmt.Errorf("nothing was pasted: the editor holds %s lines, and this would make %s", format.Count(maxLines), format.Count(n))
	}
	e.area, _ = e.area.Update(tea.PasteMsg{Content: content})
	return nil
}

// draw returns h lines of at most w cells.
func (e *editor) draw(w, h int, th *theme.Theme) []string {
	plain := textarea.StyleState{
		Base: lipgloss.NewStyle(), Text: th.Text, CursorLine: th.Text, Placeholder: th.Muted, EndOfBuffer: th.Muted,
		Selection: th.Cursor,
	}
	e.area.SetStyles(textarea.Styles{Focused: plain, Blurred: plain})
	e.area.SetWidth(w)
	e.area.SetHeight(h)
	return strings.Split(strings.Map(visible, e.area.View()), "\n")
}

// visible replaces characters that hide or reorder the text around them. The
// payload itself keeps them.
func visible(r rune) rune {
	if unicode.Is(unicode.Bidi_Control, r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) || r >= 0x200b && r <= 0x200d || r == 0xfeff {
		return unicode.ReplacementChar
	}
	return r
}

// cursor is the cell of the text cursor within what was drawn last.
func (e *editor) cursor() (x, y int, ok bool) {
	c := e.area.Cursor()
	if c == nil {
		return 0, 0, false
	}
	return c.X, c.Y, true
}
