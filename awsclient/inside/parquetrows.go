package inside

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

const (
	firstRows   = 2000 // that are decoded
	firstLeaves = 100  // columns of which values are decoded
	pageHeader  = 512  // bytes that the header of a page has at most, mostly
	longHeader  = 64 << 10
)

// rows are the first rows of the first row group that has some, with the columns
// whose first pages may be read; nil when there are none.
func (r *parquetFile) rows(c *Content, l Limits) *Table {
	i := slices.IndexFunc(r.meta.RowGroups, func(g format.RowGroup) bool { return g.NumRows > 0 })
	if i < 0 {
		return nil
	}
	g := r.meta.RowGroups[i]
	n := min(len(r.columns), len(g.Columns), firstLeaves)
	chunks := make([]extent, n)
	for k := range n {
		chunks[k] = chunkOf(g.Columns[k].MetaData)
		if chunks[k].from < 4 || chunks[k].n <= 0 || chunks[k].from+chunks[k].n > r.file.Size() {
			c.Err = fmt.Errorf("the footer puts column %s outside of the file", r.columns[k].name)
			return nil
		}
	}
	t, cells, missing := r.decode(c, i, chunks, r.gather(g, chunks))
	r.tellMissing(c, len(cells), n, missing, l)
	if len(cells) == 0 {
		return nil
	}
	most := firstRows
	for _, values := range cells {
		most = min(most, len(values))
	}
	for row := range most {
		out := make([]string, len(cells))
		for k := range cells {
			out[k] = short(cells[k][row])
		}
		t.Rows = append(t.Rows, out)
	}
	t.measure()
	if int64(most) < r.meta.NumRows {
		c.Notes = append([]string{fmt.Sprintf("the first %s of %s rows", count(int64(most)), count(r.meta.NumRows))}, c.Notes...)
		if c.More == 0 && most < firstRows {
			c.More = step
		}
	}
	return t
}

// decode reads the columns that can be, and adds up what is missing of the others.
func (r *parquetFile) decode(c *Content, group int, chunks []extent, reach []reach) (t *Table, cells [][]string, missing int64) {
	t = &Table{}
	for k, e := range chunks {
		if reach[k].need > 0 {
			missing += reach[k].need
			continue
		}
		values, err := r.column(group, k, e.from, reach[k].whole)
		switch {
		case len(values) > 0:
			t.Columns = append(t.Columns, Column{Name: r.columns[k].name})
			cells = append(cells, values)
		case err != nil:
			c.Notes = append(c.Notes, fmt.Sprintf("column %s cannot be read: %v", r.columns[k].name, err))
		}
	}
	return t, cells, missing
}

// tellMissing says which columns would cost more than may be read.
func (r *parquetFile) tellMissing(c *Content, shown, n int, missing int64, l Limits) {
	if n < len(r.columns) {
		c.Notes = append(c.Notes, fmt.Sprintf("%d of %d columns are read", n, len(r.columns)))
	}
	if missing == 0 {
		return
	}
	c.More = max(missing+r.file.Used()-l.Most, 1)
	if shown == 0 {
		c.Notes = append(c.Notes, "the first rows need "+size(missing)+" more")
		return
	}
	c.Notes = append(c.Notes, fmt.Sprintf("%s not read yet: the first pages have %s", plural(n-shown, "column is", "columns are"), size(missing)))
}

// reach is how much of a column chunk can be decoded.
type reach struct {
	whole int64 // bytes of its beginning that are whole pages
	need  int64 // bytes that are missing of its first pages
}

// gather reads the beginnings of chunks: all of a small row group in one
// request, otherwise the first pages of each column, as many columns as fit.
func (r *parquetFile) gather(g format.RowGroup, chunks []extent) []reach {
	out := make([]reach, len(chunks))
	from, end := chunks[0].from, chunks[0].from
	for _, e := range chunks {
		from, end = min(from, e.from), max(end, e.from+e.n)
	}
	if end-from <= r.file.left() {
		r.file.prefetch([]extent{{from, end - from}})
	} else {
		r.gatherPages(g, chunks)
	}
	for k, e := range chunks {
		held := r.held(e.from)
		held = held[:min(int64(len(held)), e.n)]
		out[k] = pages(held, g.Columns[k].MetaData.Codec)
		out[k].need = min(out[k].need, e.n-int64(len(held)))
	}
	return out
}

