// Package textpane is the pane that shows one text: a record, a preview, a log.
package textpane

import (
	"context"
	"fmt"
	"strings"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textview"
	"straws/ui/theme"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Spec describes a text.
type Spec struct {
	Title string
	// Load reads the text. JSON comes out best when it is indented; Record does that.
	Load func(context.Context, pane.Env) (string, error)
	// JSON says that the text is JSON: keys are coloured, and | opens a jq box.
	JSON bool
	// Query is the JSON that jq expressions are about, where it is only a part of
	// the text; nil for all of it.
	Query func() string
	// Lines reads the text in place of Load where it comes in more than one form:
	// each page takes the place of the one before, which keeps its scrolling. So
	// a text is there before its colours are.
	Lines func(pane.Env) load.Pager[textview.Lines]
	// Keep leaves the text where it was scrolled to when it is loaded again.
	Keep bool
	// Style colours single lines; see textview.Model.SetStyle.
	Style func(line string, th *theme.Theme) string
	// Actions are what can be done here beside searching and copying.
	Actions func(pane.Env) []pane.Action
}

// New returns the factory of a pane for s.
func New(s Spec) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p := &Pane{env: env, spec: s, load: load.New[textview.Lines](), jq: load.New[textview.Lines](), input: textinput.New()}
		p.input.Prompt = ""
		p.input.SetVirtualCursor(false) // the terminal draws it: no blinking, no bytes
		p.text.Wrap(true)
		if s.JSON {
			p.text.SetStyle(styleJSON)
		}
		if s.Style != nil {
			p.text.SetStyle(s.Style)
		}
		return p
	}
}

// ask is what the prompt is open for.
type ask int

const (
	nothing ask = iota
	search
	expression
)

// Pane implements pane.Pane.
type Pane struct {
	env   pane.Env
	spec  Spec
	load  *load.Slot[textview.Lines]
	jq    *load.Slot[textview.Lines]
	text  textview.Model
	whole textview.Lines // the text before a jq expression narrowed it
	ready bool
	err   error
	input textinput.Model
	ask   ask
	query string // the jq expression in force
	note  string
}

// Title implements pane.Pane.
func (p *Pane) Title() string { return p.spec.Title }

// Init implements pane.Pane.
func (p *Pane) Init() tea.Cmd { return p.Refresh() }

// Refresh implements pane.Refresher.
func (p *Pane) Refresh() tea.Cmd {
	if p.spec.Lines != nil {
		return p.load.Start(p.env.Ctx, "", p.spec.Lines(p.env))
	}
	return p.load.Start(p.env.Ctx, "text", load.Once(func(ctx context.Context) (textview.Lines, error) {
		text, err := p.spec.Load(ctx, p.env)
		return textview.Prepare(text), err
	}))
}

// Capturing implements pane.Capturer.
func (p *Pane) Capturing() bool { return p.ask != nothing }

// Ready reports whether a text is on the screen.
func (p *Pane) Ready() bool { return p.ready }

// End scrolls to the end.
func (p *Pane) End() { p.text.Bottom() }

// Back implements pane.Backer: it leaves the jq expression first.
func (p *Pane) Back() (tea.Cmd, bool) {
	if p.query == "" {
		return nil, false
	}
	p.query, p.note = "", ""
	p.jq.Cancel()
	p.text.Show(p.whole)
	return nil, true
}

// Status implements pane.Statuser.
func (p *Pane) Status() string {
	switch {
	case p.load.Busy() && !p.ready, p.jq.Busy():
		return "loading"
	case !p.ready:
		return ""
	}
	s := format.Plural(p.text.Len(), "line", "lines")
	if p.query != "" {
		s = "jq " + clean.Line(p.query) + " · " + s
	}
	if p.note != "" {
		s += " · " + p.note
	}
	return s
}

// Prompt implements pane.Prompter.
func (p *Pane) Prompt() (string, int, bool) {
	if p.ask == nothing {
		return "", 0, false
	}
	label := map[ask]string{search: "/", expression: "jq "}[p.ask]
	before := string([]rune(p.input.Value())[:p.input.Position()])
	return label + clean.Line(p.input.Value()), ansi.StringWidth(label + clean.Line(before)), true
}

