package s3

import (
	"context"
	"strings"
	"sync/atomic"

	"straws/awsclient/s3"
	"straws/ui/clean"
	"straws/ui/listpane"
	"straws/ui/pane"
	"straws/ui/paths"
	"straws/ui/theme"
	"straws/views/s3/local"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// besideWidth is the least width at which the local folder stands beside the
// level. On a narrower screen the one with the keys has all of it.
const besideWidth = 120

// dock is the local folder, which all levels of the session share: what is marked
// in it stays while the user goes about in S3.
type dock struct {
	open    bool
	focused bool // it has the keys, and not the level
	hidden  bool
	folder  string
	list    screen
	theme   theme.Theme // of the list
	owner   *sides      // the level that is on the screen, or was last
	changes atomic.Int64
}

// screen is what a list can do, beside being a pane.
type screen interface {
	pane.Pane
	pane.Capturer
	pane.Backer
	pane.Refresher
	pane.Statuser
	pane.Prompter
	pane.Watcher
	pane.Summarizer
	pane.Hinter
	Seek(id string)
}

// sides is a level with the local folder beside it, when that is open.
type sides struct {
	screen // the level

	env   pane.Env
	place place
	theme theme.Theme // of the level
}

// docked puts the local folder beside the list of a level.
func docked(env pane.Env, bucket, prefix string) pane.Pane {
	l := &sides{env: env, theme: *env.Theme}
	env.Theme = &l.theme
	l.place = place{env, bucket, prefix}
	list := listpane.New(l.place.spec())(env)
	s, ok := list.(screen)
	if !ok {
		return list
	}
	l.screen = s
	return l
}

// paint gives both lists the theme of the program as it is at this moment. The
// list without the keys has no filled row, so that there is one cursor to see.
func (l *sides) paint(beside bool) {
	d := l.dock()
	l.theme, d.theme = *l.env.Theme, *l.env.Theme
	l.theme.Thin = l.theme.Thin || beside && d.focused
	d.theme.Thin = d.theme.Thin || !d.focused
}

func (l *sides) dock() *dock { return &deskOf(l.env.AWS).dock }

// has reports whether the local folder has the keys.
func (l *sides) has() bool { return l.dock().open && l.dock().focused }

// front is the list that has the keys.
func (l *sides) front() screen {
	if l.has() && l.dock().list != nil {
		return l.dock().list
	}
	return l.screen
}

// Update implements pane.Pane. The level that was last on the screen hands the
// answers to the local folder, so that it gets each of them once.
func (l *sides) Update(msg tea.Msg) tea.Cmd {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg:
		return l.front().Update(msg)
	}
	cmd := l.screen.Update(msg)
	if d := l.dock(); d.open && d.owner == l && d.list != nil {
		cmd = tea.Batch(cmd, d.list.Update(msg))
	}
	return cmd
}

// Watch implements pane.Watcher.
func (l *sides) Watch(visible bool) tea.Cmd {
	cmd := l.screen.Watch(visible)
	switch d := l.dock(); {
	case !d.open || d.list == nil:
		return cmd
	case visible && d.owner != l:
		// What was on its way to a level that has been left is lost.
		d.owner = l
		return tea.Batch(cmd, d.list.Watch(true), d.list.Refresh())
	default:
		return tea.Batch(cmd, d.list.Watch(visible))
	}
}

// Capturing implements pane.Capturer.
func (l *sides) Capturing() bool { return l.front().Capturing() }

// Refresh implements pane.Refresher.
func (l *sides) Refresh() tea.Cmd { return l.front().Refresh() }

// Status implements pane.Statuser.
func (l *sides) Status() string { return l.front().Status() }

// Prompt implements pane.Prompter.
func (l *sides) Prompt() (string, int, bool) { return l.front().Prompt() }

// Hints implements pane.Hinter.
func (l *sides) Hints() []pane.Hint { return l.front().Hints() }

// Back implements pane.Backer: from the local folder it leads to the level.
func (l *sides) Back() (tea.Cmd, bool) {
	cmd, done := l.front().Back()
	if !done && l.has() {
		l.dock().focused = false
		return nil, true
	}
	return cmd, done
}

// Actions implements pane.Pane.
func (l *sides) Actions() []pane.Action {
	d := l.dock()
	toggle := pane.Action{ID: "s3.local", Label: "Local files", Keys: []string{"L"}, Do: l.toggle}
	if !d.open {
		return append(l.screen.Actions(), toggle)
	}
	toggle.Label = "Close local files"
	other := pane.Action{ID: "s3.local.focus", Label: "Other side", Keys: []string{"tab"}, Do: func() tea.Cmd { d.focused = !d.focused; return nil }}
	return append([]pane.Action{other}, append(l.front().Actions(), toggle)...)
}

