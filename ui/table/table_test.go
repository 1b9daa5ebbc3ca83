package table_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"straws/ui/table"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

type object struct {
	Key      string
	Size     int64
	Modified time.Time
}

var now = time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)

func columns() []table.Column[object] {
	return []table.Column[object]{
		{Title: "NAME", Brief: true, Cell: func(o object) string { return o.Key }},
		{Title: "SIZE", Width: 9, Right: true, Cell: func(o object) string { return fmt.Sprint(o.Size) }, Bytes: func(o object) int64 { return o.Size }, Order: table.ByNumber(func(o object) int64 { return o.Size })},
		{Title: "MODIFIED", Width: 10, Drop: 1, Cell: func(o object) string { return o.Modified.Format("2006-01-02") }, Time: func(o object) time.Time { return o.Modified }, Tone: func(object) table.Tone { return table.Muted }},
	}
}

func objects(n int) []object {
	out := make([]object, n)
	for i := range out {
		out[i] = object{fmt.Sprintf("logs/part-%07d.csv", i), int64(i) * 7919 % 1000, now.Add(-time.Duration(i) * time.Hour)}
	}
	return out
}

func filled(n int) *table.Model[object] {
	m := table.New(func(o object) string { return o.Key }, columns())
	m.Append(objects(n))
	return m
}

func replace(t *testing.T, m *table.Model[object], rows []object) {
	t.Helper()
	r, err := m.Renew(table.RowsOf(rows), nil, nil)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m.Install(r)
}

func current(t *testing.T, m *table.Model[object]) string {
	t.Helper()
	o, ok := m.Current()
	if !ok {
		t.Fatal("no row under the cursor")
	}
	return o.Key
}

func TestCursorAndMarksFollowTheirItems(t *testing.T) {
	m := filled(10)
	m.Key("j")
	m.Key("j")
	m.Mark()
	fresh := append([]object{{Key: "a new one"}}, objects(10)[1:]...)
	replace(t, m, fresh)
	if got := current(t, m); got != "logs/part-0000002.csv" {
		t.Errorf("the cursor is on %s", got)
	}
	if got := m.Take(-1); len(got) != 1 || got[0].Key != "logs/part-0000002.csv" {
		t.Errorf("marked: %v", got)
	}
	replace(t, m, objects(2))
	if m.Marked() != 0 {
		t.Error("a mark survived its item")
	}
	current(t, m)
	replace(t, m, nil)
	if _, ok := m.Current(); ok || m.Chosen() != 0 {
		t.Error("an empty table has a current row")
	}
}

