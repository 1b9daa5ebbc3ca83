// Package table draws a window onto a list of any length.
package table

import (
	"slices"

	"straws/ui/keymap"
)

// Model is the table's state. Rows are only ever appended or replaced as a
// whole, so a slice of them stays valid while a query runs elsewhere.
type Model[T any] struct {
	cols   []Column[T]
	id     func(T) string
	rows   []T
	view   []int32 // rows that pass the query, in its order; nil: all in load order
	cur    int     // position of the cursor in the view
	top    int     // first row drawn, in the view
	page   int     // rows drawn by the last View
	marked map[int32]struct{}
	anchor int32 // row where a range of marks begins; -1: none
	widths []int // settled widths of the columns with Fit; nil before the first page
	sorted int   // column of the sort arrow; -1: none
	loose  bool  // nobody has looked yet: the cursor stays at the top while rows arrive
	desc   bool
}

// New returns an empty table. id must be unique within the list and stable.
func New[T any](id func(T) string, cols []Column[T]) *Model[T] {
	return &Model[T]{cols: cols, id: id, marked: map[int32]struct{}{}, anchor: -1, sorted: -1, loose: true}
}

// Columns returns the columns the table was made with.
func (m *Model[T]) Columns() []Column[T] { return m.cols }

// Len is the number of rows that pass the query.
func (m *Model[T]) Len() int {
	if m.view != nil {
		return len(m.view)
	}
	return len(m.rows)
}

// Rows returns all rows. The caller must not change them.
func (m *Model[T]) Rows() []T { return m.rows[:len(m.rows):len(m.rows)] }

// View returns the rows that pass the query as indexes into Rows; nil means all.
func (m *Model[T]) View() []int32 { return m.view }

// Append adds rows at the end. When a query is in force, the caller adds those
// that pass with Extend.
func (m *Model[T]) Append(items []T) {
	m.rows = append(m.rows, items...)
	m.settle()
}

// Extend adds rows to the result of a query.
func (m *Model[T]) Extend(view []int32) { m.view = append(m.view, view...) }

// Replace swaps in fresh rows. Cursor and marks stay with their items; those
// whose item is gone are dropped. The query's result is kept by identity until
// SetView brings a new one.
func (m *Model[T]) Replace(items []T) {
	keep, hasCur := m.Current()
	marks := m.identities(m.marked)
	shown := m.shown()
	m.rows, m.view, m.anchor = items, nil, -1
	clear(m.marked)
	if len(marks) > 0 || shown != nil {
		m.remap(marks, shown)
	}
	if hasCur {
		m.seek(m.id(keep))
	}
	m.Move(0)
	m.settle()
}

func (m *Model[T]) identities(rows map[int32]struct{}) map[string]struct{} {
	out := make(map[string]struct{}, len(rows))
	for i := range rows {
		out[m.id(m.rows[i])] = struct{}{}
	}
	return out
}

func (m *Model[T]) shown() map[string]int {
	if m.view == nil {
		return nil
	}
	out := make(map[string]int, len(m.view))
	for pos, i := range m.view {
		out[m.id(m.rows[i])] = pos
	}
	return out
}

func (m *Model[T]) remap(marks map[string]struct{}, shown map[string]int) {
	type placed struct {
		pos int
		row int32
	}
	var view []placed
	for i, it := range m.rows {
		id := m.id(it)
		if _, ok := marks[id]; ok {
			m.marked[int32(i)] = struct{}{}
		}
		if pos, ok := shown[id]; ok {
			view = append(view, placed{pos, int32(i)})
		}
	}
	if shown == nil {
		return
	}
	slices.SortFunc(view, func(a, b placed) int { return a.pos - b.pos })
	m.view = make([]int32, len(view))
	for i, p := range view {
		m.view[i] = p.row
	}
}

// Settle ends the time in which the cursor stays at the top of a list that is
// still being filled and sorted. From then on it stays on its item.
func (m *Model[T]) Settle() { m.loose = false }

// SetView installs the result of a query; the cursor stays on its item, or at
// its place when the item is no longer shown.
func (m *Model[T]) SetView(v []int32) {
	at, ok := int32(-1), m.cur < m.Len() && !m.loose
	if ok {
		at = m.row(m.cur)
	}
	m.view = v
	if ok {
		if v == nil {
			m.cur = int(at)
		} else if i := slices.Index(v, at); i >= 0 {
			m.cur = i
		}
	}
	m.Move(0)
}

// Seek puts the cursor on the item with this identity and reports whether it is
// among the rows shown.
func (m *Model[T]) Seek(id string) bool { return m.seek(id) }

func (m *Model[T]) seek(id string) bool {
	for i := range m.Len() {
		if m.id(m.At(i)) == id {
			m.cur, m.loose = i, false
			return true
		}
	}
	return false
}

// SetSort shows the arrow of a sort at column col; -1 shows none.
func (m *Model[T]) SetSort(col int, desc bool) { m.sorted, m.desc = col, desc }

// At returns row i of those that pass the query.
func (m *Model[T]) At(i int) T { return m.rows[m.row(i)] }

func (m *Model[T]) row(i int) int32 {
	if m.view != nil {
		return m.view[i]
	}
	return int32(i)
}

// Current returns the row under the cursor.
func (m *Model[T]) Current() (T, bool) {
	if m.cur >= m.Len() {
		var zero T
		return zero, false
	}
	return m.At(m.cur), true
}

// Cursor is the position of the cursor among the rows shown.
func (m *Model[T]) Cursor() int { return m.cur }

// Move shifts the cursor by n rows, within bounds.
func (m *Model[T]) Move(n int) { m.cur = min(max(m.cur+n, 0), max(m.Len()-1, 0)) }

// Key moves the cursor when key is one of those that do, and reports whether it is.
func (m *Model[T]) Key(key string) bool {
	mv := keymap.Moves(key)
	if mv == keymap.None {
		return false
	}
	m.Move(mv.Delta(m.page, m.Len()))
	m.loose = false
	return true
}
