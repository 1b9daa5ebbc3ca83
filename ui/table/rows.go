package table

// Rows are the items of a table, in load order. Its value is a snapshot: it does
// not change when the table it came from grows, and may be read elsewhere
// meanwhile.
//
// They are kept in blocks, so that a list of a million grows without a moment at
// which it is there twice.
type Rows[T any] struct {
	blocks [][]T // all but the last one are full
	n      int
}

const (
	blockBits = 12
	blockRows = 1 << blockBits
)

// RowsOf returns the rows of pages.
func RowsOf[T any](pages ...[]T) Rows[T] {
	var r Rows[T]
	for _, p := range pages {
		r = r.With(p)
	}
	return r
}

// Len is the number of rows.
func (r Rows[T]) Len() int { return r.n }

// At returns row i.
func (r Rows[T]) At(i int) T { return r.blocks[i>>blockBits][i&(blockRows-1)] }

// All calls yield with every row and its index, for range.
func (r Rows[T]) All(yield func(int, T) bool) {
	i := 0
	for _, b := range r.blocks {
		for _, it := range b {
			if !yield(i, it) {
				return
			}
			i++
		}
	}
}

// With returns the rows with items added at the end. Only the newest snapshot
// may be added to.
func (r Rows[T]) With(items []T) Rows[T] {
	if len(items) == 0 {
		return r
	}
	// The list of blocks is copied, because a reader of r may be at work on it.
	// Of the blocks themselves only places behind r's end are written.
	blocks := make([][]T, len(r.blocks), (r.n+len(items))>>blockBits+1)
	copy(blocks, r.blocks)
	r.n += len(items)
	for len(items) > 0 {
		if last := len(blocks) - 1; last < 0 || len(blocks[last]) == blockRows {
			blocks = append(blocks, nil)
		}
		last := &blocks[len(blocks)-1]
		take := min(blockRows-len(*last), len(items))
		*last = append(grown(*last, take, len(blocks) > 1), items[:take]...)
		items = items[take:]
	}
	r.blocks = blocks
	return r
}

// grown makes room for n more rows in a block. The first one is as small as a
// short list allows, the others are whole.
func grown[T any](b []T, n int, whole bool) []T {
	if len(b)+n <= cap(b) {
		return b
	}
	room := blockRows
	if !whole {
		room = min(max(2*cap(b), len(b)+n), blockRows)
	}
	return append(make([]T, 0, room), b...)
}

// Slice returns all rows as a slice, which must not be changed. It copies a list
// that is longer than a few thousand.
func (r Rows[T]) Slice() []T {
	if len(r.blocks) == 1 {
		return r.blocks[0][:r.n:r.n]
	}
	out := make([]T, 0, r.n)
	for _, b := range r.blocks {
		out = append(out, b...)
	}
	return out
}
