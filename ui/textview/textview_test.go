package textview_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"straws/ui/textview"
	"straws/ui/theme"
)

// drawn is the text as it is shown in w by h cells.
func drawn(m *textview.Model, w, h int) string {
	return m.Draw(w, h, theme.New(theme.Default(true)))
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line %d\n", i+1)
	}
	return b.String()
}

func TestScrolling(t *testing.T) {
	for _, tt := range []struct {
		name, text, keys, want string
		wrap                   bool
	}{
		{"the beginning", numbered(9), "", "line 1|line 2|line 3", true},
		{"the end", numbered(9), "G", "line 7|line 8|line 9", true},
		{"never beyond it", numbered(9), "G j j", "line 7|line 8|line 9", true},
		{"up from the end", numbered(9), "G k", "line 6|line 7|line 8", true},
		{"and back", numbered(9), "G g", "line 1|line 2|line 3", true},
		{"row by row through a wrapped line", "aaaa bbbb cccc dddd", "j", "bbbb|cccc|dddd", true},
		{"the end of a wrapped line", "first\naaaa bbbb cccc dddd", "G", "bbbb|cccc|dddd", true},
		{"cut", "aaaa bbbb", "", "aaaa b…||", false},
		{"sideways", "aaaa bbbb cccc", ">", "b cccc||", false},
		{"short", "one", "j G", "one||", true},
		{"nothing", "", "j G k", "||", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var m textview.Model
			m.Wrap(tt.wrap)
			m.SetText(tt.text)
			drawn(&m, 7, 3)
			for key := range strings.FieldsSeq(tt.keys) {
				m.Key(key)
			}
			if got := strings.ReplaceAll(drawn(&m, 7, 3), "\n", "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestResizingKeepsTheLineAtTheTop(t *testing.T) {
	var m textview.Model
	m.Wrap(true)
	m.SetText(strings.Repeat("aaaa bbbb cccc\n", 50) + "here\n" + strings.Repeat("dddd\n", 50))
	drawn(&m, 40, 5)
	m.Find("here")
	for _, w := range []int{40, 6, 90} {
		if got := drawn(&m, w, 5); !strings.Contains(got, "here") {
			t.Errorf("%d cells wide: %q", w, got)
		}
	}
}

func TestAMatchFarInALineIsShown(t *testing.T) {
	var m textview.Model
	m.Wrap(true)
	m.SetText(strings.Repeat("x", 1_000_000) + "needle" + strings.Repeat("x", 1_000_000))
	drawn(&m, 64, 10)
	if n := m.Find("NEEDLE"); n != 1 {
		t.Errorf("%d lines match", n)
	}
	if got := drawn(&m, 64, 10); !strings.Contains(got, "needle") {
		t.Errorf("the screen lacks it: %q", got)
	}
}

// Whatever the text, a frame and a key cost no more than what is on the screen.
func TestMegabytesScrollAtOnce(t *testing.T) {
	for name, text := range map[string]string{
		"one line":   strings.Repeat("x", 6<<20),
		"long lines": strings.Repeat(strings.Repeat("abc de ", 30)+"\n", 30_000),
		"JSON":       strings.Repeat("    1234,\n", 600_000),
	} {
		t.Run(name, func(t *testing.T) {
			lines := textview.Prepare(text)
			var m textview.Model
			m.Wrap(true)
			m.Show(lines)
			start := time.Now()
			for range 3 {
				for _, w := range []int{80, 100} {
					drawn(&m, w, 40)
					m.Key("G")
					m.Key("g")
				}
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("six frames took %s", took)
			}
		})
	}
}