// held is what was read from an offset on.
func (r *parquetFile) held(at int64) []byte {
	r.file.mu.Lock()
	defer r.file.mu.Unlock()
	return r.file.held(at)
}

// gatherPages reads the header of each column's first data page, which says how
// long it is, and then the pages.
func (r *parquetFile) gatherPages(g format.RowGroup, chunks []extent) {
	heads := make([]extent, 0, len(chunks))
	for k, e := range chunks {
		at := g.Columns[k].MetaData.DataPageOffset
		heads = append(heads, extent{at, min(pageHeader, e.from+e.n-at)})
		if at > e.from { // so that the need is known of what has no dictionary read yet
			heads = append(heads, extent{e.from, min(pageHeader, at-e.from)})
		}
	}
	r.file.prefetch(heads)
	for n := int64(longHeader); n <= 4*longHeader; n *= 2 { // statistics of long values make long headers
		var again []extent
		for k, e := range chunks {
			at := g.Columns[k].MetaData.DataPageOffset
			if _, _, err := header(r.held(at)); err != nil {
				again = append(again, extent{at, min(n, e.from+e.n-at)})
			}
		}
		r.file.prefetch(again)
	}
	var want []extent
	left := r.file.left()
	for k, e := range chunks {
		at := g.Columns[k].MetaData.DataPageOffset
		h, n, err := header(r.held(at))
		if err != nil {
			continue
		}
		need := at - e.from + int64(n) + int64(h.CompressedPageSize)
		missing := need - int64(len(r.held(e.from)))
		if need > 0 && need <= e.n && missing <= left {
			left -= max(missing, 0)
			want = append(want, extent{e.from, need})
		}
	}
	r.file.prefetch(want)
}

// column decodes the first values of a column, a string for each row.
func (r *parquetFile) column(group, col int, from, whole int64) ([]string, error) {
	chunk, ok := r.groups[group].ColumnChunks()[col].(*parquet.FileColumnChunk)
	if !ok {
		return nil, errors.New("it is kept in an unknown way")
	}
	pages := chunk.PagesFrom(&bounded{r.file, from + whole})
	defer pages.Close() //nolint:errcheck // only read
	c := r.columns[col]
	rows := rowsOf{value: c.value, repeated: c.MaxRepetitionLevel() > 0}
	for len(rows.out) < firstRows {
		page, err := pages.ReadPage()
		if err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				err = nil
			}
			return rows.out, err
		}
		err = rows.read(page)
		parquet.Release(page)
		if err != nil {
			return rows.out, err
		}
	}
	return rows.out, nil
}

// bounded ends a file where its whole pages end.
type bounded struct {
	file *File
	end  int64
}

// ReadAt implements io.ReaderAt.
func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if off >= b.end {
		return 0, io.EOF
	}
	n, err := b.file.ReadAt(p[:min(int64(len(p)), b.end-off)], off)
	if err == nil && n < len(p) {
		err = io.EOF
	}
	return n, err
}

// rowsOf collects values as the text of rows.
type rowsOf struct {
	value    func(parquet.Value) string
	repeated bool
	out      []string
}

func (r *rowsOf) read(page parquet.Page) error {
	values := page.Values()
	var buf [256]parquet.Value
	for len(r.out) < firstRows {
		n, err := values.ReadValues(buf[:])
		for _, v := range buf[:n] {
			r.add(v)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("decode its values: %w", err)
		}
		if n == 0 {
			return io.ErrNoProgress
		}
	}
	return nil
}

func (r *rowsOf) add(v parquet.Value) {
	text := ""
	if !v.IsNull() {
		text = short(r.value(v))
	}
	if r.repeated && v.RepetitionLevel() > 0 && len(r.out) > 0 {
		last := &r.out[len(r.out)-1]
		if len(*last) < maxCell {
			*last += ", " + text
		}
		return
	}
	r.out = append(r.out, text)
}
