package table

import "math/bits"

// marks is a set of rows, of one bit each.
type marks struct {
	words []uint64
	n     int
}

const wordBits = 64

func (s *marks) has(row int32) bool {
	w := int(row / wordBits)
	return w < len(s.words) && s.words[w]&(1<<(row%wordBits)) != 0
}

func (s *marks) add(row int32) {
	if s.has(row) {
		return
	}
	if need := int(row/wordBits) + 1 - len(s.words); need > 0 {
		s.words = append(s.words, make([]uint64, need)...)
	}
	s.words[row/wordBits] |= 1 << (row % wordBits)
	s.n++
}

func (s *marks) drop(row int32) {
	if s.has(row) {
		s.words[row/wordBits] &^= 1 << (row % wordBits)
		s.n--
	}
}

// all calls yield with every row of the set in ascending order, for range.
func (s *marks) all(yield func(int32) bool) {
	for i, w := range s.words {
		for ; w != 0; w &= w - 1 {
			if !yield(int32(i*wordBits + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// Mark toggles the mark on the current row.
func (m *Model[T]) Mark() {
	if m.cur >= m.Len() {
		return
	}
	m.changes++
	if row := m.row(m.cur); m.marked.has(row) {
		m.marked.drop(row)
	} else {
		m.marked.add(row)
	}
}

// Range begins a range of marks at the cursor, or marks everything from where
// it began to the cursor. It reports whether a range has begun.
func (m *Model[T]) Range() bool {
	if m.cur >= m.Len() {
		return false
	}
	if m.anchor < 0 {
		m.anchor = m.row(m.cur)
		return true
	}
	m.changes++
	from := m.cur
	for i := range m.Len() {
		if m.row(i) == m.anchor {
			from = i
		}
	}
	for i := min(from, m.cur); i <= max(from, m.cur); i++ {
		m.marked.add(m.row(i))
	}
	m.anchor = -1
	return false
}

// MarkAll marks every row that passes the query.
func (m *Model[T]) MarkAll() {
	m.changes++
	for i := range m.Len() {
		m.marked.add(m.row(i))
	}
}

// Unmark drops all marks and a range that has begun.
func (m *Model[T]) Unmark() {
	m.changes++
	m.marked = marks{}
	m.anchor = -1
}

// Marked is how many rows are marked, shown or not.
func (m *Model[T]) Marked() int { return m.marked.n }

// Chosen is how many rows an action would touch: the marked ones, or the
// current one when none is marked.
func (m *Model[T]) Chosen() int {
	if m.marked.n > 0 {
		return m.marked.n
	}
	return min(m.Len(), 1)
}

// Take returns the first n chosen rows in load order; n < 0 means all.
func (m *Model[T]) Take(n int) []T {
	if m.marked.n == 0 {
		if it, ok := m.Current(); ok && n != 0 {
			return []T{it}
		}
		return nil
	}
	if n < 0 || n > m.marked.n {
		n = m.marked.n
	}
	out := make([]T, 0, n)
	for i := range m.marked.all {
		if len(out) == n {
			break
		}
		out = append(out, m.rows.At(int(i)))
	}
	return out
}