// toggle opens the local folder with the keys in it, or closes it.
func (l *sides) toggle() tea.Cmd {
	d := l.dock()
	if d.open = !d.open; !d.open {
		d.focused = false
		return nil
	}
	if d.folder == "" {
		d.folder = paths.Expand(deskOf(l.env.AWS).folder)
	}
	d.focused, d.owner = true, l
	if d.list != nil {
		return tea.Batch(d.list.Watch(true), d.list.Refresh())
	}
	return l.show(d.folder, "")
}

// show lists a folder in place of the one before.
func (l *sides) show(folder, seek string) tea.Cmd {
	d := l.dock()
	env := l.env
	// The folder outlives the level that opened it.
	env.Ctx, env.Reload, env.Theme = context.WithoutCancel(env.Ctx), nil, &d.theme
	list, ok := local.New(local.Folder{
		Path: folder, Hidden: d.hidden,
		Changes: func(pane.Env) *atomic.Int64 { return &d.changes },
		Enter:   func(path, seek string) tea.Cmd { return d.owner.show(path, seek) },
		Show: func(hidden bool) tea.Cmd {
			d.hidden = hidden
			return d.owner.show(d.folder, "")
		},
		Actions: []listpane.Action[local.Entry]{d.upload()},
	})(env).(screen)
	if !ok {
		return nil
	}
	d.folder, d.list = folder, list
	list.Seek(seek)
	return list.Init()
}

// upload puts what is chosen into the level beside.
func (d *dock) upload() listpane.Action[local.Entry] {
	return listpane.Action[local.Entry]{
		ID: "local.upload", Label: "Upload", Keys: []string{"u"}, Needs: uploadNeeds,
		Off: func(e local.Entry) string {
			switch {
			case d.owner.env.AWS.ReadOnly():
				return "this session is read-only"
			case e.Special:
				return "it is neither a file nor a folder"
			}
			return ""
		},
		Many: func(list pane.Env, rows []local.Entry) tea.Cmd {
			var chosen []string
			for _, e := range rows {
				chosen = append(chosen, e.Path)
			}
			d.owner.place.put(d.owner.env, list, chosen)
			return nil
		},
		Command: func(_ pane.Env, e local.Entry) []string {
			return s3.UploadCommand(e.Path, d.owner.place.bucket, d.owner.place.prefix, e.Folder)
		},
	}
}

// View implements pane.Pane.
func (l *sides) View(w, h int) string {
	d := l.dock()
	l.paint(d.open && d.list != nil && w >= besideWidth)
	switch {
	case !d.open || d.list == nil:
		return l.screen.View(w, h)
	case w < besideWidth && !d.focused:
		return l.screen.View(w, h)
	case w < besideWidth:
		return l.heading(w, paths.Short(d.folder), true) + "\n" + d.list.View(w, h-1)
	}
	left := (w - 3) / 2
	right := w - 3 - left
	above := l.heading(left, s3.URI(l.place.bucket, l.place.prefix), !d.focused) + " " + l.env.Theme.Line.Render("│") + " " +
		l.heading(right, paths.Short(d.folder), d.focused)
	lines, others := strings.Split(l.screen.View(left, h-1), "\n"), strings.Split(d.list.View(right, h-1), "\n")
	rule := " " + l.env.Theme.Line.Render("│") + " "
	for i := range lines {
		lines[i] += strings.Repeat(" ", max(left-ansi.StringWidth(lines[i]), 0)) + rule + others[i]
	}
	return above + "\n" + strings.Join(lines, "\n")
}

// Summary implements pane.Summarizer.
func (l *sides) Summary(w, h int) (head, body string) {
	l.paint(false)
	return l.screen.Summary(w, h)
}

// heading names one side in w cells; the side with the keys is marked.
func (l *sides) heading(w int, path string, keys bool) string {
	path = clean.Line(path)
	if n := ansi.StringWidth(path); n > w-3 {
		path = "…" + ansi.TruncateLeft(path, n-w+4, "")
	}
	mark, style := "   ", l.env.Theme.Muted
	if keys {
		mark, style = " ▸ ", l.env.Theme.Accent
	}
	return style.Render(mark+path) + strings.Repeat(" ", max(w-3-ansi.StringWidth(path), 0))
}
