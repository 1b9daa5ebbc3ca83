package inside

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

const (
	footTail   = 64 << 10 // bytes that are read for the footer at first
	maxFooter  = 64 << 20
	parquetEnd = 8 // the footer's length and PAR1
)

// parquet shows the schema and the statistics from the footer, and the first
// rows where their pages are small enough.
func (f *File) parquet(l Limits) *Content {
	f.begin(f.ctx, l.Most, 1)
	c := &Content{Form: "Parquet"}
	need, err := f.footer()
	switch {
	case err != nil:
		c.Err = err
		return c
	case need > f.left():
		c.More = need
		c.Notes = append(c.Notes, "its footer has "+size(need))
		return c
	}
	p, err := parquet.OpenFile(f, f.Size(), parquet.SkipMagicBytes(true), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		c.Err = fmt.Errorf("read its footer: %w", err)
		return c
	}
	r := &parquetFile{file: f, meta: p.Metadata(), groups: p.RowGroups()}
	r.leaves(p.Root())
	c.Form += r.form()
	rows := r.rows(c, l)
	if rows != nil {
		c.Views = append(c.Views, View{Name: "rows", Shape: Rows, Table: rows})
	}
	c.Views = append(c.Views,
		View{Name: "schema", Shape: Rows, Table: r.schema()},
		View{Name: "row groups", Shape: Rows, Table: r.rowGroups()})
	if extra := r.keys(); extra != "" {
		c.Views = append(c.Views, View{Name: "metadata", Text: extra})
	}
	return c
}

// footer reads and checks the end of the file. Need is how many bytes more are
// needed when the footer is longer than what may be read.
func (f *File) footer() (need int64, err error) {
	tail, _, err := f.Tail(min(footTail, max(f.left()/6, parquetEnd)))
	switch {
	case err != nil:
		return 0, fmt.Errorf("read the end of the file: %w", err)
	case len(tail) < parquetEnd+4:
		return 0, errors.New("it is too short for a Parquet file")
	}
	mark := string(tail[len(tail)-4:])
	n := int64(binary.LittleEndian.Uint32(tail[len(tail)-parquetEnd:]))
	switch {
	case mark == "PARE":
		return 0, errors.New("its footer is encrypted")
	case mark != "PAR1":
		return 0, errors.New("it does not end as a Parquet file does: it may be cut")
	case n > maxFooter || n+parquetEnd > f.Size():
		return 0, fmt.Errorf("its footer claims to have %s", size(n))
	}
	if missing := n + parquetEnd - int64(len(tail)); missing > f.left() {
		return missing, nil
	}
	data, _, err := f.Tail(n + parquetEnd)
	if err != nil {
		return 0, fmt.Errorf("read its footer: %w", err)
	}
	if err := checkFooter(data[:n]); err != nil {
		return 0, fmt.Errorf("its footer is damaged: %w", err)
	}
	return 0, nil
}

// checkFooter refuses what the library would take for true and reserve the
// memory for.
func checkFooter(b []byte) error {
	n, err := checkThrift(b)
	if err != nil {
		return err
	}
	var meta format.FileMetaData
	if err := thrift.Unmarshal(&thrift.CompactProtocol{}, b[:n], &meta); err != nil {
		return fmt.Errorf("decode it: %w", err)
	}
	children := 0
	for _, e := range meta.Schema {
		if e.NumChildren < 0 || int(e.NumChildren) > len(meta.Schema) {
			return errThrift
		}
		children += int(e.NumChildren)
	}
	if children >= len(meta.Schema) && children > 0 {
		return errThrift
	}
	return nil
}

// leaf is a column that holds values.
type leaf struct {
	*parquet.Column

	name  string
	value func(parquet.Value) string
}

func (r *parquetFile) leaves(c *parquet.Column) {
	if c.Leaf() {
		r.columns = append(r.columns, leaf{c, clipName(strings.Join(c.Path(), ".")), valueOf(c.Type())})
		return
	}
	for _, sub := range c.Columns() {
		r.leaves(sub)
	}
}

func clipName(s string) string {
	// What every writer puts around the elements of a list says nothing.
	for _, noise := range []string{".list.element", ".list.item", ".bag.array_element", ".array"} {
		if short, ok := strings.CutSuffix(s, noise); ok {
			return short
		}
	}
	return strings.Replace(s, ".list.element.", ".", 1)
}

// form says how large the table is and how it is compressed.
func (r *parquetFile) form() string {
	codecs := map[string]bool{}
	var names []string
	for _, g := range r.meta.RowGroups {
		for _, c := range g.Columns {
			if name := strings.ToLower(c.MetaData.Codec.String()); !codecs[name] && len(names) < 3 {
				codecs[name] = true
				names = append(names, name)
			}
		}
	}
	return fmt.Sprintf(" (%s), %s in %s, %s", strings.Join(names, ", "), plural(int(r.meta.NumRows), "row", "rows"),
		plural(len(r.meta.RowGroups), "row group", "row groups"), plural(len(r.columns), "column", "columns"))
}

func (r *parquetFile) keys() string {
	var b strings.Builder
	if r.meta.CreatedBy != "" {
		fmt.Fprintf(&b, "written by  %s\n", r.meta.CreatedBy)
	}
	for _, kv := range r.meta.KeyValueMetadata {
		fmt.Fprintf(&b, "\n%s\n", kv.Key)
		value := short(kv.Value)
		if strings.HasPrefix(value, "{") {
			value, _ = indent(kv.Value)
		}
		b.WriteString(value + "\n")
	}
	return b.String()
}
