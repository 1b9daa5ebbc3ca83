package peek

import (
	"context"
	"fmt"
	"strings"

	"straws/awsclient/inside"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

const (
	previewRows    = 200
	previewColumns = 20
	previewCell    = 24
	previewBytes   = 4 << 10
	previewPer     = 8 // bytes of a line
)

// Preview is what a file holds, as a text to stand beside a list.
func Preview(ctx context.Context, f *inside.File) (listpane.Preview, error) {
	c, err := inside.Look(ctx, f, inside.Glance())
	if err != nil {
		return listpane.Preview{}, err
	}
	v := c.Views[0]
	out := listpane.Preview{Title: strings.Join(append([]string{c.Form}, c.Notes...), " · ")}
	if f.Size() == 0 {
		out.Title = "empty"
	} else if len(c.Notes) == 0 {
		out.Title = c.Form + " · " + format.Size(f.Size())
	}
	if c.Err != nil {
		out.Title = reason(c.Err) + " · " + out.Title
	}
	switch v.Shape {
	case inside.Text, inside.JSON:
		out.Text, out.Name = v.Text, v.Syntax
	case inside.Rows:
		out.Text = aligned(v.Table)
	case inside.Archive:
		out.Text = listed(v.Entries)
	case inside.Picture:
		out.Draw = func(w, h int, th *theme.Theme) []string { return cells(v.Image, w, h, th) }
	case inside.Hex:
		out.Text = hexDump(v.Bytes[:min(len(v.Bytes), previewBytes)])
	}
	return out, nil
}

// aligned writes the first rows of a table under each other.
func aligned(t *inside.Table) string {
	cols := t.Columns[:min(len(t.Columns), previewColumns)]
	rows := t.Rows[:min(len(t.Rows), previewRows)]
	head := make([]string, len(cols))
	for i, c := range cols {
		head[i] = c.Name
	}
	lines := make([]strings.Builder, len(rows)+1)
	for i, c := range cols {
		width := 0
		for n := range lines {
			width = max(width, ansi.StringWidth(cellOf(head, rows, n, i)))
		}
		for n := range lines {
			text := cellOf(head, rows, n, i)
			pad := strings.Repeat(" ", width-ansi.StringWidth(text))
			if c.Number {
				lines[n].WriteString(pad + text + "  ")
			} else {
				lines[n].WriteString(text + pad + "  ")
			}
		}
	}
	var b strings.Builder
	for i := range lines {
		b.WriteString(strings.TrimRight(lines[i].String(), " ") + "\n")
	}
	return b.String()
}

// cellOf is a cell of line n, where line 0 is the head.
func cellOf(head []string, rows [][]string, n, col int) string {
	s := ""
	switch {
	case n == 0:
		s = head[col]
	case col < len(rows[n-1]):
		s = rows[n-1][col]
	}
	return ansi.Truncate(clean.Line(s), previewCell, "…")
}

func listed(entries []inside.Entry) string {
	var b strings.Builder
	for _, e := range entries[:min(len(entries), previewRows)] {
		fmt.Fprintf(&b, "%9s  %s\n", sizeOf(member{Entry: e}, e.Size), clean.Line(e.Name))
	}
	return b.String()
}

func hexDump(data []byte) string {
	var b strings.Builder
	for at := 0; at < len(data); at += previewPer {
		b.WriteString(offset(int64(at)) + dump(data[at:min(at+previewPer, len(data))], previewPer) + "\n")
	}
	return b.String()
}
