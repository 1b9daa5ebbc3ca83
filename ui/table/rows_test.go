package table_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"straws/ui/table"
)

func TestRowsAreTheSameHoweverTheyArrive(t *testing.T) {
	all := objects(10_000)
	for _, page := range []int{1, 7, 999, 1000, 4095, 4096, 4097, 10_000} {
		t.Run(fmt.Sprint(page), func(t *testing.T) {
			var r table.Rows[object]
			for chunk := range slices.Chunk(all, page) {
				r = r.With(chunk)
			}
			if r.Len() != len(all) || !slices.Equal(r.Slice(), all) || r.At(4096) != all[4096] {
				t.Errorf("%d rows, or not the same", r.Len())
			}
		})
	}
	if (table.Rows[object]{}).Len() != 0 || len((table.Rows[object]{}).Slice()) != 0 {
		t.Error("no rows are some")
	}
}

func TestASnapshotOfRowsIsReadWhileTheTableGrows(t *testing.T) {
	m := filled(100)
	var wg sync.WaitGroup
	for range 50 {
		rows := m.Rows()
		want := rows.Len()
		wg.Go(func() {
			n := 0
			for i, o := range rows.All {
				if n++; o.Key != rows.At(i).Key {
					t.Errorf("row %d is %s and %s", i, o.Key, rows.At(i).Key)
				}
			}
			if n != want {
				t.Errorf("a snapshot of %d rows has %d", want, n)
			}
		})
		m.Append(objects(333))
	}
	wg.Wait()
}

func TestManyMarks(t *testing.T) {
	m := filled(1000)
	m.MarkAll()
	m.Key("G")
	m.Mark()
	if m.Marked() != 999 || len(m.Take(-1)) != 999 || len(m.Take(3)) != 3 {
		t.Errorf("%d marked", m.Marked())
	}
	m.SetView([]int32{5, 900})
	m.Unmark()
	m.MarkAll()
	if got := m.Take(-1); len(got) != 2 || got[1].Key != "logs/part-0000900.csv" {
		t.Errorf("marked %v", got)
	}
}
