package table

import (
	"straws/ui/clean"

	"github.com/charmbracelet/x/ansi"
)

// settleRows is how many rows decide the widths of columns with Fit. Rows that are
// added later do not change them, and those of a refresh only widen them: a column
// seldom moves while the user reads.
const settleRows = 1000

// settle fixes the widths of the Fit columns from the first rows that arrive.
func (m *Model[T]) settle() {
	if m.widths == nil && m.rows.Len() > 0 {
		m.widths = make([]int, len(m.cols))
		m.widen()
	}
}

// widen gives the Fit columns the room that the first rows need, and takes none
// away.
func (m *Model[T]) widen() {
	for i, c := range m.cols {
		if c.Fit == 0 {
			m.widths[i] = c.Width
			continue
		}
		widest := max(c.Width, ansi.StringWidth(c.Title)+2, m.widths[i])
		for i, it := range m.rows.All {
			if i == settleRows {
				break
			}
			widest = max(widest, ansi.StringWidth(clean.Line(c.Cell(it))))
		}
		m.widths[i] = min(widest, max(c.Fit, c.Width))
	}
}

// need is the least width of column c.
func (m *Model[T]) need(c int) int {
	if m.widths != nil && m.widths[c] > 0 {
		return m.widths[c]
	}
	if m.cols[c].Width > 0 {
		return m.cols[c].Width
	}
	return minFlex
}

func (m *Model[T]) flexible(c int) bool { return m.cols[c].Width == 0 && m.cols[c].Fit == 0 }

// layout chooses the columns that fit into w cells and their widths. Columns
// with the highest Drop give way first.
func (m *Model[T]) layout(w int, want func(Column[T]) bool) (cols, widths []int) {
	for i, c := range m.cols {
		if want(c) && (i == 0 || i > m.left) {
			cols = append(cols, i)
		}
	}
	for m.total(cols) > w {
		drop := -1
		for i, c := range cols {
			if d := m.cols[c].Drop; d > 0 && (drop < 0 || d >= m.cols[cols[drop]].Drop) {
				drop = i
			}
		}
		if drop < 0 {
			break
		}
		cols = append(cols[:drop:drop], cols[drop+1:]...)
	}
	return cols, m.share(cols, w)
}

// Sideways moves along the columns behind the first, which stays.
func (m *Model[T]) Sideways(n int) { m.left = min(max(m.left+n, 0), max(len(m.cols)-2, 0)) }

func (m *Model[T]) total(cols []int) int {
	sum := gap * (len(cols) - 1)
	for _, c := range cols {
		sum += m.need(c)
	}
	return sum
}

// share gives every column what it needs and the flexible ones an equal part of
// what is left. Where even the needs are too much, the columns that grew with
// their content give some of it back.
func (m *Model[T]) share(cols []int, w int) []int {
	widths := make([]int, len(cols))
	left, flex := w-gap*(len(cols)-1), 0
	for i, c := range cols {
		if m.flexible(c) {
			flex++
			continue
		}
		widths[i] = m.need(c)
		left -= widths[i]
	}
	for i, c := range cols {
		if m.flexible(c) {
			widths[i] = max(left/flex, 1)
			left, flex = left-widths[i], flex-1
		}
	}
	m.shrink(cols, widths, -left)
	return widths
}

// shrink takes cells from the columns that grew with their content, the widest
// first, until none is over its own width or the row fits.
func (m *Model[T]) shrink(cols, widths []int, over int) {
	for ; over > 0; over-- {
		widest := -1
		for i, c := range cols {
			if m.cols[c].Fit > 0 && widths[i] > max(m.cols[c].Width, 1) && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		widths[widest]--
	}
}
