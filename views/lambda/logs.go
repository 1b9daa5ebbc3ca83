package lambda

import (
	"cmp"
	"context"
	"time"

	"straws/awsclient/lambda"
	"straws/awsclient/logs"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/tail"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// logsPane follows what a function logs.
type logsPane struct {
	env    pane.Env
	target target
	group  string // "" until it is known

	config *load.Slot[lambda.Configuration]
	back   *load.Slot[logs.Page] // towards older events
	ahead  *load.Slot[logs.Page] // towards newer ones
	run    *load.Slot[logs.Run]  // of one request

	base, filter logFilter
	tail         *logs.Tail
	window       *tail.Model[logs.Event]

	opened  bool       // something has been answered since the filter was set
	anew    bool       // the next answer takes the place of what is shown
	older   logs.Query // the next page of older events
	wanted  int        // older events still to be read
	newer   logs.Query // the page of newer events that is asked for
	asked   time.Time  // when its first one was
	ended   bool       // nothing will come any more: the request is over
	missing bool       // the log group does not exist

	visible, paused bool
	ticks           int // generation of the timer
	armed           bool
	trouble         trouble

	utc, narrow bool
	ask         prompt
	input       textinput.Model
	found       string // what was searched for, and how often it is there
}

// logFilter is which events are shown.
type logFilter struct {
	pattern string    // in CloudWatch's language
	request string    // only what this request logged
	since   time.Time // zero: from the beginning
}

// logsOf shows what a function has logged: all of it, or what one request did.
// Around is when that request was made, or a little earlier; without a request
// what is older is left out, and the zero time leaves out nothing.
func logsOf(t target, requestID string, around time.Time) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p := &logsPane{
			env: env, target: t, group: t.function.LogGroup, input: textinput.New(),
			config: load.New[lambda.Configuration](), back: load.New[logs.Page](), ahead: load.New[logs.Page](), run: load.New[logs.Run](),
			base: logFilter{request: requestID, since: around},
		}
		p.input.Prompt = ""
		p.input.SetVirtualCursor(false) // the terminal draws it: no blinking, no bytes
		p.window = tail.New(tail.Spec[logs.Event]{Order: logs.Order, Look: p.look, Text: func(e logs.Event) string { return e.Message }})
		p.filter = p.base
		return p
	}
}

// Title implements pane.Pane.
func (p *logsPane) Title() string { return p.target.name() + " logs" }

// Init implements pane.Pane. The group of a function that is known by name only
// is in its configuration.
func (p *logsPane) Init() tea.Cmd {
	if p.group != "" {
		return p.Refresh()
	}
	t, aws := p.target, p.env.AWS
	return p.config.Start(p.env.Ctx, "configuration", load.Once(func(ctx context.Context) (lambda.Configuration, error) {
		return lambda.Describe(ctx, aws, t.function.Name, t.qualifier)
	}))
}

// Update implements pane.Pane.
func (p *logsPane) Update(msg tea.Msg) tea.Cmd {
	if page, _, ok := p.config.Accept(msg); ok {
		return p.acceptGroup(page)
	}
	if page, _, ok := p.back.Accept(msg); ok {
		return p.acceptOlder(page)
	}
	if page, _, ok := p.ahead.Accept(msg); ok {
		return p.acceptNewer(page)
	}
	if page, _, ok := p.run.Accept(msg); ok {
		return p.acceptRun(page)
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.PasteMsg:
		if p.ask != noPrompt {
			p.input, _ = p.input.Update(msg)
		}
	case logsTick:
		return p.ticked(msg)
	}
	return nil
}

// acceptGroup takes the group that Lambda writes to when the function names no
// other: also when its configuration cannot be read.
func (p *logsPane) acceptGroup(page load.Page[lambda.Configuration]) tea.Cmd {
	name := p.target.function.Name
	if page.Err == nil {
		p.target.function = page.Items[0].Function
	}
	p.group = cmp.Or(p.target.function.LogGroup, "/aws/lambda/"+name)
	p.reset()
	if !p.visible {
		return nil // it was left meanwhile; coming back reads
	}
	return p.readOlder()
}
