package editor_test

import (
	"strings"
	"testing"

	"straws/ui/editor"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// key makes the message of a key from its name.
func key(name string) tea.KeyPressMsg {
	named := map[string]rune{
		"enter": tea.KeyEnter, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "tab": tea.KeyTab, "esc": tea.KeyEscape,
	}
	var mod tea.KeyMod
	for prefix, m := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "alt+": tea.ModAlt} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name, mod = rest, m
		}
	}
	if r, ok := named[name]; ok {
		return tea.KeyPressMsg{Code: r, Mod: mod}
	}
	if mod != 0 {
		return tea.KeyPressMsg{Code: []rune(name)[0], Mod: mod}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

func press(m *editor.Model, keys ...string) {
	for _, k := range keys {
		m.Key(key(k))
	}
}

func typed(m *editor.Model, text string) {
	for _, r := range text {
		m.Key(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func plain() *theme.Theme { return theme.New(theme.ANSI()) }

// screen draws the text and marks the cursor.
func screen(m *editor.Model, w, h int) string {
	lines := m.Draw(w, h, plain())
	x, y, _ := m.Cursor()
	for i := range lines {
		lines[i] = ansi.Strip(lines[i])
	}
	l := lines[y]
	lines[y] = ansi.Truncate(l, x, "") + "|" + ansi.TruncateLeft(l, x, "")
	return strings.Join(lines, "\n")
}

func TestWhatKeysDo(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		keys       []string
		want       string // with | at the cursor
	}{
		{"type", "ab", []string{"c"}, "abc|"},
		{"in the middle", "ac", []string{"left", "b"}, "ab|c"},
		{"line break", "ab", []string{"left", "enter"}, "a\n|b"},
		{"line break keeps the indentation", "  a", []string{"enter", "b"}, "  a\n  b|"},
		{"backspace joins lines", "a\nb", []string{"home", "backspace"}, "a|b"},
		{"backspace at the beginning", "a", []string{"home", "backspace"}, "|a"},
		{"delete joins lines", "a\nb", []string{"up", "delete"}, "a|b"},
		{"delete at the end", "a", []string{"delete"}, "a|"},
		{"up and down keep the column", "abcd\nx\nabcd", []string{"left", "up", "up"}, "abc|d\nx\nabcd"},
		{"up on the first line", "abcd", []string{"left", "up"}, "|abcd"},
		{"down on the last line", "abcd", []string{"home", "down"}, "abcd|"},
		{"left over a line break", "a\nb", []string{"home", "left"}, "a|\nb"},
		{"right over a line break", "a\nb", []string{"up", "right", "right"}, "a\nb|"},
		{"a word back", `{"key": "value"}`, []string{"ctrl+left", "ctrl+left"}, `{"|key": "value"}`},
		{"a word on", `{"key": "value"}`, []string{"home", "ctrl+right"}, `{"key|": "value"}`},
		{"delete a word", "one two", []string{"ctrl+w"}, "one |"},
		{"begin and end", "a\nb\nc", []string{"ctrl+home", "x", "ctrl+end", "y"}, "xa\nb\ncy|"},
		{"wide characters are one step", "宽宽", []string{"left"}, "宽|宽"},
		{"a character of several runes is one step", "ae\u0301", []string{"left", "backspace"}, "|e\u0301"},
		{"keys with ctrl are not text", "a", []string{"ctrl+x", "esc", "tab"}, "a|"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := editor.New(tt.text)
			screen(m, 40, 5)
			press(m, tt.keys...)
			if got := strings.TrimRight(screen(m, 40, 5), "\n"); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if want := strings.Replace(tt.want, "|", "", 1); m.Text() != want || m.Size() != len(want) {
				t.Errorf("the text is %q of %d bytes", m.Text(), m.Size())
			}
		})
	}
}

func TestUndoAndRedo(t *testing.T) {
	m := editor.New("")
	typed(m, "one two")
	press(m, "enter")
	m.Paste("three\r\nfour")
	states := []string{"one two\nthree\nfour", "one two\n", "one two", "one ", ""}
	for i, want := range states {
		if m.Text() != want {
			t.Fatalf("after %d undos %q, want %q", i, m.Text(), want)
		}
		press(m, "ctrl+u")
	}
	if handled, changed := m.Key(key("ctrl+u")); !handled || changed {
		t.Error("there was nothing left to undo")
	}
	for i := len(states) - 2; i >= 0; i-- {
		press(m, "ctrl+y")
		if m.Text() != states[i] {
			t.Fatalf("redo gives %q, want %q", m.Text(), states[i])
		}
	}
	press(m, "ctrl+u", "x", "ctrl+y")
	if want := "one two\nx"; m.Text() != want {
		t.Errorf("redo after typing gives %q, want %q", m.Text(), want)
	}
}

func TestAWholeTextIsReplacedAndComesBack(t *testing.T) {
	m := editor.New("mine")
	m.SetText("{\n  \"a\": 1\n}")
	if line, col := m.Position(); line != 1 || col != 1 {
		t.Errorf("the cursor is at %d:%d", line, col)
	}
	if press(m, "ctrl+u"); m.Text() != "mine" {
		t.Errorf("undo gives %q", m.Text())
	}
}

func TestLongLinesGoOnInTheNextRow(t *testing.T) {
	m := editor.New("0123456789abcdef\nx")
	m.Goto(1, 1)
	if got, want := screen(m, 9, 4), "|01234567\n89abcdef\nx\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	press(m, "down")
	if got, want := screen(m, 9, 4), "01234567\n|89abcdef\nx\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	press(m, "end")
	if got, want := screen(m, 9, 4), "01234567\n89abcdef|\nx\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	press(m, "up")
	if got, want := screen(m, 9, 4), "0123456|7\n89abcdef\nx\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestHostileTextIsDrawnHarmlessAndKept(t *testing.T) {
	text := "a\x1b[2J\u202eb\u200b\ufeff\xff\u0301" + strings.Repeat("\u0301", 1000) + "\tz\u009b31m"
	m := editor.New(text)
	for _, l := range m.Draw(40, 10, plain()) {
		for _, r := range l {
			if r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x202e {
				t.Errorf("%q is on the screen: %q", r, l)
			}
		}
	}
	if m.Text() != text {
		t.Error("the text itself has changed")
	}
}

func TestTheWindowFollowsTheCursor(t *testing.T) {
	m := editor.New(strings.Repeat("line\n", 99) + "last")
	if got, want := screen(m, 20, 2), "line\nlast|"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	press(m, "pgup", "pgup", "pgup")
	m.Goto(1, 3)
	if got, want := screen(m, 20, 2), "li|ne\nline"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	m.Goto(1000, 1000)
	if line, col := m.Position(); line != 100 || col != 5 {
		t.Errorf("the cursor is at %d:%d", line, col)
	}
}

func TestMegabytesAreEdited(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"200,000 lines", strings.Repeat("  \"key\": \"a value of some length\",\n", 200_000)},
		{"one line of 6 MB", strings.Repeat("{\"a\":1},", 750_000)},
		{"one line of wide characters", strings.Repeat("宽 ", 500_000)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := editor.New("")
			m.Paste(tt.text)
			screen(m, 60, 30)
			press(m, "x", "pgup", "up", "y", "ctrl+home", "z", "pgdown", "ctrl+end", "backspace")
			m.Draw(60, 30, plain())
			if want := len(tt.text) + 2; m.Size() != want || len(m.Text()) != want {
				t.Errorf("%d bytes, want %d", m.Size(), want)
			}
			press(m, "ctrl+u", "ctrl+u", "ctrl+u", "ctrl+u")
			if m.Text() != tt.text {
				t.Error("undo does not give the pasted text back")
			}
		})
	}
}

