// Package form changes a few values at once: each has a label, what it was, what
// it is to be, and a check.
package form

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// Field is one value.
type Field struct {
	ID        string // within the form; never shown
	Label     string
	Value     string              // as it is before anything is typed
	Note      string              // unit and limits
	Secret    bool                // masked until the user asks for it
	Mask      func(string) string // how; nil masks the whole value
	Removable bool                // it may be taken away altogether
	Added     bool                // it is not there yet
	Check     func(string) error  // what is wrong with a value; nil when there is nothing to check
}

// Value is what has become of a field.
type Value struct {
	Field

	Text    string
	Removed bool
}

// Changed reports whether the value is not as it was.
func (v *Value) Changed() bool { return v.Removed || v.Added || v.Text != v.Value }

// Err is what is wrong with the value; nil for one that is removed.
func (v *Value) Err() error {
	if v.Removed || v.Check == nil {
		return nil
	}
	return v.Check(v.Text)
}

// Model is an open form. Keys move between its fields, and into one and out
// again, so that everything else a key does keeps working between them.
type Model struct {
	values  []*Value
	cur     int
	top     int
	editing bool
	hidden  bool // the field that is edited is masked, and its old text is not in draft
	draft   line
	shown   bool // secrets are

	x, y int // of the text cursor in what was drawn last
}

// New opens a form.
func New(fields []Field) *Model {
	m := &Model{}
	for _, f := range fields {
		m.values = append(m.values, &Value{Field: f, Text: f.Value})
	}
	return m
}

// Values are all fields in order.
func (m *Model) Values() []*Value { return m.values }

// Editing reports whether a field takes all keys.
func (m *Model) Editing() bool { return m.editing }

// Changed reports whether any field is.
func (m *Model) Changed() bool { return slices.ContainsFunc(m.values, (*Value).Changed) }

// Err is what is wrong with the first field that has something wrong.
func (m *Model) Err() error {
	for _, v := range m.values {
		if err := v.Err(); err != nil {
			return fmt.Errorf("%s: %w", v.Label, err)
		}
	}
	return nil
}

// Shown reports whether secrets are readable; Show makes them so, or masks them.
func (m *Model) Shown() bool { return m.shown }

// Show makes secrets readable, or masks them again.
func (m *Model) Show(on bool) { m.shown = on }

// Add puts a field at the end and begins to edit it.
func (m *Model) Add(f Field) {
	f.Added = true
	m.values = append(m.values, &Value{Field: f, Text: f.Value})
	m.cur = len(m.values) - 1
	m.edit()
}

// Rebase takes fields as they have become meanwhile, and keeps what was typed.
func (m *Model) Rebase(fields []Field) {
	old := m.values
	m.values = New(fields).values
	for _, v := range old {
		if !v.Changed() {
			continue
		}
		i := slices.IndexFunc(m.values, func(now *Value) bool { return now.ID == v.ID })
		switch {
		case i >= 0:
			m.values[i].Text, m.values[i].Removed = v.Text, v.Removed
		case !v.Removed:
			v.Added = true
			m.values = append(m.values, v)
		}
	}
	m.cur = max(min(m.cur, len(m.values)-1), 0)
}

// Restore gives the field under the cursor back what it had; a field that was
// added goes, and one that may be removed is removed when it had not changed.
func (m *Model) Restore() {
	if len(m.values) == 0 {
		return
	}
	v := m.values[m.cur]
	switch {
	case v.Added:
		m.values = slices.Delete(m.values, m.cur, m.cur+1)
		m.cur = max(min(m.cur, len(m.values)-1), 0)
	case v.Changed():
		v.Text, v.Removed = v.Value, false
	case v.Removable:
		v.Removed = true
	}
}

func (m *Model) edit() {
	if len(m.values) == 0 {
		return
	}
	v := m.values[m.cur]
	v.Removed = false
	m.editing, m.hidden, m.draft = true, v.Secret && !m.shown && !v.Added && v.Text != "", newLine(v.Text)
	if m.hidden {
		m.draft = newLine("") // nobody edits what he cannot see: typing takes its place
	}
}

// leave ends editing and keeps what was typed.
func (m *Model) leave() {
	if !m.editing {
		return
	}
	if text := m.draft.text(); !m.hidden || text != "" {
		m.values[m.cur].Text = text
	}
	m.editing = false
}

// Key handles a key and reports whether it was one of the form's.
func (m *Model) Key(k tea.KeyPressMsg) bool {
	s := k.String()
	if !m.editing {
		return m.moves(s)
	}
	switch s {
	case "enter":
		m.leave()
	case "tab", "down", "shift+tab", "up":
		m.leave()
		m.move(map[string]int{"tab": 1, "down": 1}[s] + map[string]int{"shift+tab": -1, "up": -1}[s])
		m.edit()
	case "esc":
		m.editing = false
		if v := m.values[m.cur]; v.Added && v.Text == "" {
			m.Restore() // it never became anything
		}
	default:
		m.draft.key(k)
	}
	return true
}

func (m *Model) moves(key string) bool {
	switch key {
	case "j", "down", "tab":
		m.move(1)
	case "k", "up", "shift+tab":
		m.move(-1)
	case "g", "home":
		m.move(-len(m.values))
	case "G", "end":
		m.move(len(m.values))
	case "enter", "l", "right":
		m.edit()
	default:
		return false
	}
	return true
}

func (m *Model) move(n int) { m.cur = max(min(m.cur+n, len(m.values)-1), 0) }

// Paste adds to the field that is edited; text pasted between fields is dropped.
func (m *Model) Paste(text string) {
	if m.editing {
		m.draft.insert(text)
	}
}
