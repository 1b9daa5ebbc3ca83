package peek

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"straws/awsclient/inside"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
	"straws/ui/textpane"
)

// widestCell is how wide a column of a file may grow; enter shows all of a value.
const widestCell = 40

// row is one record of a table.
type row struct {
	n     int // from 1
	cells []string
	of    *inside.Table
}

func (r row) cell(col int) string {
	if col < len(r.cells) {
		return r.cells[col]
	}
	return ""
}

// MarshalJSON writes the row as an object, in the order of its columns.
func (r row) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, c := range r.cells {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(r.of.Columns[i].Name)
		if err != nil {
			return nil, fmt.Errorf("write a row as JSON: %w", err)
		}
		value, err := json.Marshal(c)
		if err != nil {
			return nil, fmt.Errorf("write a row as JSON: %w", err)
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(literal(c, value))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// literal keeps numbers, and values that are JSON themselves, as they are.
func literal(raw string, quoted []byte) []byte {
	s := strings.TrimSpace(raw)
	if s != "" && (s[0] == '{' || s[0] == '[' || s[0] == '-' || s[0] >= '0' && s[0] <= '9') && json.Valid([]byte(s)) {
		return []byte(s)
	}
	return quoted
}

// rowsChild is a table that may grow.
type rowsChild struct {
	*listpane.Pane[row]

	table *inside.Table
}

func newRows(env pane.Env, v inside.View, copies func(pane.Env) []listpane.Copy) *rowsChild {
	c := &rowsChild{table: v.Table}
	made := listpane.New(listpane.Spec[row]{
		Noun:    "row",
		ID:      func(r row) string { return strconv.Itoa(r.n) },
		Columns: func(pane.Env) []table.Column[row] { return columns(c.table) },
		Load:    func(pane.Env) load.Pager[row] { return c.rows() },
		Enter:   record,
		Copies:  func(env pane.Env, r row) []listpane.Copy { return rowCopies(env, r, copies) },
		Empty:   "there is no row below the header",
		Wide:    true,
	})(env)
	c.Pane = made.(*listpane.Pane[row]) //nolint:forcetypeassert // it makes no other
	return c
}

func (c *rowsChild) renew(v inside.View) bool {
	if len(v.Table.Columns) != len(c.table.Columns) {
		return false
	}
	c.table = v.Table
	return true
}

// Status implements pane.Statuser.
func (c *rowsChild) Status() string {
	return c.Pane.Status() + " · " + format.Plural(len(c.table.Columns), "column", "columns")
}

// Hints implements pane.Hinter.
func (c *rowsChild) Hints() []pane.Hint {
	if c.Capturing() {
		return c.Pane.Hints()
	}
	return append(c.Pane.Hints(), pane.Hint{Keys: "< >", Label: "columns"})
}

func (c *rowsChild) rows() load.Pager[row] {
	t := c.table
	return once(func() []row {
		out := make([]row, len(t.Rows))
		for i, cells := range t.Rows {
			out[i] = row{i + 1, cells, t}
		}
		return out
	})
}

func columns(t *inside.Table) []table.Column[row] {
	out := make([]table.Column[row], len(t.Columns))
	for i, c := range t.Columns {
		out[i] = table.Column[row]{
			Title: c.Name, Fit: widestCell, Right: c.Number, Drop: i,
			Cell:  func(r row) string { return r.cell(i) },
			Order: func(a, b row) int { return compare(a.cell(i), b.cell(i), c.Number) },
		}
	}
	return out
}

// compare orders values; what is no number comes before the numbers.
func compare(a, b string, number bool) int {
	if number {
		x, okX := inside.Number(a)
		y, okY := inside.Number(b)
		switch {
		case okX && okY:
			return cmp.Compare(x, y)
		case okX:
			return 1
		case okY:
			return -1
		}
	}
	return strings.Compare(a, b)
}

// record is a row on a screen of its own, a field a line.
func record(r row) pane.Factory {
	return textpane.New(textpane.Spec{
		Title: "row " + strconv.Itoa(r.n), JSON: true,
		Load: func(context.Context, pane.Env) (string, error) { return textpane.Record(r) },
	})
}

func rowCopies(env pane.Env, r row, of func(pane.Env) []listpane.Copy) []listpane.Copy {
	out := []listpane.Copy{{Label: "row", Text: strings.Join(r.cells, "\t")}}
	if of != nil {
		out = append(out, of(env)...)
	}
	return out
}
