package editor

import (
	tea "charm.land/bubbletea/v2"
)

// Key does what a key means in a text. It reports whether it means anything, and
// whether the text has changed.
func (m *Model) Key(k tea.KeyPressMsg) (handled, changed bool) {
	key, version := k.String(), m.version
	switch {
	case m.move(key):
		return true, false
	case m.edit(key):
	case k.Text != "" && k.Mod&(tea.ModCtrl|tea.ModAlt|tea.ModMeta|tea.ModSuper) == 0:
		m.change(m.cursor, m.cursor, lineBreaks(k.Text))
	default:
		return false, false
	}
	return true, m.version != version
}

// edit does what a key says to the text around the cursor, and reports whether
// it is one that does.
func (m *Model) edit(key string) bool {
	switch key {
	case "enter", "shift+enter", "ctrl+j":
		m.history.close()
		m.change(m.cursor, m.cursor, "\n"+m.indent())
	case "backspace", "shift+backspace", "ctrl+h":
		m.change(m.before(m.cursor), m.cursor, "")
	case "delete", "ctrl+d":
		m.change(m.cursor, m.after(m.cursor), "")
	case "ctrl+w", "alt+backspace", "ctrl+backspace":
		m.change(m.wordBefore(m.cursor), m.cursor, "")
	case "alt+d", "ctrl+delete":
		m.change(m.cursor, m.wordAfter(m.cursor), "")
	case "ctrl+u", "ctrl+_", "ctrl+/": // terminals do not agree on what ctrl and / send
		m.Undo()
	case "ctrl+y":
		m.Redo()
	default:
		return false
	}
	return true
}

// indent is the white space at the beginning of the cursor's line, before the
// cursor.
func (m *Model) indent() string {
	line := m.lines[m.cursor.line][:m.cursor.off]
	for i := range len(line) {
		if line[i] != ' ' && line[i] != '\t' {
			return line[:i]
		}
	}
	return line
}
