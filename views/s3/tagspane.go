package s3

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/ui/form"
	"straws/ui/format"
	"straws/ui/job"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Title implements pane.Pane.
func (p *tagsPane) Title() string { return "tags of " + p.subject() }

// Init implements pane.Pane.
func (p *tagsPane) Init() tea.Cmd {
	if !p.single() {
		p.form = form.New(nil) // what the objects have is their own; nothing is asked
		return nil
	}
	return p.Refresh()
}

// Refresh implements pane.Refresher. What was typed stays, and is then a change
// to what the tags have become.
func (p *tagsPane) Refresh() tea.Cmd {
	if !p.single() {
		return nil
	}
	p.load.Cancel()
	o, aws := p.chosen.targets[0].Object, p.env.AWS
	return p.load.Start(p.env.Ctx, "tags", load.Once(func(ctx context.Context) (map[string]string, error) {
		return s3.ObjectTags(ctx, aws, o)
	}))
}

// Update implements pane.Pane.
func (p *tagsPane) Update(msg tea.Msg) tea.Cmd {
	if page, _, ok := p.load.Accept(msg); ok {
		p.accept(page)
		return nil
	}
	if p.form == nil {
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.warned = false
		if p.saving {
			p.env.Flash(pane.Info, "the change is being made; nothing can be typed meanwhile")
			return nil
		}
		p.form.Key(msg)
	case tea.PasteMsg:
		if !p.form.Editing() {
			p.env.Flash(pane.Info, "nothing was pasted: enter edits a tag, n adds one")
		}
		p.form.Paste(msg.Content)
	}
	return nil
}

func (p *tagsPane) accept(page load.Page[map[string]string]) {
	p.err = awsclient.Classify(page.Err)
	switch {
	case p.err != nil && p.form != nil && !errors.Is(p.err, context.Canceled):
		p.env.Fail(p.err)
	case p.err != nil:
	case p.form == nil:
		p.was = page.Items[0]
		p.form = form.New(tagFields(p.was))
	default:
		p.was = page.Items[0]
		p.form.Rebase(tagFields(p.was))
	}
}

// View implements pane.Pane.
func (p *tagsPane) View(w, h int) string {
	if p.form == nil {
		return textpane.Placeholder(w, h, p.env, p.load.Busy(), p.err)
	}
	if len(p.form.Values()) == 0 {
		lines := make([]string, h)
		if h > 1 {
			lines[1] = ansi.Truncate(p.env.Theme.Muted.Render("   "+p.nothing()), w, "…")
		}
		return strings.Join(lines, "\n")
	}
	return p.form.Draw(w, h, p.env.Theme)
}

func (p *tagsPane) nothing() string {
	if p.single() {
		return "no tags; n adds one"
	}
	return "n adds a tag to set on all of them, or with -KEY one to take away"
}

// Cursor implements pane.Cursorer.
func (p *tagsPane) Cursor() (x, y int, ok bool) {
	if p.form == nil {
		return 0, 0, false
	}
	return p.form.Cursor()
}

// Capturing implements pane.Capturer.
func (p *tagsPane) Capturing() bool { return p.form != nil && p.form.Editing() }

// Back implements pane.Backer: what was typed is not dropped by one key.
func (p *tagsPane) Back() (tea.Cmd, bool) {
	if p.form == nil || !p.form.Changed() || p.warned {
		return nil, false
	}
	p.warned = true
	p.env.Flash(pane.Warn, "the change is not made yet; the same key again drops it")
	return nil, true
}

// Status implements pane.Statuser.
func (p *tagsPane) Status() string {
	switch {
	case p.load.Busy():
		return "loading"
	case p.form == nil:
		return ""
	case p.saving:
		return "the change is being made"
	case p.problem() != "":
		return p.env.Theme.Bad.Render(p.problem())
	case p.form.Changed():
		return p.env.Theme.Warn.Render("not sent yet")
	case !p.single():
		return p.subject()
	}
	return format.Plural(len(p.was), "tag", "tags") + " of at most " + fmt.Sprint(s3.MaxTags)
}

// Hints implements pane.Hinter.
func (p *tagsPane) Hints() []pane.Hint {
	switch {
	case p.form == nil:
		return nil
	case p.form.Editing():
		return []pane.Hint{{Keys: "enter", Label: "done"}, {Keys: "tab", Label: "next tag"}, {Keys: "esc", Label: "drop"}}
	}
	return []pane.Hint{{Keys: "enter", Label: "edit"}}
}

// problem is why the form cannot be sent; "" when it can.
func (p *tagsPane) problem() string {
	if _, err := p.edit(); err != nil {
		return err.Error()
	}
	return ""
}

// Actions implements pane.Pane.
func (p *tagsPane) Actions() []pane.Action {
	if p.form == nil {
		return nil
	}
	return []pane.Action{
		p.save(),
		{ID: "s3.tags.add", Label: "New tag", Keys: []string{"n"}, Do: p.add},
		{ID: "s3.tags.remove", Label: "Remove, or restore", Keys: []string{"backspace", "delete"}, Do: func() tea.Cmd {
			p.form.Restore()
			return nil
		}},
	}
}

func (p *tagsPane) add() tea.Cmd {
	p.added++
	note := "KEY=value"
	if !p.single() {
		note = "KEY=value, or -KEY to take it away"
	}
	p.form.Add(form.Field{ID: fmt.Sprint(newTag, p.added), Label: "new tag", Check: p.checkNew, Note: note})
	return nil
}

func (p *tagsPane) save() pane.Action {
	e, err := p.edit()
	a := p.chosen.action("s3.object.tag", "Retag", p.work(e).needs...)
	a.Keys = []string{"ctrl+s"}
	switch {
	case p.saving:
		a.Off = "the last change is still being made"
	case !p.form.Changed():
		a.Off = "nothing is changed yet; n adds a tag"
	case err != nil:
		a.Off = err.Error()
	}
	if a.Off != "" {
		return a
	}
	facts := p.differences(e)
	a.Warn = func() []string { return facts }
	if p.single() {
		a.Command = func() string { return p.env.AWS.Command(s3.TagsCommand(p.chosen.targets[0].Object, e.set)...) }
	}
	a.Job = func() job.Spec { return p.job(e) }
	return a
}

// job makes the change. Where somebody else was quicker, the tags are loaded
// again, and what was typed stays.
func (p *tagsPane) job(e edit) job.Spec {
	p.saving = true
	w := p.work(e)
	do := w.do
	var failed atomic.Bool
	w.do = func(ctx context.Context, t target) error {
		err := do(ctx, t)
		if err != nil {
			failed.Store(true)
		}
		return err
	}
	spec := p.place.job(p.env, w, p.chosen)
	spec.After = func() tea.Cmd {
		p.saving = false
		cmd := p.then()
		if p.env.Ctx.Err() != nil {
			return cmd
		}
		if !failed.Load() {
			p.form = form.New(nil) // everything in it is AWS's by now
		}
		return tea.Batch(cmd, p.Refresh())
	}
	if p.single() {
		spec.Retry = nil // it would be a change to tags that nobody has seen
	}
	return spec
}
