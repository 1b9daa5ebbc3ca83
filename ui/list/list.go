// Package list is a menu: lines to choose one from, by key, by arrow, or by
// typing a part of it.
package list

import (
	"strings"

	"straws/ui/clean"
	"straws/ui/keymap"
	"straws/ui/theme"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/sahilm/fuzzy"
)

// Item is one line.
type Item struct {
	Label, Detail string
	Key           string // chooses the line at once while nothing is being typed
	Off           string // why it cannot be chosen; "" when it can
}

// Model is an open menu.
type Model struct {
	Title  string
	items  []Item
	shown  []int // indexes of the items that match, best first
	cur    int
	page   int
	top    int
	typing bool
	input  textinput.Model
}

// New opens a menu. With typing, keys go into the filter from the start.
func New(title string, items []Item, typing bool) *Model {
	m := &Model{Title: title, items: items, input: textinput.New()}
	m.input.Prompt = ""
	m.input.SetVirtualCursor(false)
	if m.typing = typing; typing {
		m.input.Focus()
	}
	m.match()
	return m
}

// Text is what has been typed.
func (m *Model) Text() string { return m.input.Value() }

// SetItems replaces the lines, for a menu whose lines depend on what is typed
// or arrive late.
func (m *Model) SetItems(items []Item) {
	m.items = items
	m.match()
}

// Key handles one key. It returns the index of the chosen item, or -1, and
// whether the menu has been left.
func (m *Model) Key(k tea.KeyPressMsg) (chosen int, closed bool) {
	switch s := k.String(); {
	case s == "esc" || s == "ctrl+c" || !m.typing && (s == "q" || s == "h" || s == "left"):
		return -1, true
	case s == "enter":
		return m.Current(), m.Current() >= 0
	case s == "down" || s == "up" || s == "ctrl+n" || s == "ctrl+p":
		m.move(map[string]int{"down": 1, "ctrl+n": 1, "up": -1, "ctrl+p": -1}[s])
	case m.typing:
		m.input, _ = m.input.Update(k)
		m.match()
	case s == "/":
		m.typing = true
		m.input.Focus()
	default:
		return m.shortcut(s)
	}
	return -1, false
}

// Paste adds pasted text to the filter.
func (m *Model) Paste(p tea.PasteMsg) {
	m.typing = true
	m.input.Focus()
	m.input, _ = m.input.Update(p)
	m.match()
}

func (m *Model) shortcut(key string) (int, bool) {
	for i, it := range m.items {
		if it.Key == key {
			return i, true
		}
	}
	if mv := keymap.Moves(key); mv != keymap.None {
		m.move(mv.Delta(m.page, len(m.shown)))
	}
	if key == "l" || key == "right" {
		return m.Current(), m.Current() >= 0
	}
	return -1, false
}

// Current is the index of the item under the cursor, -1 when none matches.
func (m *Model) Current() int {
	if len(m.shown) == 0 {
		return -1
	}
	return m.shown[m.cur]
}

func (m *Model) move(n int) { m.cur = min(max(m.cur+n, 0), max(len(m.shown)-1, 0)) }

type labels []Item

func (l labels) String(i int) string { return l[i].Label + " " + l[i].Detail }
func (l labels) Len() int            { return len(l) }

func (m *Model) match() {
	m.shown, m.cur, m.top = nil, 0, 0
	if want := strings.TrimSpace(m.input.Value()); want != "" {
		for _, hit := range fuzzy.FindFrom(want, labels(m.items)) {
			m.shown = append(m.shown, hit.Index)
		}
		return
	}
	for i := range m.items {
		m.shown = append(m.shown, i)
	}
}

// Draw returns at most h lines: a rule with the title, the filter while it is
// typed, the items.
func (m *Model) Draw(w, h int, th *theme.Theme) []string {
	lines := []string{Rule(m.Title, w, th)}
	if m.typing {
		lines = append(lines, ansi.Truncate(" "+th.Accent.Render("›")+" "+clean.Line(m.input.Value()), w, "…"))
	}
	m.page = max(min(h-len(lines), max(len(m.shown), 1)), 0)
	m.top = min(max(m.top, m.cur-m.page+1), m.cur)
	wide, keys := m.columns()
	for i := m.top; i < min(m.top+m.page, len(m.shown)); i++ {
		lines = append(lines, m.line(m.items[m.shown[i]], i == m.cur, wide, keys, w, th))
	}
	if len(m.shown) == 0 && len(lines) < h {
		lines = append(lines, th.Muted.Render(ansi.Truncate("   nothing matches", w, "…")))
	}
	return lines[:min(len(lines), h)]
}

// Cursor is the column of the text cursor on the second line, while typing.
func (m *Model) Cursor() (x int, ok bool) {
	return 3 + ansi.StringWidth(clean.Line(string([]rune(m.input.Value())[:m.input.Position()]))), m.typing
}

func (m *Model) columns() (label, key int) {
	for _, it := range m.items {
		label = max(label, ansi.StringWidth(clean.Line(it.Label)))
		key = max(key, ansi.StringWidth(it.Key))
	}
	return min(label, 48), key
}

func (m *Model) line(it Item, cursor bool, wide, keys, w int, th *theme.Theme) string {
	mark, st := "   ", th.Text
	if cursor {
		mark = " ▸ "
	}
	detail := clean.Line(it.Detail)
	if it.Off != "" {
		st, detail = th.Muted, clean.Line(it.Off)
	}
	label := ansi.Truncate(clean.Line(it.Label), wide, "…")
	label += strings.Repeat(" ", wide-ansi.StringWidth(label))
	s := th.Accent.Render(mark)
	if keys > 0 {
		s += th.Key.Render(it.Key+strings.Repeat(" ", keys-ansi.StringWidth(it.Key))) + "  "
	}
	if cursor {
		st = st.Bold(true)
	}
	return ansi.Truncate(s+st.Render(label)+"  "+th.Muted.Render(detail), w, "…")
}

// Rule is a line across w cells with a title near its left end.
func Rule(title string, w int, th *theme.Theme) string {
	if title == "" {
		return th.Line.Render(strings.Repeat("─", w))
	}
	title = ansi.Truncate(clean.Line(title), max(w-6, 0), "…")
	rest := max(w-ansi.StringWidth(title)-5, 0)
	return ansi.Truncate(th.Line.Render("── ")+th.Title.Render(title)+" "+th.Line.Render(strings.Repeat("─", rest+1)), w, "")
}
