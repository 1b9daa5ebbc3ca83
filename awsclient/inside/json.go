package inside

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
)

const (
	prettyMost  = 8 << 20 // bytes that indenting may make
	prettyDepth = 32      // levels that are indented; what is deeper stays under them
)

// written guesses the notation of a text from its name, and from its beginning
// where the name says nothing or is known to lie.
func written(name, text string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".json", ".geojson", ".tfstate", ".ipynb", ".avsc":
		if manyValues(text) {
			return "jsonl"
		}
		return "json"
	case ".jsonl", ".ndjson", ".ldjson":
		return "jsonl"
	case ".csv", ".tsv", ".tab", ".psv":
		return "csv"
	case "", ".txt", ".dat", ".data", ".out", ".log":
		switch {
		case manyValues(text):
			return "jsonl"
		case startsJSON(text):
			return "json"
		case ext != ".log" && looksSeparated(text):
			return "csv"
		}
	default:
		if strings.Trim(ext, ".0123456789-_") == "" && manyValues(text) { // part.0001
			return "jsonl"
		}
	}
	return ""
}

// manyValues reports whether the first two lines are one JSON object each.
func manyValues(text string) bool {
	first, rest, more := strings.Cut(strings.TrimLeft(text, " \r\n\t"), "\n")
	rest = strings.TrimLeft(rest, " \r\n\t")
	return more && strings.HasPrefix(first, "{") && strings.HasPrefix(rest, "{") && json.Valid([]byte(first))
}

// startsJSON reports whether a text is an object or an array, as far as it goes.
func startsJSON(text string) bool {
	text = strings.TrimSpace(text[:min(len(text), 64<<10)])
	if !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") {
		return false
	}
	d := json.NewDecoder(strings.NewReader(text))
	for range 1000 {
		if _, err := d.Token(); err != nil {
			return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		}
	}
	return true
}

func jsonContent(plain View, cut bool) *Content {
	pretty, all := indent(plain.Text)
	c := &Content{Form: "JSON", Views: []View{
		{Name: "pretty", Shape: JSON, Text: pretty, Source: plain.Text, Syntax: "a.json"},
		{Name: "text", Text: plain.Text, Syntax: "a.json"},
	}}
	if !all {
		c.Notes = append(c.Notes, "indenting stops after "+size(prettyMost))
	}
	if cut {
		c.Notes = append(c.Notes, "the document goes on, so jq cannot be asked yet")
	}
	return c
}

func linesOfJSON(plain View, cut bool) *Content {
	c := &Content{Form: "JSON lines"}
	if cut {
		if i := strings.LastIndexByte(plain.Text, '\n'); i >= 0 && i+1 < len(plain.Text) {
			plain.Text = plain.Text[:i+1]
			c.Notes = append(c.Notes, "the last line is cut and left out")
		}
	}
	pretty, all := indent(plain.Text)
	if !all {
		c.Notes = append(c.Notes, "indenting stops after "+size(prettyMost))
	}
	plain.Syntax = "a.json"
	c.Views = []View{{Name: "pretty", Shape: JSON, Text: pretty, Source: plain.Text, Syntax: "a.json"}, plain}
	if t := records(plain.Text); t != nil {
		c.Views = append(c.Views, View{Name: "columns", Shape: Rows, Table: t})
	}
	return c
}

// indent writes JSON with one field a line. It goes by the punctuation alone, so
// that a document that is cut, or not quite JSON, is shown as far as it goes;
// all is false when it stopped at what is made at most.
func indent(s string) (out string, all bool) {
	w := indenter{}
	for i := 0; i < len(s); i++ {
		if w.b.Len() > prettyMost {
			return w.b.String(), false
		}
		if c := s[i]; c == '"' {
			end := stringEnd(s, i)
			w.value(s[i:end])
			i = end - 1
		} else {
			w.byte(c, s[i+1:])
		}
	}
	return w.b.String(), true
}

// stringEnd is the offset behind the string that begins at i.
func stringEnd(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(s)
}

type indenter struct {
	b     bytes.Buffer
	depth int
	inner bool // something stands on this line
}

func (w *indenter) value(s string) {
	w.b.WriteString(s)
	w.inner = true
}

func (w *indenter) newline() {
	w.b.WriteByte('\n')
	for range min(w.depth, prettyDepth) {
		w.b.WriteString("  ")
	}
	w.inner = false
}

// byte writes a character outside of strings; rest is what follows it.
func (w *indenter) byte(c byte, rest string) {
	switch c {
	case '{', '[':
		w.value(string(c))
		if next := strings.TrimLeft(rest, " \t\r\n"); next != "" && next[0] == c+2 { // "{}" and "[]" stay together
			return
		}
		w.depth++
		w.newline()
	case '}', ']':
		if b := w.b.Bytes(); len(b) > 0 && b[len(b)-1] == c-2 && w.inner {
			w.value(string(c))
			break
		}
		w.depth = max(w.depth-1, 0)
		w.newline()
		w.value(string(c))
	case ',':
		w.value(",")
		w.newline()
	case ':':
		w.value(": ")
	case '\n':
		if w.depth == 0 && w.inner {
			w.newline()
		}
	case ' ', '\t', '\r':
	default:
		w.b.WriteByte(c)
		w.inner = true
	}
}

const recordColumns = 200 // keys of records that become columns

// records is JSON lines as a table of their fields; nil when they are no objects.
func records(text string) *Table {
	t := &Table{}
	at := map[string]int{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		keys, values, ok := fields(line)
		if !ok {
			if len(t.Rows) == 0 {
				return nil
			}
			continue
		}
		t.record(at, keys, values)
	}
	if len(t.Rows) == 0 {
		return nil
	}
	t.measure()
	return t
}

// record adds a row, and a column for each key that is new; at tells the columns
// of those before.
func (t *Table) record(at map[string]int, keys, values []string) {
	row := make([]string, 0, len(keys))
	for i, k := range keys {
		col, known := at[k]
		if !known {
			if col = len(t.Columns); col >= recordColumns {
				continue
			}
			at[k] = col
			t.Columns = append(t.Columns, Column{Name: k})
		}
		for len(row) <= col {
			row = append(row, "")
		}
		row[col] = short(values[i])
	}
	t.Rows = append(t.Rows, slices.Clip(row))
}

// fields are the fields of one object in their order.
func fields(line string) (keys, values []string, ok bool) {
	d := json.NewDecoder(strings.NewReader(line))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, nil, false
	}
	for d.More() {
		k, err := d.Token()
		name, isName := k.(string)
		var v json.RawMessage
		if err != nil || !isName || d.Decode(&v) != nil {
			return nil, nil, false
		}
		text := string(v)
		var s string
		if len(v) > 0 && v[0] == '"' && json.Unmarshal(v, &s) == nil {
			text = s
		}
		if text == "null" {
			text = ""
		}
		keys, values = append(keys, name), append(values, text)
	}
	return keys, values, true
}
