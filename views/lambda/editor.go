package lambda

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"straws/awsclient/lambda"
	"straws/ui/editor"
	"straws/ui/format"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// inlineCheck is how long a payload may be, in bytes, to be looked at between two
// keys.
const inlineCheck = 64 << 10

// errChecking stands for the verdict on a payload that is still being looked at.
var errChecking = errors.New("the payload is still being looked at")

// payload is the event that a function is to be given, while it is typed.
type payload struct {
	text  *editor.Model
	event string // the saved event it was loaded from or saved as
	wrong error  // why it is not JSON

	checks *load.Slot[verdict]
	format *load.Slot[verdict]
	draft  draft
	out    outside
}

// verdict is what was found out about a text away from the event loop.
type verdict struct {
	version int // of the text
	text    string
	err     error
}

func newPayload(text string) payload {
	return payload{
		text: editor.New(text), checks: load.New[verdict](), format: load.New[verdict](), draft: newDraft(), out: newOutside(),
	}
}

func (e *payload) value() string { return e.text.Text() }

func (e *payload) size() int { return e.text.Size() }

func (e *payload) blank() bool { return e.text.Blank() }

func (e *payload) lines() int { return e.text.Lines() }

// draw returns h lines of at most w cells.
func (e *payload) draw(w, h int, th *theme.Theme) []string { return e.text.Draw(w, h, th) }

// cursor is the cell of the text cursor within what was drawn last.
func (e *payload) cursor() (x, y int, ok bool) { return e.text.Cursor() }

// edited follows every change of the payload: it is checked, and a draft of it
// is kept.
func (p *invokePane) edited() tea.Cmd {
	return tea.Batch(p.examine(), p.keepDraft(soon))
}

// examine looks whether the payload is JSON: at once when it is short, away from
// the event loop when it is not. One look is taken at a time; what has changed
// meanwhile is looked at after it.
func (p *invokePane) examine() tea.Cmd {
	e := &p.editor
	if e.size() <= inlineCheck {
		e.checks.Cancel()
		p.examined(lambda.CheckPayload([]byte(e.value())))
		return nil
	}
	e.wrong = errChecking
	p.checkPayload()
	if e.checks.Busy() {
		return nil
	}
	text, version := e.text.Snapshot(), e.text.Version()
	return e.checks.Start(p.env.Ctx, "", load.Once(func(context.Context) (verdict, error) {
		t := text()
		return verdict{version, t, lambda.CheckPayload([]byte(t))}, nil
	}))
}

func (p *invokePane) examined(err error) {
	p.editor.wrong = err
	p.rememberPayload()
	p.checkPayload()
}

// rememberPayload makes the payload the one that is run, and the one that is there when
// the user comes back.
func (p *invokePane) rememberPayload() {
	p.memory.payloads[memoryKey(p.env, p.target)] = p.editor.value()
}

// checkPayload decides whether the payload may be sent as things stand.
func (p *invokePane) checkPayload() {
	p.check = p.editor.wrong
	if size, limit := p.editor.size(), p.setup().mode.Limit(); size > limit && (p.check == nil || errors.Is(p.check, errChecking)) {
		p.check = fmt.Errorf("%s bytes are more than the %s that Lambda takes", format.Count(size), format.Count(limit))
	}
}

// reformat lays the payload out anew, in lines and with indentation; its values
// stay as they are written.
func (p *invokePane) reformat() tea.Cmd {
	if p.editor.blank() {
		p.env.Flash(pane.Info, "there is nothing to format")
		return nil
	}
	text, version := p.editor.text.Snapshot(), p.editor.text.Version()
	return p.editor.format.Start(p.env.Ctx, "", load.Once(func(context.Context) (verdict, error) {
		t := text()
		if err := lambda.CheckPayload([]byte(t)); err != nil {
			return verdict{}, err
		}
		laid := pretty([]byte(strings.TrimSpace(t)))
		return verdict{version: version, text: laid}, nil
	}))
}

func (p *invokePane) reformatted(page load.Page[verdict]) tea.Cmd {
	if page.Err != nil {
		p.showMistake(page.Err)
		p.env.Flash(pane.Error, "not formatted: "+page.Err.Error())
		return nil
	}
	v := page.Items[0]
	if v.version != p.editor.text.Version() {
		return nil // something was typed meanwhile, and counts more
	}
	if v.text == p.editor.value() {
		p.env.Flash(pane.Info, "it is formatted already")
		return nil
	}
	p.editor.text.SetText(v.text)
	return p.edited()
}

// showMistake puts the cursor where a payload stops being JSON.
func (p *invokePane) showMistake(err error) {
	var at *lambda.PayloadError
	if errors.As(err, &at) {
		p.editor.text.Goto(at.Line, at.Column)
	}
}

// fill replaces the payload by a text from elsewhere. Undo brings the one before
// back.
func (p *invokePane) fill(text, event string) tea.Cmd {
	p.editor.text.SetText(text)
	p.editor.event = event
	p.reads = false
	return p.edited()
}

// refill is fill with a payload that was sent before, which needs no look at it.
func (p *invokePane) refill(text string) {
	p.editor.checks.Cancel()
	p.editor.text.SetText(text)
	p.editor.event = ""
	p.examined(nil)
}

// openPayload begins with the payload that is known: the one of this program, or
// else the draft of an earlier one.
func (p *invokePane) openPayload() tea.Cmd {
	if p.auto {
		p.examined(lambda.CheckPayload([]byte(p.editor.value()))) // it is to be run at once
		return p.loadDraft()
	}
	return tea.Batch(p.examine(), p.loadDraft())
}

// acceptPayload handles what the payload's own requests and timers bring.
func (p *invokePane) acceptPayload(msg tea.Msg) (tea.Cmd, bool) {
	if page, _, ok := p.editor.checks.Accept(msg); ok {
		return p.acceptVerdict(page), true
	}
	if page, _, ok := p.editor.format.Accept(msg); ok {
		return p.reformatted(page), true
	}
	if cmd, ok := p.draftAnswer(msg); ok {
		return cmd, true
	}
	return p.outsideAnswer(msg)
}

func (p *invokePane) acceptVerdict(page load.Page[verdict]) tea.Cmd {
	if page.Err != nil {
		p.examined(page.Err)
		return nil
	}
	v := page.Items[0]
	if v.version != p.editor.text.Version() {
		return p.examine()
	}
	p.editor.text.Adopt(v.version, v.text)
	p.examined(v.err)
	return nil
}
