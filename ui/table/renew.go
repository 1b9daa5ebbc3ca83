package table

import "context"

// Renewal is a table's content made ready away from the event loop.
type Renewal[T any] struct {
	rows    Rows[T]
	view    []int32
	marked  marks
	cursor  string // identity under the cursor when it was asked for
	place   int    // where in view that is now; -1: nowhere
	changes int
}

// Renew returns a function that filters and orders fresh rows and finds the
// items of the cursor and the marks among them. It may run anywhere; Install
// shows what it returns. Until then the table stays as it is.
func (m *Model[T]) Renew(rows Rows[T], match func(T) bool, order func(a, b T) int) func(context.Context) (Renewal[T], error) {
	r := Renewal[T]{rows: rows, changes: m.changes}
	if it, ok := m.Current(); ok {
		r.cursor = m.id(it)
	}
	ids, id := m.identities(), m.id
	return func(ctx context.Context) (Renewal[T], error) {
		var err error
		if r.view, err = Query(ctx, rows, match, order); err != nil {
			return r, err
		}
		r.marked = find(rows, ids, id)
		r.place = seek(rows, r.view, r.cursor, 0, id)
		return r, nil
	}
}

// Install shows renewed rows. Cursor and marks stay with their items, also when
// they have changed since Renew; those whose item is gone are dropped.
func (m *Model[T]) Install(r Renewal[T]) {
	if it, ok := m.Current(); ok && m.id(it) != r.cursor {
		r.place = seek(r.rows, r.view, m.id(it), 0, m.id)
	}
	if m.changes != r.changes {
		r.marked = find(r.rows, m.identities(), m.id)
	}
	m.rows, m.view, m.marked, m.anchor = r.rows, r.view, r.marked, -1
	m.flat = nil
	if r.place >= 0 && !m.loose {
		m.cur = r.place
	}
	m.Move(0)
	m.settle()
	if m.widths != nil {
		m.widen()
	}
}

func (m *Model[T]) identities() map[string]struct{} {
	out := make(map[string]struct{}, m.marked.n)
	for i := range m.marked.all {
		out[m.id(m.rows.At(int(i)))] = struct{}{}
	}
	return out
}

// find returns the rows that have one of ids.
func find[T any](rows Rows[T], ids map[string]struct{}, id func(T) string) marks {
	var out marks
	if len(ids) == 0 {
		return out
	}
	for i, it := range rows.All {
		if _, ok := ids[id(it)]; ok {
			out.add(int32(i))
		}
	}
	return out
}

// seek returns the place in view of the row with this identity, or -1.
func seek[T any](rows Rows[T], view []int32, want string, from int, id func(T) string) int {
	if view == nil {
		for i := from; i < rows.Len(); i++ {
			if id(rows.At(i)) == want {
				return i
			}
		}
		return -1
	}
	for i := from; i < len(view); i++ {
		if id(rows.At(int(view[i]))) == want {
			return i
		}
	}
	return -1
}
