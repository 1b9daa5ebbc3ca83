package ui

import (
	"context"
	"strings"

	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/list"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/theme"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// ask is a question that is answered with one line of text.
type ask struct {
	pane.Question

	ctx    context.Context
	input  textinput.Model
	lookup *load.Slot[[]string]
	found  []string // texts to choose from with tab, while none was typed since
	chosen int      // of found, the one in the input; -1 for none yet
	deep   int      // most lines that found took, which it keeps: the input stays where it is
	note   string   // how the last look-up ended, where that is not seen
	column int      // where the cursor was drawn
}

// Ask implements pane.Host.
func (a *App) Ask(q pane.Question) {
	k := &ask{Question: q, ctx: a.ctx, input: textinput.New(), lookup: load.New[[]string](), chosen: -1}
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
		k.lookup.Cancel()
		return nil, true
	case s == "enter" && k.refusal() == "":
		k.lookup.Cancel()
		text := k.input.Value()
		return func() tea.Cmd { return k.Do(text) }, true
	case s == "enter":
	case s == "tab" && k.found == nil && k.Complete != nil:
		return k.complete, false
	case (s == "tab" || s == "down") && k.found != nil:
		k.cycle(1)
	case (s == "shift+tab" || s == "up") && k.found != nil:
		k.cycle(-1)
	case s == "right" && k.chosen >= 0 && k.input.Position() == len([]rune(k.input.Value())):
		k.typed() // takes the candidate: the next tab goes on from it
	case s == "ctrl+u":
		k.typed()
		k.input.SetValue("")
	default:
		k.typed()
		k.input, _ = k.input.Update(key)
	}
	return nil, false
}

// typed forgets what was found for the text as it was before.
func (k *ask) typed() {
	k.lookup.Cancel()
	k.found, k.chosen, k.note = nil, -1, ""
}

// complete looks up what the text can become.
func (k *ask) complete() tea.Cmd {
	text := k.input.Value()
	k.note = ""
	return k.lookup.Start(k.ctx, text, load.Once(func(ctx context.Context) ([]string, error) {
		return k.Complete(ctx, text), nil
	}))
}

// accept takes the result of a look-up: one candidate is filled in, of several
// what they have in common.
func (k *ask) accept(msg tea.Msg) bool {
	page, _, ok := k.lookup.Accept(msg)
	if !ok {
		return false
	}
	if page.Err != nil || len(page.Items[0]) == 0 {
		k.note = "nothing begins like this"
		return true
	}
	found := page.Items[0]
	if common := commonStart(found); len(common) > len(k.input.Value()) {
		k.fill(common)
	}
	if len(found) > 1 {
		k.found = found
		k.deep = max(k.deep, min(len(found), mostFound))
	}
	return true
}

func (k *ask) fill(text string) {
	k.input.SetValue(text)
	k.input.CursorEnd()
}

func (k *ask) cycle(by int) {
	if k.chosen < 0 && by < 0 {
		k.chosen = 0
	}
	k.chosen = (k.chosen + by + len(k.found)) % len(k.found)
	k.fill(k.found[k.chosen])
}

// commonStart is the longest text that all begin with, without half a character.
func commonStart(texts []string) string {
	start := texts[0]
	for _, t := range texts[1:] {
		n := 0
		for i, r := range start {
			if !strings.HasPrefix(t[min(i, len(t)):], string(r)) {
				break
			}
			n = i + len(string(r))
		}
		start = start[:n]
	}
	return start
}

func (k *ask) refusal() string {
	if k.Check == nil {
		return ""
	}
	return k.Check(k.input.Value())
}

func (k *ask) paste(p tea.PasteMsg) {
	k.typed()
	p.Content = strings.TrimRight(p.Content, "\r\n")
	k.input, _ = k.input.Update(p)
}

// mostFound is how many candidates are shown at once.
const mostFound = 8

func (k *ask) draw(w, h int, th *theme.Theme) []string {
	lines := []string{list.Rule(k.Title, w, th), k.line(w, th)}
	switch why := k.refusal(); {
	case k.lookup.Busy():
		lines = append(lines, th.Muted.Render("   looking…"))
	case k.note != "":
		lines = append(lines, th.Muted.Render("   "+k.note))
	case why != "":
		lines = append(lines, wrap(why, w, th.Warn.Render)...)
	}
	lines = append(lines, k.candidates(w, max(h-len(lines), 0), th)...)
	for _, f := range k.Facts {
		lines = append(lines, wrap(f, w, th.Muted.Render)...)
	}
	return lines[:min(len(lines), h)]
}

func wrap(text string, w int, style func(...string) string) []string {
	lines := strings.Split(ansi.Wrap(clean.Line(text), max(w-6, 10), " "), "\n")
	for i, l := range lines {
		lines[i] = style(ansi.Truncate("   "+l, w, "…"))
	}
	return lines
}

// line is the part of the text that has the cursor in it, with … where it is cut.
func (k *ask) line(w int, th *theme.Theme) string {
	text, room := clean.Line(k.input.Value()), w-3
	k.column = ansi.StringWidth(clean.Line(string([]rune(k.input.Value())[:k.input.Position()])))
	if cut := k.column - room + 2; cut > 0 {
		text = ansi.TruncateLeft(text, cut, "")
		text = th.Muted.Render("…") + ansi.TruncateLeft(text, 1, "")
		k.column -= cut
	}
	k.column = max(k.column, 0)
	return "   " + ansi.Truncate(text, room, "…")
}

// candidates are up to h lines of what was found, around the one chosen.
func (k *ask) candidates(w, h int, th *theme.Theme) []string {
	room := min(k.deep, h)
	from := max(min(k.chosen-room/2, len(k.found)-room), 0)
	lines := make([]string, 0, room)
	for i := from; i < min(from+room, len(k.found)); i++ {
		text := "     " + clean.Line(k.found[i])
		if n := ansi.StringWidth(text); n > w {
			text = "    …" + ansi.TruncateLeft(text, n-w+5, "") // names differ at their ends
		}
		style := th.Muted
		if i == k.chosen {
			text, style = " ▸"+text[2:], th.Accent
		}
		lines = append(lines, style.Render(ansi.Truncate(text, w, "…")))
	}
	if rest := len(k.found) - from - room; rest > 0 && len(lines) > 0 {
		last := len(lines) - 1
		lines[last] = th.Muted.Render("     … and " + format.Count(rest+1) + " more")
	}
	for len(lines) < room {
		lines = append(lines, "")
	}
	return lines
}

func (k *ask) cursor() (int, int, bool) { return 3 + k.column, 1, true }

func (k *ask) hints() []pane.Hint {
	hints := []pane.Hint{{Keys: "enter", Label: "go on"}, {Keys: "esc", Label: "close"}}
	switch {
	case k.found != nil:
		return append(hints, pane.Hint{Keys: "tab", Label: "next"}, pane.Hint{Keys: "right", Label: "take it"}, pane.Hint{Keys: "ctrl+u", Label: "clear"})
	case k.Complete != nil:
		hints = append(hints, pane.Hint{Keys: "tab", Label: "complete"})
	}
	return append(hints, pane.Hint{Keys: "ctrl+u", Label: "clear"})
}
