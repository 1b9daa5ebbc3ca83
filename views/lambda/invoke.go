package lambda

import (
	"context"
	"errors"
	"time"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textview"

	tea "charm.land/bubbletea/v2"
)

// runsShown is how many durations of earlier runs are kept for comparison.
const runsShown = 5

// invokePane is the screen on which a function is tried: a payload on one side,
// what came of it on the other.
type invokePane struct {
	env    pane.Env
	memory *memory
	target target
	title  string

	editor editor
	check  error // what is wrong with the payload
	reads  bool  // the keys go to the result, not to the editor

	config *load.Slot[lambda.Configuration] // of a function that is known by name only
	run    *load.Slot[answer]
	began  time.Time // when the run in flight was started
	ticks  int       // generation of the timer that keeps the elapsed time moving
	seen   bool      // on the screen

	last outcome
	text textview.Model // the answer and its log
	runs []time.Duration
}

// outcome is how the last run ended. The zero value is no run.
type outcome struct {
	answer  *answer
	err     error
	stopped time.Duration // how long a run was waited for before it was given up
}

// answer is the result of a run with its text, which is made away from the event
// loop: a payload can be 6 MB.
type answer struct {
	lambda.Result
	text string
}

// invoke is the factory of the screen for one function.
func (m *memory) invoke(t target, title string) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p := &invokePane{
			env: env, memory: m, target: t, title: title, seen: true,
			config: load.New[lambda.Configuration](), run: load.New[answer](),
			editor: newEditor(m.payloads[memoryKey(env, t)]),
		}
		p.text.Wrap(true)
		p.checkPayload()
		return p
	}
}

// Title implements pane.Pane.
func (p *invokePane) Title() string { return p.title }

// Init implements pane.Pane. A function that was named by an address is looked
// up, so that a wrong name shows before anything is run.
func (p *invokePane) Init() tea.Cmd {
	if p.target.function.ARN != "" {
		return nil
	}
	t, aws := p.target, p.env.AWS
	return p.config.Start(p.env.Ctx, "configuration", load.Once(func(ctx context.Context) (lambda.Configuration, error) {
		return lambda.Describe(ctx, aws, t.function.Name, t.qualifier)
	}))
}

// Update implements pane.Pane.
func (p *invokePane) Update(msg tea.Msg) tea.Cmd {
	if page, _, ok := p.config.Accept(msg); ok {
		p.acceptConfiguration(page)
		return nil
	}
	if page, _, ok := p.run.Accept(msg); ok {
		p.acceptAnswer(page)
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.PasteMsg:
		p.paste(msg.Content)
	case tickMsg:
		return p.ticked(msg)
	}
	return nil
}

func (p *invokePane) acceptConfiguration(page load.Page[lambda.Configuration]) {
	var e *awsclient.Error
	switch {
	case page.Err == nil:
		p.target.function = page.Items[0].Function
	case errors.As(page.Err, &e) && e.Kind == awsclient.NotFound && p.last == (outcome{}):
		p.last.err = page.Err
	}
	// Without the configuration only the timeout is not shown: not worth a word.
}

func (p *invokePane) acceptAnswer(page load.Page[answer]) {
	p.ticks++
	if page.Err != nil {
		p.last = outcome{err: awsclient.Classify(page.Err)}
		return
	}
	a := page.Items[0]
	p.last = outcome{answer: &a}
	p.text.SetText(a.text)
	p.runs = append(p.runs, a.took())
	p.runs = p.runs[max(0, len(p.runs)-runsShown):]
}

// start runs the function once.
func (p *invokePane) start() tea.Cmd {
	switch {
	case p.env.AWS.ReadOnly():
		p.env.Flash(pane.Warn, "Run: refused, this session is read-only; nothing was sent")
		return nil
	case p.run.Busy():
		p.env.Flash(pane.Warn, "it is still running; esc stops waiting")
		return nil
	case p.check != nil:
		p.env.Flash(pane.Error, "not sent: the payload is not JSON: "+p.check.Error())
		return nil
	}
	i, aws := p.memory.invocation(p.env, p.target), p.env.AWS
	p.last, p.began = outcome{}, p.env.Now()
	cmd := p.run.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) (answer, error) {
		r, err := lambda.Invoke(ctx, aws, i)
		if err != nil {
			return answer{}, err
		}
		return answer{r, resultText(r)}, nil
	}))
	return tea.Batch(cmd, p.tick())
}

// stop gives up waiting. The function itself cannot be stopped.
func (p *invokePane) stop() {
	p.run.Cancel()
	p.ticks++
	p.last = outcome{stopped: p.env.Now().Sub(p.began)}
	p.env.Flash(pane.Warn, "stopped waiting; the function runs on")
}