func TestRenewFindsWhatChangedMeanwhile(t *testing.T) {
	m := filled(6)
	m.Settle()
	ready := m.Renew(table.RowsOf(objects(5)[1:]), func(o object) bool { return o.Key != "logs/part-0000002.csv" }, nil)
	m.Key("G")
	m.Key("k")
	m.Mark()
	r, err := ready(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m.Install(r)
	if got := current(t, m); got != "logs/part-0000004.csv" || m.Marked() != 1 || m.Len() != 3 {
		t.Errorf("on %s, %d marked, %d shown", got, m.Marked(), m.Len())
	}
}

func TestCursorStaysAtTheTopWhileAListIsFilled(t *testing.T) {
	m := filled(3)
	m.SetView([]int32{2, 1, 0})
	if got := current(t, m); got != "logs/part-0000002.csv" {
		t.Errorf("the cursor moved to %s with its item, though nobody had looked yet", got)
	}
	m.Settle()
	m.SetView([]int32{0, 1, 2})
	if got := current(t, m); got != "logs/part-0000002.csv" {
		t.Errorf("the cursor left its item for %s", got)
	}
}

func TestRangeOfMarks(t *testing.T) {
	m := filled(10)
	m.Key("j")
	m.Range()
	m.Key("G")
	m.Key("k")
	m.Range()
	if m.Marked() != 8 {
		t.Errorf("%d marked, want rows 1 to 8", m.Marked())
	}
	m.Unmark()
	if m.Chosen() != 1 || len(m.Take(5)) != 1 {
		t.Error("without marks an action is on the row under the cursor")
	}
}

func TestDrawFitsAndCutsWithAnEllipsis(t *testing.T) {
	m := table.New(func(o object) string { return o.Key }, columns())
	m.Append([]object{{Key: strings.Repeat("long", 40), Size: 1}, {Key: "宽\x1b[2J宽", Size: 22}, {Key: "a\nb\u202ec", Size: 333}})
	th := theme.New(theme.Default(true))
	for _, w := range []int{200, 80, 40, 30, 12, 5} {
		lines := strings.Split(m.Draw(w, 6, th), "\n")
		if len(lines) != 6 {
			t.Fatalf("%d lines at width %d", len(lines), w)
		}
		for _, l := range lines {
			if ansi.StringWidth(l) > w {
				t.Errorf("width %d: %q", w, l)
			}
		}
	}
	wide := ansi.Strip(m.Draw(80, 6, th))
	for _, want := range []string{"…", `宽\x1b[2J宽`, `a\nb\u202ec`, "MODIFIED"} {
		if !strings.Contains(wide, want) {
			t.Errorf("lacks %q:\n%s", want, wide)
		}
	}
	if narrow := ansi.Strip(m.Draw(30, 6, th)); strings.Contains(narrow, "MODIFIED") || !strings.Contains(narrow, "SIZE") {
		t.Errorf("the wrong column gave way:\n%s", narrow)
	}
}

func TestWidthsDoNotJumpWhileMoreArrives(t *testing.T) {
	cols := columns()
	cols[0].Width, cols[0].Fit = 6, 40
	m := table.New(func(o object) string { return o.Key }, cols)
	m.Append(objects(3))
	th := theme.New(theme.Default(true))
	before := strings.Split(ansi.Strip(m.Draw(80, 2, th)), "\n")[0]
	m.Append([]object{{Key: strings.Repeat("x", 39)}})
	if after := strings.Split(ansi.Strip(m.Draw(80, 2, th)), "\n")[0]; after != before {
		t.Errorf("columns moved:\n%s\n%s", before, after)
	}
}

func TestFilter(t *testing.T) {
	rows := []object{
		{"Raw/2026/Events.CSV", 5_000_000, now.Add(-time.Hour)},
		{"raw/2025/events.json", 12_000_000, now.Add(-48 * time.Hour)},
		{"raw/été.parquet", 900, now.Add(-400 * 24 * time.Hour)},
		{"tmp/events.csv.bak", -1, time.Time{}},
	}
	tags := func(o object) map[string]string { return map[string]string{"Env": o.Key[:3]} }
	for _, tt := range []struct {
		text string
		want []int
	}{
		{"", []int{0, 1, 2, 3}},
		{"events", []int{0, 1, 3}},
		{"EVENTS csv", []int{0, 3}},
		{"-csv", []int{1, 2}},
		{"raw -json", []int{0, 2}},
		{"name:raw", []int{0, 1, 2}},
		{"size:900", []int{2}},
		{"*.csv", []int{0}},
		{"*events*", []int{0, 1, 3}},
		{"raw/*/events.*", []int{0, 1}},
		{">10mb", []int{1}},
		{"<10mb", []int{0, 2}},
		{">=1kb <6mb", []int{0}},
		{"<7d", []int{0, 1}},
		{">1d", []int{1, 2}},
		{"tag:env=tmp", []int{3}},
		{"tag:env=RAW", []int{0, 1, 2}},
		{"ÉTÉ", []int{2}},
		{"no-such-thing", nil},
	} {
		t.Run(tt.text, func(t *testing.T) {
			match, err := table.Filter(tt.text, columns(), tags, now)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for i, r := range rows {
				if match == nil || match(r) {
					got = append(got, i)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("matched %v, want %v", got, tt.want)
			}
		})
	}
	for text, want := range map[string]string{">tall": "neither a size", "<": "neither a size"} {
		if _, err := table.Filter(text, columns(), tags, now); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := table.Filter("tag:a=b", columns(), nil, now); err == nil {
		t.Error("a tag filter on rows without tags must say so")
	}
}

func FuzzFilter(f *testing.F) {
	for _, s := range []string{"web -prod", ">10mb", "<7d", "tag:a=b", "*.c[", "a:b:c", "-", "<>", ">-1d", ">99999999999eb"} {
		f.Add(s, "key")
	}
	f.Fuzz(func(t *testing.T, text, key string) {
		match, err := table.Filter(text, columns(), func(object) map[string]string { return nil }, now)
		if err == nil && match != nil {
			match(object{Key: key})
		}
	})
}
