package editor

import (
	"slices"
	"strings"
)

// historyLimit is how many bytes of removed and inserted text are kept for undo.
const historyLimit = 64 << 20

// edit is one change of the text, in either direction.
type edit struct {
	at                pos
	removed, inserted string
	cursor            pos // where it was before
}

func (e edit) bytes() int { return len(e.removed) + len(e.inserted) }

// history is what can be undone and done again.
type history struct {
	done, undone []edit
	bytes        int  // of done
	open         bool // the next character typed belongs to the last edit
}

// close makes the next change one of its own.
func (h *history) close() { h.open = false }

func (h *history) add(e edit) {
	h.undone = nil
	if h.open && len(h.done) > 0 && h.done[len(h.done)-1].join(e) {
		h.bytes += e.bytes()
		return
	}
	h.done = append(h.done, e)
	h.bytes += e.bytes()
	for h.bytes > historyLimit && len(h.done) > 1 {
		h.bytes -= h.done[0].bytes()
		h.done = slices.Delete(h.done, 0, 1)
	}
}

// join adds a change that continues e: the next character of a word, or one more
// character deleted.
func (e *edit) join(next edit) bool {
	switch {
	case next.removed == "" && e.removed == "" && advance(e.at, e.inserted) == next.at:
		if strings.HasSuffix(e.inserted, " ") && next.inserted != " " || strings.Contains(next.inserted, "\n") {
			return false
		}
		e.inserted += next.inserted
	case next.inserted == "" && e.inserted == "" && advance(next.at, next.removed) == e.at:
		e.at, e.removed = next.at, next.removed+e.removed
	case next.inserted == "" && e.inserted == "" && next.at == e.at:
		e.removed += next.removed
	default:
		return false
	}
	return true
}

// change replaces what is between two places, remembers how it was, and leaves
// the cursor after the new text.
func (m *Model) change(from, to pos, text string) {
	before := m.cursor
	removed := m.replace(from, to, text)
	if removed == "" && text == "" {
		return
	}
	m.history.add(edit{at: from, removed: removed, inserted: text, cursor: before})
	m.history.open = true
}

// replace is change without a memory.
func (m *Model) replace(from, to pos, text string) (removed string) {
	removed = m.between(from, to)
	parts := strings.Split(text, "\n")
	last := len(parts) - 1
	m.cursor = pos{from.line + last, len(parts[last])}
	if last == 0 {
		m.cursor.off += from.off
	}
	tail := m.lines[to.line][to.off:]
	parts[0] = m.lines[from.line][:from.off] + parts[0]
	parts[last] += tail
	m.lines = slices.Replace(m.lines, from.line, to.line+1, parts...)
	m.size += len(text) - len(removed)
	m.version++
	m.goal = -1
	return removed
}

func (m *Model) between(from, to pos) string {
	if from.line == to.line {
		return m.lines[from.line][from.off:to.off]
	}
	var b strings.Builder
	b.WriteString(m.lines[from.line][from.off:])
	for _, l := range m.lines[from.line+1 : to.line] {
		b.WriteString("\n" + l)
	}
	b.WriteString("\n" + m.lines[to.line][:to.off])
	return b.String()
}

// Undo takes the last change back, and reports whether there was one. Characters
// typed one after the other are one change up to the end of a word.
func (m *Model) Undo() bool {
	h := &m.history
	if len(h.done) == 0 {
		return false
	}
	e := h.done[len(h.done)-1]
	h.done, h.undone = h.done[:len(h.done)-1], append(h.undone, e)
	h.bytes -= e.bytes()
	m.replace(e.at, advance(e.at, e.inserted), e.removed)
	m.cursor = e.cursor
	h.close()
	return true
}

// Redo does the last change again that was undone, and reports whether there
// was one.
func (m *Model) Redo() bool {
	h := &m.history
	if len(h.undone) == 0 {
		return false
	}
	e := h.undone[len(h.undone)-1]
	h.done, h.undone = append(h.done, e), h.undone[:len(h.undone)-1]
	h.bytes += e.bytes()
	m.replace(e.at, advance(e.at, e.removed), e.inserted)
	h.close()
	return true
}

// advance is the place after text that begins at p.
func advance(p pos, text string) pos {
	if n := strings.Count(text, "\n"); n > 0 {
		return pos{p.line + n, len(text) - strings.LastIndexByte(text, '\n') - 1}
	}
	return pos{p.line, p.off + len(text)}
}
