package editor

// A line is drawn as rows of at most wrap cells. Rows are never stored: where
// one ends follows from where it begins.

// wrap is the width of a row. One cell is left for the cursor behind the last
// character.
func (m *Model) wrap() int { return max(m.w-1, 1) }

// rowEnd is where the row that begins at from ends.
func (m *Model) rowEnd(line string, from int) int {
	room := m.wrap()
	i := from
	for i < len(line) {
		if plain(line, i) {
			if room == 0 {
				return i
			}
			i, room = i+1, room-1
			continue
		}
		n, _, width := cell(line[i:])
		if width > room && i > from {
			return i
		}
		i, room = i+n, max(room-width, 0)
	}
	return i
}

// rows lists where the rows of a line begin, up to the one that holds off, the
// last keep of them.
func (m *Model) rows(line string, off, keep int) []int {
	starts := []int{0}
	for at := 0; ; {
		end := m.rowEnd(line, at)
		if end > off || end >= len(line) {
			return starts[max(len(starts)-keep, 0):]
		}
		if len(starts) >= 2*keep {
			starts = append(starts[:0], starts[len(starts)-keep:]...)
		}
		starts, at = append(starts, end), end
	}
}

// row is the beginning of the row that holds p.
func (m *Model) row(p pos) pos {
	starts := m.rows(m.lines[p.line], p.off, 1)
	return pos{p.line, starts[len(starts)-1]}
}

// up is the beginning of the row that is n rows above the one that holds p, or
// the first row.
func (m *Model) up(p pos, n int) pos {
	for {
		starts := m.rows(m.lines[p.line], p.off, n+1)
		last := len(starts) - 1
		if last >= n {
			return pos{p.line, starts[last-n]}
		}
		if p.line == 0 {
			return pos{}
		}
		n -= last + 1
		p = pos{p.line - 1, len(m.lines[p.line-1])}
	}
}

// down is the row that is n rows below the row at p, or the last one.
func (m *Model) down(p pos, n int) pos {
	for ; n > 0; n-- {
		switch end := m.rowEnd(m.lines[p.line], p.off); {
		case end < len(m.lines[p.line]):
			p.off = end
		case p.line == len(m.lines)-1:
			return p
		default:
			p = pos{p.line + 1, 0}
		}
	}
	return p
}

// cells is the width of a row's text up to off.
func (m *Model) cells(row pos, off int) int {
	line, x := m.lines[row.line], 0
	for i := row.off; i < off; {
		n, _, width := cell(line[i:])
		i, x = i+n, x+width
	}
	return x
}

// at is the place in a row that is nearest to cell x.
func (m *Model) at(row pos, x int) pos {
	line := m.lines[row.line]
	end := m.rowEnd(line, row.off)
	i := row.off
	for i < end {
		n, _, width := cell(line[i:])
		if x < width || i+n == end && end < len(line) { // the end of the row is the beginning of the next one
			break
		}
		i, x = i+n, x-width
	}
	return pos{row.line, i}
}
