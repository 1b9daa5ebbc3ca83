// Package editor is a text editor for one part of the screen. It lays out only
// what is seen, so megabytes and hundreds of thousands of lines are edited like
// a handful.
package editor

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Model is a text with a cursor and the history of its changes. Call New.
type Model struct {
	lines   []string // without their line breaks; at least one
	size    int      // bytes, line breaks included
	version int
	cursor  pos
	goal    int // cell that up and down aim for; -1 for that of the cursor
	history history

	joined string // the text of joinedAs, the version it was made from
	joinAs int
	top    pos // the first row on the screen
	w, h   int // size drawn last
	cx, cy int // cell of the cursor, as drawn last
}

// pos is a place between two characters.
type pos struct{ line, off int } // off in bytes

func (p pos) before(q pos) bool { return p.line < q.line || p.line == q.line && p.off < q.off }

// New returns an editor of text with the cursor at its end and no history.
func New(text string) *Model {
	m := &Model{w: 80, h: 24, goal: -1}
	m.load(lineBreaks(text))
	m.cursor = m.end()
	return m
}

func (m *Model) load(text string) {
	m.lines, m.size = strings.Split(text, "\n"), len(text)
	m.version++
	m.joined, m.joinAs = text, m.version
}

// Text returns the whole text. Lines end with \n.
func (m *Model) Text() string {
	if m.joinAs != m.version {
		m.joined, m.joinAs = strings.Join(m.lines, "\n"), m.version
	}
	return m.joined
}

// Snapshot returns a function that makes the text as it is at this moment. It may
// be called away from the event loop, where joining megabytes holds nobody up.
func (m *Model) Snapshot() func() string {
	if m.joinAs == m.version {
		text := m.joined
		return func() string { return text }
	}
	lines := slices.Clone(m.lines)
	return func() string { return strings.Join(lines, "\n") }
}

// Adopt takes what a Snapshot of this version made, so that Text need not make
// it again.
func (m *Model) Adopt(version int, text string) {
	if version == m.version {
		m.joined, m.joinAs = text, version
	}
}

// SetText replaces the whole text and puts the cursor at its beginning. It can
// be undone.
func (m *Model) SetText(text string) {
	m.history.close()
	m.change(pos{}, m.end(), lineBreaks(text))
	m.history.close()
	m.cursor, m.top = pos{}, pos{}
}

// Paste inserts text at the cursor.
func (m *Model) Paste(text string) {
	if text == "" {
		return
	}
	m.history.close()
	m.change(m.cursor, m.cursor, lineBreaks(text))
	m.history.close()
}

// Size is the length of the text in bytes.
func (m *Model) Size() int { return m.size }

// Lines is the number of lines, at least one.
func (m *Model) Lines() int { return len(m.lines) }

// Version changes with every change of the text.
func (m *Model) Version() int { return m.version }

// Blank reports whether the text is nothing but white space.
func (m *Model) Blank() bool {
	for _, l := range m.lines {
		if strings.TrimSpace(l) != "" {
			return false
		}
	}
	return true
}

// Position is the line and the character of the cursor, both from 1.
func (m *Model) Position() (line, col int) {
	return m.cursor.line + 1, utf8.RuneCountInString(m.lines[m.cursor.line][:m.cursor.off]) + 1
}

// Goto puts the cursor before a character of a line, both from 1, or as near as
// there is one.
func (m *Model) Goto(line, col int) {
	m.history.close()
	m.goal = -1
	m.cursor.line = min(max(line-1, 0), len(m.lines)-1)
	text := m.lines[m.cursor.line]
	m.cursor.off = 0
	for range max(col-1, 0) {
		if m.cursor.off == len(text) {
			return
		}
		_, n := utf8.DecodeRuneInString(text[m.cursor.off:])
		m.cursor.off += n
	}
}

func (m *Model) end() pos {
	last := len(m.lines) - 1
	return pos{last, len(m.lines[last])}
}

// lineBreaks writes every kind of line break as \n.
func lineBreaks(s string) string {
	if !strings.Contains(s, "\r") {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
