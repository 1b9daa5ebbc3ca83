package inside

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	maxColumns = 500     // that are kept of a row
	maxCell    = 4 << 10 // bytes that are kept of a value
	judged     = 200     // rows that decide what a column holds
)

// separated is a text of separated values as a table; nil when it is none.
func separated(plain View, cut bool) *Content {
	sep := separator(plain.Syntax, plain.Text)
	c := &Content{}
	if cut {
		if i := strings.LastIndexByte(plain.Text, '\n'); i >= 0 && i+1 < len(plain.Text) {
			plain.Text = plain.Text[:i+1]
			c.Notes = append(c.Notes, "the last line is cut and left out")
		}
	}
	rows, wide := parse(plain.Text, sep)
	if len(rows) == 0 {
		return nil
	}
	t := &Table{Rows: rows}
	if hasHeader(rows) {
		for _, name := range rows[0] {
			t.Columns = append(t.Columns, Column{Name: strings.TrimSpace(name)})
		}
		t.Rows = rows[1:]
	}
	for _, r := range t.Rows {
		for len(t.Columns) < len(r) {
			t.Columns = append(t.Columns, Column{Name: strconv.Itoa(len(t.Columns) + 1)})
		}
	}
	t.measure()
	if wide > maxColumns {
		c.Notes = append(c.Notes, fmt.Sprintf("%d of %d columns are shown", maxColumns, wide))
	}
	c.Form = map[rune]string{',': "CSV", ';': "CSV with ;", '\t': "TSV", '|': "CSV with |"}[sep]
	c.Views = []View{{Name: "columns", Shape: Rows, Table: t}, plain}
	return c
}

// separator is the character that parts the lines most evenly.
func separator(name, text string) rune {
	best, most := ',', 0
	switch strings.ToLower(path.Ext(name)) {
	case ".tsv", ".tab":
		return '\t'
	case ".psv":
		best = '|'
	}
	for _, sep := range ",;\t|" {
		if n := evenness(text, sep); n > most {
			best, most = sep, n
		}
	}
	return best
}

// evenness is how often sep stands in the first lines: the least of them that is
// not rare, with a bonus when all agree.
func evenness(text string, sep rune) int {
	var counts []int
	for line := range strings.Lines(text[:min(len(text), 64<<10)]) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		counts = append(counts, outside(line, sep))
		if len(counts) == 20 {
			break
		}
	}
	if len(counts) > 1 && !strings.HasSuffix(text, "\n") {
		counts = counts[:len(counts)-1] // it may be cut
	}
	if len(counts) == 0 {
		return 0
	}
	slices.Sort(counts)
	typical := counts[len(counts)/2]
	if counts[0] == counts[len(counts)-1] {
		return 4 * typical
	}
	return typical
}

// outside counts sep outside of quotes.
func outside(line string, sep rune) int {
	n, quoted := 0, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == sep && !quoted:
			n++
		}
	}
	return n
}

// looksSeparated reports whether a text whose name does not say so is columns.
func looksSeparated(text string) bool {
	lines := strings.SplitN(text[:min(len(text), 64<<10)], "\n", 12)
	if len(lines) < 4 {
		return false
	}
	lines = lines[:len(lines)-1]
	for _, sep := range "\t,;|" {
		n := outside(lines[0], sep)
		same := func(l string) bool { return outside(l, sep) == n }
		if n >= 2 && !slices.ContainsFunc(lines, func(l string) bool { return !same(l) }) {
			return true
		}
	}
	return false
}

// parse reads the records, with quotes where they are used as CSV has them, and
// the width of the widest.
func parse(text string, sep rune) (rows [][]string, wide int) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = sep, -1, true
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, wide
		}
		if err != nil || slices.ContainsFunc(row, runaway) {
			return split(text, sep) // a quote that is not one
		}
		wide = max(wide, len(row))
		rows = append(rows, kept(row))
	}
}

// runaway is a field that a lone quote made of many lines.
func runaway(field string) bool { return len(field) > maxCell && strings.Count(field, "\n") > 20 }

func split(text string, sep rune) (rows [][]string, wide int) {
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			continue
		}
		wide = max(wide, strings.Count(line, string(sep))+1)
		rows = append(rows, kept(strings.SplitN(line, string(sep), maxColumns+1)))
	}
	return rows, wide
}

func kept(row []string) []string {
	row = row[:min(len(row), maxColumns)]
	for i, s := range row {
		row[i] = short(s)
	}
	return slices.Clone(row)
}

func short(s string) string {
	if len(s) <= maxCell {
		return s
	}
	return strings.ToValidUTF8(s[:maxCell], "") + "…"
}

// hasHeader reports whether the first record names the columns: it has no
// numbers and no gaps, and either names look like names or some column below
// holds numbers.
func hasHeader(rows [][]string) bool {
	seen := map[string]bool{}
	for _, s := range rows[0] {
		s = strings.TrimSpace(s)
		if s == "" || number(s) || seen[s] || len(s) > 100 {
			return false
		}
		seen[s] = true
	}
	if len(rows) == 1 {
		return false
	}
	below := Table{Columns: make([]Column, len(rows[0])), Rows: rows[1:]}
	below.measure()
	if slices.ContainsFunc(below.Columns, func(c Column) bool { return c.Number }) {
		return true
	}
	for i, s := range rows[0] { // a header does not come again below
		for _, r := range rows[1:min(len(rows), judged)] {
			if i < len(r) && r[i] == s {
				return false
			}
		}
	}
	return true
}

// measure finds out which columns hold numbers.
func (t *Table) measure() {
	for i := range t.Columns {
		numbers, others := 0, 0
		for _, r := range t.Rows[:min(len(t.Rows), judged)] {
			if i >= len(r) || strings.TrimSpace(r[i]) == "" {
				continue
			}
			if number(r[i]) {
				numbers++
			} else {
				others++
			}
		}
		t.Columns[i].Number = numbers > 0 && others*10 <= numbers
	}
}

func number(s string) bool {
	_, ok := Number(s)
	return ok
}

// Number is the value of a cell that holds one.
func Number(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 40 || s[0] > '9' { // not "inf", "nan" and "0x"-less words
		return 0, false
	}
	if len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9' { // a code with leading zeros
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	return v, err == nil
}
