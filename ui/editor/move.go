package editor

import (
	"unicode"
	"unicode/utf8"
)

// lookBehind is how many bytes before the cursor are read to find where the
// character before it begins.
const lookBehind = 4 * longest

// move does what a key says to the cursor, and reports whether it is one that
// moves it.
func (m *Model) move(key string) bool {
	to := m.cursor
	switch key {
	case "left", "ctrl+b":
		to = m.before(to)
	case "right":
		to = m.after(to)
	case "ctrl+left", "alt+left", "alt+b":
		to = m.wordBefore(to)
	case "ctrl+right", "alt+right", "alt+f":
		to = m.wordAfter(to)
	case "home", "ctrl+a":
		to.off = 0
	case "end":
		to.off = len(m.lines[to.line])
	case "ctrl+home":
		to = pos{}
	case "ctrl+end":
		to = m.end()
	case "up":
		return m.vertical(-1)
	case "down":
		return m.vertical(1)
	case "pgup":
		return m.vertical(-max(m.h-1, 1))
	case "pgdown":
		return m.vertical(max(m.h-1, 1))
	default:
		return false
	}
	m.history.close()
	m.cursor, m.goal = to, -1
	return true
}

// vertical moves by rows, and keeps to the cell it started from where the rows
// are long enough.
func (m *Model) vertical(n int) bool {
	m.history.close()
	row := m.row(m.cursor)
	if m.goal < 0 {
		m.goal = m.cells(row, m.cursor.off)
	}
	move, by := m.down, n
	if n < 0 {
		move, by = m.up, -n
	}
	to := move(row, by)
	switch {
	case to != row:
		m.cursor = m.at(to, m.goal)
	case n < 0:
		m.cursor = pos{}
	default:
		m.cursor = m.end()
	}
	return true
}

// after is the place behind the character at p.
func (m *Model) after(p pos) pos {
	if line := m.lines[p.line]; p.off < len(line) {
		n, _, _ := cell(line[p.off:])
		return pos{p.line, p.off + n}
	}
	if p.line < len(m.lines)-1 {
		return pos{p.line + 1, 0}
	}
	return p
}

// before is the place in front of the character that ends at p.
func (m *Model) before(p pos) pos {
	if p.off == 0 {
		if p.line == 0 {
			return p
		}
		return pos{p.line - 1, len(m.lines[p.line-1])}
	}
	line := m.lines[p.line]
	i := max(p.off-lookBehind, 0)
	for i > 0 && i < p.off && !utf8.RuneStart(line[i]) {
		i++
	}
	at := i
	for i < p.off {
		at = i
		n, _, _ := cell(line[i:])
		i += n
	}
	return pos{p.line, at}
}

func (m *Model) wordBefore(p pos) pos {
	for seen := false; p != (pos{}); {
		q := m.before(p)
		if word := m.word(q); seen && !word {
			return p
		} else if word {
			seen = true
		}
		p = q
	}
	return p
}

func (m *Model) wordAfter(p pos) pos {
	for seen := false; p != m.end(); p = m.after(p) {
		if word := m.word(p); seen && !word {
			return p
		} else if word {
			seen = true
		}
	}
	return p
}

// word reports whether the character at p belongs to a word.
func (m *Model) word(p pos) bool {
	r, _ := utf8.DecodeRuneInString(m.lines[p.line][p.off:])
	return r == '_' || unicode.IsLetter(r) && r != utf8.RuneError || unicode.IsDigit(r)
}
