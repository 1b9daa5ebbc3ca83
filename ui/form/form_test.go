package form_test

import (
	"errors"
	"strings"
	"testing"

	"straws/ui/form"
	"straws/ui/theme"
	"straws/ui/uitest"

	"github.com/charmbracelet/x/ansi"
)

func fields() []form.Field {
	return []form.Field{
		{ID: "size", Label: "size", Value: "1", Note: "1 to 9", Check: func(s string) error {
			if s == "" {
				return errors.New("a number")
			}
			return nil
		}},
		{ID: "key", Label: "KEY", Value: "se\ncret", Secret: true, Removable: true},
	}
}

func keys(m *form.Model, names ...string) {
	for _, k := range names {
		m.Key(uitest.Key(k))
	}
}

func text(m *form.Model) string {
	return ansi.Strip(m.Draw(60, 4, theme.New(theme.ANSI())))
}

// after is a form after some keys; words in capitals are what panes call.
func after(names []string) *form.Model {
	m := form.New(fields())
	for _, k := range names {
		switch k {
		case "RESTORE":
			m.Restore()
		case "SHOW":
			m.Show(true)
		case "ADD":
			m.Add(form.Field{ID: "new", Label: "new one"})
		default:
			keys(m, k)
		}
	}
	return m
}

// values are the texts of a form; "-" is one that is removed.
func values(m *form.Model) []string {
	var out []string
	for _, v := range m.Values() {
		if v.Removed {
			out = append(out, "-")
		} else {
			out = append(out, v.Text)
		}
	}
	return out
}

func TestWhatKeysDoToAForm(t *testing.T) {
	tests := []struct {
		name    string
		keys    []string
		values  []string // of the fields; "-" is removed
		changed bool
		wrong   string
		shows   string
	}{
		{"nothing", nil, []string{"1", "se\ncret"}, false, "", "KEY   ••••"},
		{"typing between fields", []string{"7", "x"}, []string{"1", "se\ncret"}, false, "", "1 to 9"},
		{"a number more", []string{"enter", "2", "enter"}, []string{"12", "se\ncret"}, true, "", "1 → 12"},
		{"dropped", []string{"enter", "2", "esc"}, []string{"1", "se\ncret"}, false, "", ""},
		{"while it is typed", []string{"enter", "2"}, []string{"1", "se\ncret"}, false, "", "12"},
		{"back to what it was", []string{"enter", "2", "backspace", "enter"}, []string{"1", "se\ncret"}, false, "", ""},
		{"emptied", []string{"enter", "ctrl+u", "enter"}, []string{"", "se\ncret"}, true, "size: a number", "✗ a number"},
		{"in the middle", []string{"enter", "home", "3", "right", "4", "left", "delete", "enter"}, []string{"31", "se\ncret"}, true, "", ""},
		{"a secret that is looked at", []string{"j", "enter", "enter"}, []string{"1", "se\ncret"}, false, "", "••••"},
		{"a secret that is replaced", []string{"j", "enter", "x", "enter"}, []string{"1", "x"}, true, "", "•••• → another ••••"},
		{"removed", []string{"j", "RESTORE"}, []string{"1", "-"}, true, "", "•••• → removed"},
		{"removed and restored", []string{"j", "RESTORE", "RESTORE"}, []string{"1", "se\ncret"}, false, "", ""},
		{"what cannot be removed", []string{"RESTORE"}, []string{"1", "se\ncret"}, false, "", ""},
		{"on to the next", []string{"enter", "5", "tab", "y", "enter"}, []string{"15", "y"}, true, "", ""},
		{"shown, and then edited", []string{"SHOW", "j", "enter", "!", "enter"}, []string{"1", "se\ncret!"}, true, "", `se\ncret → se\ncret!`},
		{"added and left empty", []string{"ADD", "esc"}, []string{"1", "se\ncret"}, false, "", ""},
		{"added", []string{"ADD", "z", "enter"}, []string{"1", "se\ncret", "z"}, true, "", "new → z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := after(tt.keys)
			if got := values(m); strings.Join(got, "|") != strings.Join(tt.values, "|") || m.Changed() != tt.changed {
				t.Errorf("values %q, changed %v", got, m.Changed())
			}
			if err := m.Err(); (err == nil) != (tt.wrong == "") || err != nil && err.Error() != tt.wrong {
				t.Errorf("wrong: %v", err)
			}
			if !strings.Contains(text(m), tt.shows) {
				t.Errorf("it does not show %q:\n%s", tt.shows, text(m))
			}
			if !m.Shown() && strings.Contains(text(m), "cret") {
				t.Errorf("it shows a secret:\n%s", text(m))
			}
		})
	}
}

func TestWhatIsPastedStaysAsItIs(t *testing.T) {
	m := form.New(fields())
	m.Paste("lost")
	keys(m, "j", "enter")
	m.Paste("-----\n\tkey\n")
	keys(m, "enter")
	if got := m.Values()[1].Text; got != "-----\n\tkey\n" {
		t.Errorf("it has become %q", got)
	}
}

func TestWhatWasTypedOutlivesANewState(t *testing.T) {
	m := form.New(fields())
	keys(m, "enter", "2", "enter")
	m.Add(form.Field{ID: "new", Label: "new"})
	keys(m, "z", "enter")
	now := fields()
	now[0].Value, now[1].Value = "5", "other"
	m.Rebase(now)
	v := m.Values()
	if v[0].Value != "5" || v[0].Text != "12" || v[1].Text != "other" || v[1].Changed() || len(v) != 3 || v[2].Text != "z" {
		t.Errorf("%+v %+v", v[0], v[1])
	}
	m.Rebase([]form.Field{{ID: "size", Value: "12"}})
	if v := m.Values(); v[0].Changed() || len(v) != 2 {
		t.Errorf("the change that was made is still one: %+v", v[0])
	}
}

func TestTheCursorStandsWhereItIsTyped(t *testing.T) {
	m := form.New([]form.Field{{ID: "a", Label: "a", Value: strings.Repeat("x", 200)}})
	keys(m, "enter", "y")
	th := theme.New(theme.ANSI())
	for _, w := range []int{120, 60, 34} {
		frame := ansi.Strip(m.Draw(w, 1, th))
		x, y, ok := m.Cursor()
		if !ok || y != 0 || x >= w || !strings.HasSuffix(strings.TrimRight(ansi.Truncate(frame, x, ""), " "), "y") {
			t.Errorf("at %d cells the cursor is at %d:\n%s", w, x, frame)
		}
	}
}
