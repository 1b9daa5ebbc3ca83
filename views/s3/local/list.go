package local

import (
	"cmp"
	"context"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/paths"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
)

// Folder describes the list of one folder.
type Folder struct {
	Path    string
	Hidden  bool                            // names that begin with a dot are shown
	Changes func(pane.Env) *atomic.Int64    // see listpane.Spec
	Enter   func(path, seek string) tea.Cmd // goes to another folder, with the cursor on a name
	Show    func(hidden bool) tea.Cmd       // lists the folder again, hidden names or not
	Actions []listpane.Action[Entry]        // beside going about
}

// New makes the list of a folder.
func New(f Folder) pane.Factory {
	return listpane.New(listpane.Spec[Entry]{
		Title: paths.Short(f.Path), Noun: "entry", Nouns: "entries",
		ID:      func(e Entry) string { return e.Name },
		Name:    name,
		Columns: columns,
		Load:    func(pane.Env) load.Pager[Entry] { return list(f.Path, f.Hidden) },
		Order:   order,
		Changes: f.Changes,
		Record:  record,
		Copies: func(_ pane.Env, e Entry) []listpane.Copy {
			return []listpane.Copy{{Label: "name", Text: e.Name}, {Label: "path", Text: e.Path}}
		},
		Actions: append([]listpane.Action[Entry]{f.open()}, f.Actions...),
		Place:   f.about,
		Empty:   "this folder is empty; backspace goes up",
		Total:   total,
	})
}

// name is what a row is called: folders end with a slash.
func name(e Entry) string {
	if e.Folder {
		return e.Name + "/"
	}
	return e.Name
}

// order is folders first, then by name as people read it.
func order(a, b Entry) int {
	if a.Folder != b.Folder {
		return cmp.Compare(b2i(b.Folder), b2i(a.Folder))
	}
	return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Name, b.Name))
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func columns(env pane.Env) []table.Column[Entry] {
	size := func(e Entry) int64 { return e.Size }
	modified := func(e Entry) time.Time { return e.Modified }
	return []table.Column[Entry]{
		{Title: "NAME", Cell: name, Order: table.ByText(name), Tone: func(e Entry) table.Tone {
			switch {
			case e.Folder:
				return table.Accent
			case e.Special:
				return table.Muted
			}
			return table.Plain
		}},
		{
			Title: "SIZE", Width: 9, Right: true, Drop: 1, Order: table.ByNumber(size), Bytes: size,
			Cell: func(e Entry) string {
				if e.Folder || e.Special {
					return "-"
				}
				return format.Size(e.Size)
			},
		},
		{
			Title: "MODIFIED", Width: 12, Drop: 2, Order: table.ByTime(modified), Time: modified,
			Cell: func(e Entry) string { return format.When(e.Modified, env.Now()) },
			Tone: func(Entry) table.Tone { return table.Muted },
		},
	}
}

func total(rows []Entry) string {
	var sum int64
	for _, e := range rows {
		sum += e.Size
	}
	return "· " + format.Size(sum)
}

// record is what the file system says of a row.
func record(_ context.Context, _ pane.Env, e Entry) (any, error) {
	out := map[string]any{"Path": e.Path, "Size": e.Size, "Modified": e.Modified}
	if info, err := os.Lstat(e.Path); err == nil {
		out["Mode"] = info.Mode().String()
	}
	if to, err := os.Readlink(e.Path); err == nil {
		out["LinksTo"] = to
	}
	return out, nil
}

func (f Folder) open() listpane.Action[Entry] {
	return listpane.Action[Entry]{
		ID: "local.open", Label: "Open", Keys: []string{"enter", "l", "right"},
		Off: func(e Entry) string {
			if !e.Folder {
				return "it is not a folder; u uploads it"
			}
			return ""
		},
		Do: func(_ pane.Env, e Entry) tea.Cmd { return f.Enter(e.Path, "") },
	}
}
