// Package tail is a window onto lines that keep arriving: it stays at the end
// unless its user has scrolled up.
package tail

import (
	"slices"
	"strings"

	"straws/ui/keymap"
	"straws/ui/theme"
)

// How much is held at most; the oldest entries give way.
const (
	MaxEntries = 50_000
	MaxBytes   = 64 << 20 // of Spec.Text
)

// Spec says how entries are ordered and drawn. All of it is needed.
type Spec[T any] struct {
	Order func(a, b T) int // equal entries keep the order in which they came
	Look  func(T) Look     // called once for each entry that is drawn, until Redraw
	Text  func(T) string   // the raw text, for Find and for copying
}

// Look is an entry in its parts, which may hold anything: they are cleaned.
type Look struct {
	When  string // at the left
	Word  string // a few letters beside it, drawn in Tone
	Tone  theme.Tone
	Text  string // may have several lines
	Rest  string // less important, after the text
	Quiet bool   // the text is not important either
}

// Model is the state of one window. Call New.
type Model[T any] struct {
	spec    Spec[T]
	entries []entry[T]
	bytes   int
	dropped int // entries that gave way

	cursor int
	top    int  // entry at the top of the window
	topRow int  // first of its rows that is seen
	follow bool // the cursor stays on the last entry
	unseen int  // entries that came at the end meanwhile

	wrap       bool
	left       int
	find       string
	w, h       int // as drawn last
	generation int // of the rows that were laid out
}

type entry[T any] struct {
	item       T
	look       Look // without its texts
	rows       []row
	generation int
}

// New returns an empty window that follows its end.
func New[T any](s Spec[T]) *Model[T] { return &Model[T]{spec: s, follow: true, generation: 1} }

// Len is the number of entries that are held.
func (m *Model[T]) Len() int { return len(m.entries) }

// Dropped is the number of entries that have given way to newer ones.
func (m *Model[T]) Dropped() int { return m.dropped }

// Unseen is the number of entries that came at the end since it was left.
func (m *Model[T]) Unseen() int { return m.unseen }

// Follows reports whether the window stays at the end.
func (m *Model[T]) Follows() bool { return m.follow }

// AtTop reports whether the cursor is on the first entry.
func (m *Model[T]) AtTop() bool { return m.cursor == 0 && m.topRow == 0 }

// Current is the entry under the cursor.
func (m *Model[T]) Current() (item T, ok bool) {
	if len(m.entries) == 0 {
		return item, false
	}
	return m.entries[m.cursor].item, true
}

// Items returns all entries, in their order.
func (m *Model[T]) Items() []T {
	out := make([]T, len(m.entries))
	for i := range m.entries {
		out[i] = m.entries[i].item
	}
	return out
}

// Clear forgets all entries and follows the end again.
func (m *Model[T]) Clear() {
	m.entries, m.bytes, m.dropped = nil, 0, 0
	m.cursor, m.top, m.topRow, m.follow, m.unseen = 0, 0, 0, true, 0
}

// Redraw asks Look again for every entry.
func (m *Model[T]) Redraw() { m.generation++ }

// Wrapped reports whether long lines are wrapped rather than cut.
func (m *Model[T]) Wrapped() bool { return m.wrap }

// Wrap turns wrapping on or off.
func (m *Model[T]) Wrap(on bool) {
	m.wrap, m.left, m.topRow = on, 0, 0
	m.generation++
}

// Add puts items where they belong, which is mostly at the end, and lets the
// oldest go when there are too many.
func (m *Model[T]) Add(items []T) {
	if len(items) == 0 {
		return
	}
	items = slices.Clone(items)
	slices.SortStableFunc(items, m.spec.Order)
	at, _ := slices.BinarySearchFunc(m.entries, items[0], func(e entry[T], it T) int {
		if m.spec.Order(e.item, it) <= 0 {
			return -1
		}
		return 1
	})
	m.merge(at, items)
	for _, it := range items {
		m.bytes += len(m.spec.Text(it))
	}
	m.trim()
	if m.follow {
		m.cursor = len(m.entries) - 1
	}
}

// merge inserts sorted items among the entries from at on, and keeps the cursor
// and the window on the entries that they were on.
func (m *Model[T]) merge(at int, items []T) {
	behind := slices.Clone(m.entries[at:])
	m.entries = m.entries[:at]
	cursor, top, n := m.cursor, m.top, len(behind)
	for i := 0; i < n || len(items) > 0; {
		if len(items) > 0 && (i == n || m.spec.Order(items[0], behind[i].item) < 0) {
			if i == n && !m.follow {
				m.unseen++
			}
			m.entries, items = append(m.entries, entry[T]{item: items[0]}), items[1:]
			continue
		}
		if at+i == m.cursor {
			cursor = len(m.entries)
		}
		if at+i == m.top {
			top = len(m.entries)
		}
		m.entries = append(m.entries, behind[i])
		i++
	}
	m.cursor, m.top = cursor, top
}

func (m *Model[T]) trim() {
	n := max(len(m.entries)-MaxEntries, 0)
	for i := range n {
		m.bytes -= len(m.spec.Text(m.entries[i].item))
	}
	for m.bytes > MaxBytes && n < len(m.entries)-1 {
		m.bytes -= len(m.spec.Text(m.entries[n].item))
		n++
	}
	if n == 0 {
		return
	}
	clear(m.entries[:n]) // their texts are not kept alive
	m.entries = m.entries[n:]
	m.dropped += n
	if m.top < n {
		m.topRow = 0
	}
	m.cursor, m.top = max(m.cursor-n, 0), max(m.top-n, 0)
}

// Key moves when key is one of those that do, and reports whether it is.
func (m *Model[T]) Key(key string) bool {
	switch key {
	case "<":
		m.left = max(m.left-8, 0)
		return true
	case ">":
		m.left += 8
		return true
	}
	mv := keymap.Moves(key)
	if len(m.entries) == 0 {
		return mv != keymap.None
	}
	switch mv {
	case keymap.None:
		return false
	case keymap.Top:
		m.moveTo(0)
	case keymap.Bottom:
		m.Bottom()
	case keymap.Up, keymap.Down, keymap.HalfUp, keymap.HalfDown, keymap.PageUp, keymap.PageDown:
		m.scroll(mv.Delta(m.h, len(m.entries)))
	}
	return true
}

// Bottom goes to the end and follows it.
func (m *Model[T]) Bottom() {
	m.cursor, m.follow, m.unseen = max(len(m.entries)-1, 0), true, 0
}

func (m *Model[T]) moveTo(i int) {
	m.cursor, m.follow = i, false
	m.show()
}

// Find searches the texts without regard to case, goes to the nearest match from
// the cursor back, and reports how many entries match.
func (m *Model[T]) Find(text string) int {
	m.find = strings.ToLower(text)
	n := 0
	for i := range m.entries {
		if m.matches(i) {
			n++
		}
	}
	if n > 0 && !m.matches(m.cursor) {
		m.Next(-1)
	}
	return n
}

// Next goes to the next entry that matches, or with -1 to the one before, and
// round at the ends. It reports whether there is one.
func (m *Model[T]) Next(step int) bool {
	n := len(m.entries)
	for i := 1; i <= n; i++ {
		if at := ((m.cursor+i*step)%n + n) % n; m.matches(at) {
			m.moveTo(at)
			return true
		}
	}
	return false
}

func (m *Model[T]) matches(i int) bool {
	return m.find != "" && strings.Contains(strings.ToLower(m.spec.Text(m.entries[i].item)), m.find)
}

// Bytes is the size of the texts that are held.
func (m *Model[T]) Bytes() int { return m.bytes }
