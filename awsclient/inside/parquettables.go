package inside

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// parquetFile is an opened footer.
type parquetFile struct {
	file    *File
	meta    *format.FileMetaData
	groups  []parquet.RowGroup
	columns []leaf
}

func count(n int64) string { return humanize.Comma(n) }

// schema is a row for each column, with what the row groups' statistics add up to.
func (r *parquetFile) schema() *Table {
	t := &Table{Columns: []Column{
		{Name: "column"},
		{Name: "type"},
		{Name: "nulls", Number: true},
		{Name: "min"},
		{Name: "max"},
		{Name: "compressed", Number: true},
		{Name: "raw", Number: true},
		{Name: "codec"},
		{Name: "encodings"},
	}}
	for i, c := range r.columns {
		s := r.sum(i)
		t.Rows = append(t.Rows, []string{
			c.name, typeOf(c.Column), s.nulls, s.min, s.max, count(s.packed), count(s.raw), s.codec, s.encodings,
		})
	}
	return t
}

func typeOf(c *parquet.Column) string {
	s := strings.ToLower(c.Type().String())
	if l := c.Type().LogicalType(); l != nil {
		if t := l.Timestamp; t != nil {
			s = "timestamp in " + strings.ToLower(t.Unit.String())
			if t.IsAdjustedToUTC {
				s += ", UTC"
			}
		}
	}
	switch {
	case c.MaxRepetitionLevel() > 0:
		s += " repeated"
	case c.Optional():
		s += " optional"
	}
	return s
}

// sums are the statistics of one column in all row groups.
type sums struct {
	nulls, min, max, codec, encodings string
	packed, raw                       int64
}

func (r *parquetFile) sum(col int) sums {
	var s sums
	var lo, hi parquet.Value
	var nulls int64
	bounded, counted := len(r.meta.RowGroups) > 0, len(r.meta.RowGroups) > 0
	typ := r.columns[col].Type()
	for i, g := range r.meta.RowGroups {
		if col >= len(g.Columns) {
			return s
		}
		m := &g.Columns[col].MetaData
		s.packed += m.TotalCompressedSize
		s.raw += m.TotalUncompressedSize
		st := m.Statistics
		nulls += st.NullCount
		counted = counted && (len(st.MinValue) > 0 || len(st.Min) > 0 || st.NullCount > 0)
		a, b, ok := bounds(typ, st)
		bounded = bounded && ok
		if !bounded {
			continue
		}
		if i == 0 || typ.Compare(a, lo) < 0 {
			lo = a
		}
		if i == 0 || typ.Compare(b, hi) > 0 {
			hi = b
		}
		if i == 0 {
			s.codec = strings.ToLower(m.Codec.String())
			s.encodings = encodings(m.Encoding)
		}
	}
	if s.codec == "" && len(r.meta.RowGroups) > 0 {
		m := &r.meta.RowGroups[0].Columns[col].MetaData
		s.codec, s.encodings = strings.ToLower(m.Codec.String()), encodings(m.Encoding)
	}
	if bounded {
		s.min, s.max = r.columns[col].value(lo), r.columns[col].value(hi)
	}
	if counted {
		s.nulls = count(nulls)
	}
	return s
}

// bounds are the least and the greatest value of a chunk. Values of another
// length than the type's are lies.
func bounds(typ parquet.Type, st format.Statistics) (lo, hi parquet.Value, ok bool) {
	a, b := st.MinValue, st.MaxValue
	if len(a) == 0 && len(b) == 0 {
		a, b = st.Min, st.Max
	}
	if a == nil || b == nil {
		return lo, hi, false
	}
	want := 0
	switch typ.Kind() {
	case parquet.Boolean:
		want = 1
	case parquet.Int32, parquet.Float:
		want = 4
	case parquet.Int64, parquet.Double:
		want = 8
	case parquet.Int96:
		want = 12
	case parquet.FixedLenByteArray:
		want = typ.Length()
	case parquet.ByteArray:
		want = -1
	}
	if want >= 0 && (len(a) != want || len(b) != want) {
		return lo, hi, false
	}
	return typ.Kind().Value(a), typ.Kind().Value(b), true
}

func encodings(list []format.Encoding) string {
	names := make([]string, 0, len(list))
	for _, e := range list {
		names = append(names, strings.ToLower(e.String()))
	}
	return strings.Join(names, " ")
}

// rowGroups is a row for each row group.
func (r *parquetFile) rowGroups() *Table {
	t := &Table{Columns: []Column{
		{Name: "row group", Number: true}, {Name: "rows", Number: true}, {Name: "compressed", Number: true}, {Name: "raw", Number: true}, {Name: "offset", Number: true}, {Name: "sorted by"},
	}}
	for i, g := range r.meta.RowGroups {
		var packed, from int64
		for k, c := range g.Columns {
			packed += c.MetaData.TotalCompressedSize
			if start := chunkOf(c.MetaData).from; k == 0 || start < from {
				from = start
			}
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(i + 1), count(g.NumRows), count(packed), count(g.TotalByteSize), count(from), r.sorting(g)})
	}
	return t
}

func (r *parquetFile) sorting(g format.RowGroup) string {
	var names []string
	for _, s := range g.SortingColumns {
		if int(s.ColumnIdx) >= len(r.columns) || s.ColumnIdx < 0 {
			continue
		}
		name := r.columns[s.ColumnIdx].name
		if s.Descending {
			name += " descending"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// chunkOf is where the bytes of a column chunk are.
func chunkOf(m format.ColumnMetaData) extent {
	from := m.DataPageOffset
	if d := m.DictionaryPageOffset; d > 0 && d < from {
		from = d
	}
	return extent{from, m.TotalCompressedSize}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%s %s", count(int64(n)), many)
}
