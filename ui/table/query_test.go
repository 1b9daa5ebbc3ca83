package table_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"straws/ui/table"
	"straws/ui/theme"
)

func TestQueryOrdersAndKeepsTies(t *testing.T) {
	rows := table.RowsOf([]object{{Key: "b", Size: 2}, {Key: "a", Size: 1}, {Key: "c", Size: 1}, {Key: "d", Size: 9}})
	got, err := table.Query(t.Context(), rows, func(o object) bool { return o.Size < 9 }, columns()[1].Order)
	if err != nil || !slices.Equal(got, []int32{1, 2, 0}) {
		t.Errorf("got %v, %v", got, err)
	}
	if got, _ := table.Query(t.Context(), rows, nil, nil); got != nil {
		t.Errorf("nothing to do must give nil, got %v", got)
	}
	if got, _ := table.Query(t.Context(), rows, func(object) bool { return false }, nil); got == nil {
		t.Error("no match must not look like no query")
	}
}

func TestQueryStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	rows := table.RowsOf(objects(200_000))
	n := 0
	_, err := table.Query(ctx, rows, nil, func(a, b object) int {
		if n++; n == 1000 {
			cancel()
		}
		return int(a.Size - b.Size)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v after %d comparisons", err, n)
	}
	if n > 200_000 {
		t.Errorf("went on for %d comparisons after the end", n)
	}
}

func BenchmarkMillion(b *testing.B) {
	m := filled(1_000_000)
	th := theme.New(theme.Default(true))
	b.Run("Draw 120x40", func(b *testing.B) {
		m.Move(m.Len() / 2)
		for b.Loop() {
			m.Key("j")
			m.Draw(120, 37, th)
		}
	})
	for _, text := range []string{"999", "part -77", ">500"} {
		b.Run(fmt.Sprintf("Filter %s", text), func(b *testing.B) {
			match, err := table.Filter(text, columns(), nil, now)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				_, _ = table.Query(b.Context(), m.Rows(), match, nil)
			}
		})
	}
	b.Run("Sort by size", func(b *testing.B) {
		for b.Loop() {
			_, _ = table.Query(b.Context(), m.Rows(), nil, columns()[1].Order)
		}
	})
}