// Hints implements pane.Hinter.
func (p *Pane) Hints() []pane.Hint {
	if p.ask != nothing {
		return []pane.Hint{{Keys: "enter", Label: map[ask]string{search: "search", expression: "run"}[p.ask]}, {Keys: "esc", Label: "close"}}
	}
	h := []pane.Hint{{Keys: "/", Label: "search"}, {Keys: "w", Label: "wrap"}}
	if p.spec.JSON {
		h = append(h, pane.Hint{Keys: "|", Label: "jq"})
	}
	return h
}

// Actions implements pane.Pane.
func (p *Pane) Actions() []pane.Action {
	var out []pane.Action
	if p.spec.Actions != nil {
		out = p.spec.Actions(p.env)
	}
	copyAll := pane.Action{ID: "text.copy", Label: "Copy text", Keys: []string{"y"}, Do: func() tea.Cmd {
		p.env.Copy(format.Size(int64(len(p.text.Text())))+" of text", p.text.Text())
		return nil
	}}
	if !p.ready {
		copyAll.Off = "nothing is loaded yet"
	}
	return append(out, copyAll)
}

// Update implements pane.Pane.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	if page, next, ok := p.load.Accept(msg); ok {
		p.accept(page)
		return next
	}
	if page, _, ok := p.jq.Accept(msg); ok {
		p.acceptQuery(page)
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.PasteMsg:
		if p.ask != nothing {
			p.input, _ = p.input.Update(msg)
		}
	}
	return nil
}

func (p *Pane) accept(page load.Page[textview.Lines]) {
	if p.err = awsclient.Classify(page.Err); p.err != nil {
		if p.ready {
			p.env.Fail(p.err)
		}
		return
	}
	again := p.ready && (p.spec.Keep || !page.First)
	p.ready, p.whole = true, page.Items[0]
	switch {
	case again && p.query != "":
		// What the expression found stays until another one is asked.
	case again:
		p.text.Renew(p.whole)
	default:
		p.query = ""
		p.text.Show(p.whole)
	}
}

func (p *Pane) acceptQuery(page load.Page[textview.Lines]) {
	if page.Err != nil {
		p.env.Flash(pane.Error, "jq: "+page.Err.Error())
		return
	}
	p.text.Show(page.Items[0])
}

func (p *Pane) key(k tea.KeyPressMsg) tea.Cmd {
	if p.ask != nothing {
		return p.typed(k)
	}
	switch s := k.String(); s {
	case "/":
		p.open(search)
	case "|":
		if p.spec.JSON && p.ready {
			p.open(expression)
		}
	case "n", "N":
		if !p.text.Next(map[string]int{"n": 1, "N": -1}[s]) {
			p.env.Flash(pane.Info, "no match")
		}
	case "w":
		p.text.Wrap(!p.text.Wrapped())
	default:
		p.text.Key(s)
	}
	return nil
}

func (p *Pane) open(a ask) {
	p.ask = a
	p.input.SetValue(map[ask]string{expression: p.query}[a])
	p.input.CursorEnd()
	p.input.Focus()
}

func (p *Pane) typed(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		p.ask = nothing
		return nil
	case "enter":
		a, text := p.ask, strings.TrimSpace(p.input.Value())
		p.ask = nothing
		if a == expression {
			return p.run(text)
		}
		p.find(text)
		return nil
	}
	p.input, _ = p.input.Update(k)
	return nil
}

func (p *Pane) find(text string) {
	p.note = ""
	if n := p.text.Find(text); text != "" {
		p.note = fmt.Sprintf("%s: %s", clean.Line(text), format.Plural(n, "line", "lines"))
	}
}

func (p *Pane) run(expr string) tea.Cmd {
	if expr == "" {
		p.Back()
		return nil
	}
	p.query = expr
	text := p.whole.Text
	if p.spec.Query != nil {
		text = p.spec.Query
	}
	return p.jq.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) (textview.Lines, error) {
		found, err := jq(ctx, expr, text())
		return textview.Prepare(found), err
	}))
}

// View implements pane.Pane.
func (p *Pane) View(w, h int) string {
	if !p.ready {
		return Placeholder(w, h, p.env, p.load.Busy(), p.err)
	}
	return p.text.Draw(w, h, p.env.Theme)
}
