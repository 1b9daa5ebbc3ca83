package lambda

import (
	"context"
	"errors"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/ui/form"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// settingsPane is the screen on which memory, timeout and environment of a
// function are changed.
type settingsPane struct {
	env    pane.Env
	memory *memory
	target target
	title  string

	load   *load.Slot[lambda.Configuration]
	config lambda.Configuration // that the form was made from
	err    error
	form   *form.Model // nil until there is a configuration
	added  int         // numbers new variables
	saving bool        // a change is on its way
	warned bool        // that leaving drops what was typed
}

// settings is the factory of the screen for one function.
func (m *memory) settings(t target, title string) pane.Factory {
	return func(env pane.Env) pane.Pane {
		return &settingsPane{env: env, memory: m, target: t, title: title, load: load.New[lambda.Configuration]()}
	}
}

// Title implements pane.Pane.
func (p *settingsPane) Title() string { return p.title }

// Init implements pane.Pane.
func (p *settingsPane) Init() tea.Cmd { return p.Refresh() }

// Refresh implements pane.Refresher. What was typed stays, and is then a change
// to what the function has become.
func (p *settingsPane) Refresh() tea.Cmd {
	p.load.Cancel()
	name, aws := p.target.function.Name, p.env.AWS
	return p.load.Start(p.env.Ctx, "settings", load.Once(func(ctx context.Context) (lambda.Configuration, error) {
		return lambda.Describe(ctx, aws, name, "")
	}))
}

// Update implements pane.Pane.
func (p *settingsPane) Update(msg tea.Msg) tea.Cmd {
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
			p.env.Flash(pane.Info, "AWS is making the change; nothing can be typed meanwhile")
			return nil
		}
		p.form.Key(msg)
	case tea.PasteMsg:
		if !p.form.Editing() {
			p.env.Flash(pane.Info, "nothing was pasted: enter edits a field")
		}
		p.form.Paste(msg.Content)
	}
	return nil
}

func (p *settingsPane) accept(page load.Page[lambda.Configuration]) {
	p.err = awsclient.Classify(page.Err)
	switch {
	case p.err != nil && p.form != nil && !errors.Is(p.err, context.Canceled):
		p.env.Fail(p.err)
	case p.err != nil:
	case p.form == nil:
		p.config = page.Items[0]
		p.form = form.New(fieldsOf(p.config))
	default:
		p.config = page.Items[0]
		p.form.Rebase(fieldsOf(p.config))
	}
}

// View implements pane.Pane.
func (p *settingsPane) View(w, h int) string {
	if p.form == nil {
		return textpane.Placeholder(w, h, p.env, p.load.Busy(), p.err)
	}
	return p.form.Draw(w, h, p.env.Theme)
}

// Cursor implements pane.Cursorer.
func (p *settingsPane) Cursor() (x, y int, ok bool) {
	if p.form == nil {
		return 0, 0, false
	}
	return p.form.Cursor()
}

// Capturing implements pane.Capturer.
func (p *settingsPane) Capturing() bool { return p.form != nil && p.form.Editing() }

// Back implements pane.Backer: what was typed is not dropped by one key.
func (p *settingsPane) Back() (tea.Cmd, bool) {
	if p.form == nil || !p.form.Changed() || p.warned {
		return nil, false
	}
	p.warned = true
	p.env.Flash(pane.Warn, "the changes are not made yet; the same key again drops them")
	return nil, true
}

// Status implements pane.Statuser.
func (p *settingsPane) Status() string {
	switch {
	case p.load.Busy():
		return "loading"
	case p.form == nil:
		return ""
	case p.saving:
		return "AWS is making the change"
	case p.form.Err() != nil:
		return p.env.Theme.Bad.Render("a value is wrong; nothing can be sent")
	case p.problem() != "":
		return p.env.Theme.Warn.Render(p.problem())
	case p.form.Changed():
		return p.env.Theme.Warn.Render("not sent yet")
	}
	return "as AWS has it"
}

// Hints implements pane.Hinter.
func (p *settingsPane) Hints() []pane.Hint {
	switch {
	case p.form == nil:
		return nil
	case p.form.Editing():
		return []pane.Hint{{Keys: "enter", Label: "done"}, {Keys: "tab", Label: "next field"}, {Keys: "esc", Label: "drop"}}
	}
	return []pane.Hint{{Keys: "enter", Label: "edit"}}
}
