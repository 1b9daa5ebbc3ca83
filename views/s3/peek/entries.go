package peek

import (
	"cmp"
	"context"
	"path"
	"strconv"
	"strings"
	"time"

	"straws/awsclient/inside"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
)

// member is an entry of an archive with its place in it: names may come twice.
type member struct {
	inside.Entry

	n int
}

// entriesChild is the list of an archive, which may grow.
type entriesChild struct {
	*listpane.Pane[member]

	entries []inside.Entry
}

func newEntries(env pane.Env, v inside.View, of Spec) *entriesChild {
	c := &entriesChild{entries: v.Entries}
	made := listpane.New(listpane.Spec[member]{
		Noun: "entry", Nouns: "entries",
		ID:      func(m member) string { return strconv.Itoa(m.n) },
		Name:    func(m member) string { return m.Name },
		Columns: memberColumns,
		Load:    func(pane.Env) load.Pager[member] { return c.members() },
		Enter:   func(m member) pane.Factory { return peekMember(m, of) },
		Preview: previewMember,
		Copies: func(env pane.Env, m member) []listpane.Copy {
			out := []listpane.Copy{{Label: "name", Text: m.Name}}
			if of.Copies != nil {
				out = append(out, of.Copies(env)...)
			}
			return out
		},
		Empty: "the archive is empty",
		Total: func(ms []member) string {
			var sum int64
			for _, m := range ms {
				sum += m.Size
			}
			return "· " + format.Size(sum)
		},
	})(env)
	c.Pane = made.(*listpane.Pane[member]) //nolint:forcetypeassert // it makes no other
	return c
}

func (c *entriesChild) renew(v inside.View) bool {
	c.entries = v.Entries
	return true
}

func (c *entriesChild) members() load.Pager[member] {
	entries := c.entries
	return once(func() []member {
		out := make([]member, len(entries))
		for i, e := range entries {
			out[i] = member{e, i}
		}
		return out
	})
}

func memberColumns(env pane.Env) []table.Column[member] {
	return []table.Column[member]{
		{Title: "NAME", Cell: name, Order: func(a, b member) int { return strings.Compare(a.Name, b.Name) }},
		{
			Title: "SIZE", Width: 9, Right: true, Bytes: func(m member) int64 { return m.Size },
			Cell:  func(m member) string { return sizeOf(m, m.Size) },
			Order: func(a, b member) int { return cmp.Compare(a.Size, b.Size) },
		},
		{
			Title: "PACKED", Width: 9, Right: true, Drop: 2, Cell: func(m member) string { return sizeOf(m, m.Packed) },
			Order: func(a, b member) int { return cmp.Compare(a.Packed, b.Packed) },
		},
		{
			Title: "MODIFIED", Width: 12, Drop: 1, Cell: func(m member) string { return format.When(m.Modified, env.Now()) },
			Order: func(a, b member) int { return a.Modified.Compare(b.Modified) }, Time: func(m member) time.Time { return m.Modified },
		},
	}
}

func name(m member) string {
	if m.Link != "" {
		return m.Name + " → " + m.Link
	}
	return m.Name
}

func sizeOf(m member, n int64) string {
	if m.Dir {
		return "-"
	}
	return format.Size(n)
}

// peekMember looks into an entry by ranges of the archive.
func peekMember(m member, of Spec) pane.Factory {
	switch {
	case m.Dir:
		return nil
	case m.Off != "":
		return New(Spec{Title: path.Base(m.Name), Instead: m.Off})
	case m.Link != "":
		return New(Spec{Title: path.Base(m.Name), Instead: "this is a link to " + m.Link})
	}
	return New(Spec{
		Title: path.Base(m.Name), Name: m.Name, Copies: of.Copies, Excuse: of.Excuse,
		Open: func(context.Context, pane.Env) (*inside.File, error) { return m.Open() },
	})
}

func previewMember(ctx context.Context, _ pane.Env, m member) (listpane.Preview, error) {
	if m.Dir || m.Off != "" || m.Link != "" {
		return listpane.Preview{Title: m.Name, Text: m.Off}, nil
	}
	f, err := m.Open()
	if err != nil {
		return listpane.Preview{}, err
	}
	return Preview(ctx, f)
}
