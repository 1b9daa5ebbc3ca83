package table

// Mark toggles the mark on the current row.
func (m *Model[T]) Mark() {
	if m.cur >= m.Len() {
		return
	}
	m.marks++
	row := m.row(m.cur)
	if _, ok := m.marked[row]; ok {
		delete(m.marked, row)
	} else {
		m.marked[row] = struct{}{}
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
	m.marks++
	from := m.cur
	for i := range m.Len() {
		if m.row(i) == m.anchor {
			from = i
		}
	}
	for i := min(from, m.cur); i <= max(from, m.cur); i++ {
		m.marked[m.row(i)] = struct{}{}
	}
	m.anchor = -1
	return false
}

// MarkAll marks every row that passes the query.
func (m *Model[T]) MarkAll() {
	m.marks++
	for i := range m.Len() {
		m.marked[m.row(i)] = struct{}{}
	}
}

// Unmark drops all marks and a range that has begun.
func (m *Model[T]) Unmark() {
	m.marks++
	clear(m.marked)
	m.anchor = -1
}

// Marked is how many rows are marked, shown or not.
func (m *Model[T]) Marked() int { return len(m.marked) }

// Chosen is how many rows an action would touch: the marked ones, or the
// current one when none is marked.
func (m *Model[T]) Chosen() int {
	if len(m.marked) > 0 {
		return len(m.marked)
	}
	return min(m.Len(), 1)
}

// Take returns the first n chosen rows in load order; n < 0 means all.
func (m *Model[T]) Take(n int) []T {
	if len(m.marked) == 0 {
		if it, ok := m.Current(); ok && n != 0 {
			return []T{it}
		}
		return nil
	}
	if n < 0 {
		n = len(m.marked)
	}
	out := make([]T, 0, min(n, len(m.marked)))
	for i := range m.rows {
		if len(out) == min(n, len(m.marked)) {
			break
		}
		if _, ok := m.marked[int32(i)]; ok {
			out = append(out, m.rows[i])
		}
	}
	return out
}