func TestASnapshotKeepsItsText(t *testing.T) {
	m := editor.New("a\nb")
	press(m, "c")
	text, version := m.Snapshot(), m.Version()
	press(m, "d")
	if text() != "a\nbc" {
		t.Errorf("the snapshot reads %q", text())
	}
	m.Adopt(version, text())
	if m.Text() != "a\nbcd" {
		t.Errorf("an old snapshot was adopted: %q", m.Text())
	}
}

// FuzzEditor presses keys at random: whatever they do, what is drawn fits, the
// size is right, and undo leads back to the beginning.
func FuzzEditor(f *testing.F) {
	f.Add("a\nb", "xLRUDbdEHt", 10)
	f.Add("宽\u0301\t\x00", "LLLbbbuyPNw", 3)
	f.Fuzz(func(t *testing.T, text, keys string, w int) {
		w = 1 + (w%40+40)%40
		m := editor.New(text)
		start := m.Text()
		names := map[rune]string{
			'L': "left", 'R': "right", 'U': "up", 'D': "down", 'b': "backspace", 'd': "delete", 'E': "enter", 'H': "home",
			't': "end", 'u': "ctrl+u", 'y': "ctrl+y", 'P': "pgup", 'N': "pgdown", 'w': "ctrl+w", 'W': "ctrl+left",
		}
		for _, r := range keys {
			if name, ok := names[r]; ok {
				press(m, name)
			} else {
				typed(m, string(r))
			}
			for _, l := range m.Draw(w, 4, plain()) {
				if n := ansi.StringWidth(l); n > w {
					t.Fatalf("%q is %d cells wide, the screen %d", l, n, w)
				}
			}
			if x, y, _ := m.Cursor(); x < 0 || x >= w || y < 0 || y >= 4 {
				t.Fatalf("the cursor is at %d, %d", x, y)
			}
			if m.Size() != len(m.Text()) || m.Lines() != 1+strings.Count(m.Text(), "\n") {
				t.Fatalf("%d bytes and %d lines are counted in %q", m.Size(), m.Lines(), m.Text())
			}
		}
		for m.Undo() {
		}
		if m.Text() != start {
			t.Fatalf("undo ends at %q, not at %q", m.Text(), start)
		}
	})
}

func BenchmarkKey(b *testing.B) {
	for _, tt := range []struct{ name, text string }{
		{"lines", strings.Repeat("  \"key\": \"a value of some length\",\n", 200_000)},
		{"line", strings.Repeat("{\"a\":1},", 750_000)},
	} {
		b.Run(tt.name, func(b *testing.B) {
			m := editor.New(tt.text)
			for b.Loop() {
				press(m, "x")
				m.Draw(60, 30, plain())
			}
		})
	}
}
