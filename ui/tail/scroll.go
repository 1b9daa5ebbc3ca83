package tail

// scroll moves the cursor by n rows, down when n is positive, and by one entry at
// least. In an entry that is higher than the window it scrolls instead, so that
// all of it can be read.
func (m *Model[T]) scroll(n int) {
	if len(m.entries) == 0 {
		return
	}
	m.place()
	step := m.down
	if n < 0 {
		step, n = m.up, -n
	}
	for moved := 1; n > 0 && moved > 0; n -= moved {
		moved = step()
	}
	m.show()
	m.follow = m.follow || m.atEnd()
	if m.follow {
		m.unseen = 0
	}
}

// down reports by how many rows it moved.
func (m *Model[T]) down() int {
	switch {
	case m.top == m.cursor && m.height(m.cursor)-m.topRow > m.h:
		m.topRow++
		return 1
	case m.cursor < len(m.entries)-1:
		m.cursor++
		m.show()
		return m.height(m.cursor)
	}
	return 0
}

func (m *Model[T]) up() int {
	m.follow = false
	switch {
	case m.top == m.cursor && m.topRow > 0:
		m.topRow--
		return 1
	case m.cursor > 0:
		m.cursor--
		if m.cursor < m.top {
			m.top, m.topRow = m.cursor, max(m.height(m.cursor)-m.h, 0)
		}
		return m.height(m.cursor)
	}
	return 0
}

// atEnd reports whether the last row is in the window, under the cursor.
func (m *Model[T]) atEnd() bool {
	last := len(m.entries) - 1
	return m.cursor == last && !(m.top == last && m.height(last)-m.topRow > m.h)
}

// place puts the window where it has to be before it is drawn or moved.
func (m *Model[T]) place() {
	if len(m.entries) == 0 {
		m.top, m.topRow = 0, 0
		return
	}
	m.cursor = min(max(m.cursor, 0), len(m.entries)-1)
	m.top = min(max(m.top, 0), len(m.entries)-1)
	if !m.follow {
		m.show()
		return
	}
	m.cursor = len(m.entries) - 1
	m.endAt(m.cursor)
}

// show moves the window as little as it takes to see the cursor.
func (m *Model[T]) show() {
	switch {
	case m.cursor <= m.top:
		if m.cursor < m.top {
			m.topRow = 0
		}
		m.top = m.cursor
		m.topRow = min(m.topRow, max(m.height(m.top)-1, 0))
		return
	case m.cursor-m.top >= m.h: // every entry has a row: it is below the window
		m.endAt(m.cursor)
		return
	}
	rows := -m.topRow
	for i := m.top; i <= m.cursor; i++ {
		rows += m.height(i)
	}
	if rows > m.h {
		m.endAt(m.cursor)
	}
}

// endAt makes the last row of entry i the last of the window. Of an entry that
// is higher than the window the beginning is shown, but of the last one the end.
func (m *Model[T]) endAt(i int) {
	rows := m.height(i)
	m.top, m.topRow = i, 0
	if rows > m.h {
		if m.follow {
			m.topRow = rows - m.h
		}
		return
	}
	for m.top > 0 && rows < m.h {
		m.top--
		rows += m.height(m.top)
	}
	m.topRow = max(rows-m.h, 0)
}
