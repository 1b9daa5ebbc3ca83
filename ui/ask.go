package ui

import (
	"strings"

	"straws/ui/clean"
	"straws/ui/list"
	"straws/ui/pane"
	"straws/ui/theme"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// ask is a question that is answered with one line of text.
type ask struct {
	pane.Question

	input textinput.Model
}

// Ask implements pane.Host.
func (a *App) Ask(q pane.Question) {
	k := &ask{Question: q, input: textinput.New()}
	k.input.Prompt = ""
	k.input.SetVirtualCursor(false)
	k.input.SetValue(q.Text)
	k.input.CursorEnd()
	k.input.Focus()
	a.overlay = k
}

func (k *ask) key(key tea.KeyPressMsg) (func() tea.Cmd, bool) {
	switch s := key.String(); {
	case s == "esc" || s == "ctrl+c":
		return nil, true
	case s == "enter" && k.refusal() == "":
		text := k.input.Value()
		return func() tea.Cmd { return k.Do(text) }, true
	case s != "enter":
		k.input, _ = k.input.Update(key)
	}
	return nil, false
}

func (k *ask) refusal() string {
	if k.Check == nil {
		return ""
	}
	return k.Check(k.input.Value())
}

func (k *ask) paste(p tea.PasteMsg) {
	p.Content = strings.TrimRight(p.Content, "\r\n")
	k.input, _ = k.input.Update(p)
}

func (k *ask) draw(w, h int, th *theme.Theme) []string {
	lines := []string{list.Rule(k.Title, w, th), "   " + clean.Line(k.input.Value())}
	for _, f := range k.Facts {
		lines = append(lines, th.Muted.Render(ansi.Truncate("   "+clean.Line(f), w, "…")))
	}
	if why := k.refusal(); why != "" {
		lines = append(lines, th.Warn.Render(ansi.Truncate("   "+clean.Line(why), w, "…")))
	}
	return lines[:min(len(lines), h)]
}

func (k *ask) cursor() (int, int, bool) {
	before := clean.Line(string([]rune(k.input.Value())[:k.input.Position()]))
	return 3 + ansi.StringWidth(before), 1, true
}

func (k *ask) hints() []pane.Hint {
	return []pane.Hint{{Keys: "enter", Label: "go on"}, {Keys: "esc", Label: "close"}}
}
