// Package inside tells what a file holds from a few of its bytes: text in its
// encoding, records as a table, the schema and first rows of Parquet, the
// entries of an archive, a picture. It reads ranges, never more than it is
// allowed, and takes every byte for hostile.
package inside

import "image"

// Shape is how a view is to be shown.
type Shape int

// Shapes.
const (
	Text    Shape = iota // lines
	JSON                 // lines of JSON, which jq can be asked about
	Rows                 // a table
	Archive              // entries that can be looked into
	Picture              // an image
	Hex                  // bytes
)

// Content is what was found in a file, as far as it was read.
type Content struct {
	Form  string   // "gzip, CSV with 6 columns"; what is outermost comes first
	Views []View   // the most telling one first; never empty
	Notes []string // sentences on what was left out, and why
	Ends  bool     // its end can be looked at without the rest
	More  int64    // bytes to be allowed beyond those of now for the next part; 0 when there is no more
	Err   error    // ended the read before its end; what came until then is shown
}

// View is one way to show the content.
type View struct {
	Name    string // "columns", "text", "hex"
	Shape   Shape
	Syntax  string // of Text: a file name to choose the highlighting by
	Text    string // of Text and JSON
	Source  string // of JSON: the text as it is in the file, for jq
	Table   *Table
	Entries []Entry
	Image   image.Image // not larger than thumb in either direction
	Bytes   []byte
	From    int64 // offset of Bytes in the file
}

// Table is rows under columns.
type Table struct {
	Columns []Column
	Rows    [][]string // may be shorter than Columns, never longer
}

// Column is the head of a column.
type Column struct {
	Name   string
	Number bool // its values are numbers: they stand at the right and are ordered as such
}

// Limits bound what a look may take. Zero fields mean the values of Unasked.
type Limits struct {
	Head int64 // bytes from the beginning that are worth reading when a stream is shown
	Most int64 // bytes of the file in all
	Out  int64 // bytes that decompression may make
}

// Unasked is what is read of a file that somebody opens, whatever its size.
func Unasked() Limits { return Limits{Head: 256 << 10, Most: 1_000_000, Out: 4 << 20} }

// Glance is what is read for a preview.
func Glance() Limits { return Limits{Head: 40 << 10, Most: 64 << 10, Out: 256 << 10} }

func (l Limits) filled() Limits {
	u := Unasked()
	if l.Head <= 0 {
		l.Head = u.Head
	}
	if l.Most <= 0 {
		l.Most = u.Most
	}
	if l.Out <= 0 {
		l.Out = u.Out
	}
	return l
}

// Plus allows n bytes more.
func (l Limits) Plus(n int64) Limits {
	l.Head += n
	l.Most += n
	l.Out += 4 * n
	return l
}
