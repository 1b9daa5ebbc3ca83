// Package peek is the pane of what a file holds: text, columns, the entries of an
// archive, a picture, or bytes, from a few ranges of it.
package peek

import (
	"context"
	"strings"

	"straws/awsclient"
	"straws/awsclient/inside"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// Spec describes a file to look into.
type Spec struct {
	Title string
	Name  string // of the file, which decides where its bytes do not
	// Open begins anew: it is called again for a refresh, and must not read yet.
	Open func(context.Context, pane.Env) (*inside.File, error)
	// Instead is a sentence that is shown without any read; "" when it can be read.
	Instead string
	// Excuse turns the error of a read into a sentence; "" where it is one already.
	Excuse func(error) string
	// Actions are what can be done here beside looking.
	Actions func(pane.Env) []pane.Action
	// Copies are the forms in which y offers the file, beside its text or row.
	Copies func(pane.Env) []listpane.Copy
}

// found is one answer of a look.
type found struct {
	file    *inside.File
	content *inside.Content
	instead string
}

// Pane implements pane.Pane for a Spec.
type Pane struct {
	env    pane.Env
	spec   Spec
	load   *load.Slot[found]
	file   *inside.File
	limits inside.Limits
	tail   bool
	goEnd  bool // the end of the text is to be shown when it is there
	got    *inside.Content
	say    string // in place of content
	view   int    // of the content's views
	child  pane.Pane
	err    error
}

// New returns the factory of a pane for s.
func New(s Spec) pane.Factory {
	return func(env pane.Env) pane.Pane {
		return &Pane{env: env, spec: s, load: load.New[found](), limits: inside.Unasked(), say: s.Instead}
	}
}

// Title implements pane.Pane.
func (p *Pane) Title() string { return p.spec.Title }

// Init implements pane.Pane.
func (p *Pane) Init() tea.Cmd { return p.Refresh() }

// Refresh implements pane.Refresher: it forgets what was read, and how much was
// asked for.
func (p *Pane) Refresh() tea.Cmd {
	if p.spec.Instead != "" {
		return nil
	}
	p.file, p.limits = nil, inside.Unasked()
	return p.look()
}

// look reads what the limits allow, of the same file as before.
func (p *Pane) look() tea.Cmd {
	file, limits, tail, spec, env := p.file, p.limits, p.tail, p.spec, p.env
	return p.load.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) (found, error) {
		return look(ctx, env, spec, file, limits, tail)
	}))
}

func look(ctx context.Context, env pane.Env, spec Spec, file *inside.File, limits inside.Limits, tail bool) (found, error) {
	if file == nil {
		var err error
		if file, err = spec.Open(ctx, env); err != nil {
			return found{}, err
		}
	}
	do := inside.Look
	if tail {
		do = inside.Tail
	}
	c, err := do(ctx, file, limits)
	if err != nil && spec.Excuse != nil {
		if text := spec.Excuse(err); text != "" {
			return found{instead: text}, nil
		}
	}
	return found{file: file, content: c}, err
}

// Update implements pane.Pane.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	if page, _, ok := p.load.Accept(msg); ok {
		return p.accept(page)
	}
	if k, ok := msg.(tea.KeyPressMsg); ok && !p.Capturing() {
		switch k.String() {
		case "G", "end":
			p.tellEnd()
		}
	}
	if p.child == nil {
		return nil
	}
	return p.child.Update(msg)
}

func (p *Pane) accept(page load.Page[found]) tea.Cmd {
	if p.err = awsclient.Classify(page.Err); p.err != nil {
		if p.got != nil {
			p.env.Fail(p.err)
		}
		return nil
	}
	f := page.Items[0]
	if p.say = f.instead; p.say != "" {
		p.got, p.child = nil, nil
		return nil
	}
	before := p.current()
	p.file, p.got = f.file, f.content
	p.view = same(p.got.Views, before)
	return p.show(before)
}

// same is the view that is like the one before, which stays on the screen when
// more of a file is read; the first one otherwise.
func same(views []inside.View, before inside.View) int {
	for i, v := range views {
		if v.Name == before.Name && v.Shape == before.Shape {
			return i
		}
	}
	return 0
}

func (p *Pane) current() inside.View {
	if p.got == nil {
		return inside.View{Shape: -1}
	}
	return p.got.Views[p.view]
}

// tellEnd says that the end on the screen is not the end of the file.
func (p *Pane) tellEnd() {
	if p.got == nil || p.got.More == 0 || p.tail {
		return
	}
	text := "this is the end of what was read: + reads on"
	if p.got.Ends {
		text += ", T shows the end of it all"
	}
	p.env.Flash(pane.Info, text)
}

// Capturing implements pane.Capturer.
func (p *Pane) Capturing() bool {
	c, ok := p.child.(pane.Capturer)
	return ok && c.Capturing()
}

// Back implements pane.Backer.
func (p *Pane) Back() (tea.Cmd, bool) {
	if p.load.Busy() && p.got != nil {
		p.load.Cancel()
		return nil, true
	}
	if b, ok := p.child.(pane.Backer); ok {
		return b.Back()
	}
	return nil, false
}

// Prompt implements pane.Prompter.
func (p *Pane) Prompt() (text string, cursor int, ok bool) {
	if c, is := p.child.(pane.Prompter); is {
		return c.Prompt()
	}
	return "", 0, false
}

// Hints implements pane.Hinter.
func (p *Pane) Hints() []pane.Hint {
	if h, ok := p.child.(pane.Hinter); ok {
		return h.Hints()
	}
	return nil
}

// Status implements pane.Statuser.
func (p *Pane) Status() string {
	var parts []string
	if s, ok := p.child.(pane.Statuser); ok {
		parts = append(parts, s.Status())
	}
	if p.got != nil && p.got.More > 0 && p.indent() == "" { // a count of lines is no count of the file's
		parts = append(parts, "as far as it was read")
	}
	if p.load.Busy() {
		parts = append(parts, "reading")
	}
	return strings.Join(parts, " · ")
}
