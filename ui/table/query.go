package table

import (
	"context"
	"slices"
)

// Query filters and orders rows; it is meant to run away from the event loop.
// It returns the indexes of the rows that pass, in order; nil, which means every
// row, only when there is nothing to filter or order. It stops soon after ctx
// has ended.
func Query[T any](ctx context.Context, rows Rows[T], match func(T) bool, order func(a, b T) int) ([]int32, error) {
	if match == nil && order == nil {
		return nil, nil
	}
	out := make([]int32, 0, rows.Len()/4)
	for i, r := range rows.All {
		if i&0x3fff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if match == nil || match(r) {
			out = append(out, int32(i))
		}
	}
	if order != nil {
		if err := sortRows(ctx, rows, out, order); err != nil {
			return nil, err
		}
	}
	return out, ctx.Err()
}

// stopSort carries a context's end out of a comparison.
type stopSort struct{ err error }

func sortRows[T any](ctx context.Context, rows Rows[T], view []int32, order func(a, b T) int) (err error) {
	defer func() {
		if v := recover(); v != nil {
			s, ok := v.(stopSort)
			if !ok {
				panic(v)
			}
			err = s.err
		}
	}()
	n := 0
	slices.SortFunc(view, func(a, b int32) int {
		if n++; n&0xffff == 0 && ctx.Err() != nil {
			panic(stopSort{ctx.Err()})
		}
		if c := order(rows.At(int(a)), rows.At(int(b))); c != 0 {
			return c
		}
		return int(a - b) // load order settles ties, so that the sort is stable
	})
	return nil
}
