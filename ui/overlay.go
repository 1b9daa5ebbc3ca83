package ui

import (
	"straws/ui/list"
	"straws/ui/pane"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// overlay is a question over the lower part of the screen. It has all keys
// until it is answered.
type overlay interface {
	// key handles one key; closed ends the overlay before cmd is used.
	key(k tea.KeyPressMsg) (do func() tea.Cmd, closed bool)
	paste(p tea.PasteMsg)
	// draw returns at most h lines of at most w cells.
	draw(w, h int, th *theme.Theme) []string
	// cursor is the place of the text cursor within what draw returned.
	cursor() (x, y int, ok bool)
	// hints are the keys that answer it.
	hints() []pane.Hint
}

func (a *App) overlayKey(k tea.KeyPressMsg) tea.Cmd {
	do, closed := a.overlay.key(k)
	if closed {
		a.overlay = nil
	}
	if do == nil {
		return nil
	}
	return do()
}

// menu is an overlay made of choices.
type menu struct {
	about   string   // what the intro is about
	intro   []string // lines above the choices
	above   []string // the intro as it was drawn
	list    *list.Model
	choices []pane.Choice
	app     *App
	// dynamic gives choices that depend on what is typed; they stand first.
	dynamic func(typed string) []pane.Choice
	fixed   []pane.Choice
}

// Pick implements pane.Host.
func (a *App) Pick(title string, choices []pane.Choice) {
	a.overlay = a.newMenu(title, choices, false)
}

func (a *App) newMenu(title string, choices []pane.Choice, typing bool) *menu {
	return &menu{list: list.New(title, items(choices), typing), choices: choices, fixed: choices, app: a}
}

func items(choices []pane.Choice) []list.Item {
	out := make([]list.Item, len(choices))
	for i, c := range choices {
		out[i] = list.Item{Label: c.Label, Detail: c.Detail, Key: c.Key, Off: c.Off}
	}
	return out
}

func (m *menu) key(k tea.KeyPressMsg) (func() tea.Cmd, bool) {
	before := m.list.Text()
	chosen, closed := m.list.Key(k)
	if m.list.Text() != before {
		m.retype()
	}
	if !closed || chosen < 0 {
		return nil, closed
	}
	c := m.choices[chosen]
	if c.Off != "" {
		return func() tea.Cmd { m.app.Flash(pane.Warn, c.Label+": "+c.Off); return nil }, true
	}
	return c.Do, true
}

func (m *menu) paste(p tea.PasteMsg) {
	m.list.Paste(p)
	m.retype()
}

func (m *menu) retype() {
	if m.dynamic == nil {
		return
	}
	m.choices = append(m.dynamic(m.list.Text()), m.fixed...)
	m.list.SetItems(items(m.choices))
}

func (m *menu) draw(w, h int, th *theme.Theme) []string {
	m.above = nil
	if room := h - len(m.fixed) - 1; len(m.intro) > 0 && room > 1 {
		m.above = []string{list.Rule(m.about, w, th)}
		for _, l := range m.intro[:min(len(m.intro), room-1)] {
			m.above = append(m.above, ansi.Truncate(l, w, "…"))
		}
	}
	return append(m.above[:len(m.above):len(m.above)], m.list.Draw(w, h-len(m.above), th)...)
}

func (m *menu) cursor() (int, int, bool) {
	x, ok := m.list.Cursor()
	return x, len(m.above) + 1, ok
}

func (m *menu) hints() []pane.Hint {
	return []pane.Hint{{Keys: "enter", Label: "choose"}, {Keys: "esc", Label: "close"}, {Keys: "/", Label: "type to find"}}
}
