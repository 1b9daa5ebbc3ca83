// Package table draws a window onto a list of any length.
package table

import (
	"slices"

	"straws/ui/keymap"
)

// Model is the table's state. Rows are only ever appended or replaced as a
// whole, so a snapshot of them stays valid while a query runs elsewhere.
type Model[T any] struct {
	cols    []Column[T]
	id      func(T) string
	rows    Rows[T]
	flat    []T     // rows as a slice, once it was asked for; nil when they have changed
	view    []int32 // rows that pass the query, in its order; nil: all in load order
	cur     int     // position of the cursor in the view
	top     int     // first row drawn, in the view
	left    int     // columns behind the first that were moved past
	page    int     // rows drawn by the last View
	marked  marks
	anchor  int32 // row where a range of marks begins; -1: none
	changes int   // of the marks, counted
	widths  []int // settled widths of the columns with Fit; nil before the first page
	sorted  int   // column of the sort arrow; -1: none
	loose   bool  // nobody has looked yet: the cursor stays at the top while rows arrive
	desc    bool
}

// New returns an empty table. id must be unique within the list and stable.
func New[T any](id func(T) string, cols []Column[T]) *Model[T] {
	return &Model[T]{cols: cols, id: id, anchor: -1, sorted: -1, loose: true}
}

// Columns returns the columns the table was made with.
func (m *Model[T]) Columns() []Column[T] { return m.cols }

// Len is the number of rows that pass the query.
func (m *Model[T]) Len() int {
	if m.view != nil {
		return len(m.view)
	}
	return m.rows.Len()
}

// Rows returns all rows.
func (m *Model[T]) Rows() Rows[T] { return m.rows }

// Slice returns all rows as a slice, which the caller must not change. It is
// made once for as long as the rows are the same.
func (m *Model[T]) Slice() []T {
	if m.flat == nil {
		m.flat = m.rows.Slice()
	}
	return m.flat
}

// View returns the rows that pass the query as indexes into Rows; nil means all.
func (m *Model[T]) View() []int32 { return m.view }

// Append adds rows at the end. When a query is in force, the caller adds those
// that pass with Extend.
func (m *Model[T]) Append(items []T) {
	m.rows, m.flat = m.rows.With(items), nil
	m.settle()
}

// Extend adds rows to the result of a query.
func (m *Model[T]) Extend(view []int32) { m.view = append(m.view, view...) }

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

// Restart empties the table for a fresh listing, with the cursor at the top.
func (m *Model[T]) Restart() {
	m.rows, m.flat, m.view, m.marked, m.anchor = Rows[T]{}, nil, nil, marks{}, -1
	m.cur, m.top, m.loose = 0, 0, true
	m.changes++
}

// Seek puts the cursor on the item with this identity and reports whether it is
// among the rows shown. Those before place from are not looked at, for a list
// that is sought through while it grows.
func (m *Model[T]) Seek(id string, from int) bool {
	i := seek(m.rows, m.view, id, from, m.id)
	if i < 0 {
		return false
	}
	m.cur, m.loose = i, false
	return true
}

// SetSort shows the arrow of a sort at column col; -1 shows none.
func (m *Model[T]) SetSort(col int, desc bool) { m.sorted, m.desc = col, desc }

// At returns row i of those that pass the query.
func (m *Model[T]) At(i int) T { return m.rows.At(int(m.row(i))) }

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
