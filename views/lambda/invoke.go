package lambda

import (
	"context"
	"errors"
	"time"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/awsclient/runs"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textpane"
	"straws/ui/textview"

	tea "charm.land/bubbletea/v2"
)

// invokePane is the screen on which a function is tried: a payload on one side,
// what came of it on the other.
type invokePane struct {
	env    pane.Env
	memory *memory
	target target
	title  string
	auto   bool                                    // run at once what was run last
	past   func(context.Context) (runs.Run, error) // or this run

	editor payload
	check  error // what is wrong with the payload
	reads  bool  // the keys go to the result, not to the editor

	known    *load.Slot[surroundings]
	versions *load.Slot[qualifiers]
	again    *load.Slot[runs.Run] // the last run, to be made again
	run      *load.Slot[landing]
	look     *load.Slot[sighting]

	flight *flight // the run in flight, or nil
	ticks  int     // generation of the timer that keeps the elapsed time moving
	looks  int     // generation of the timer of the search in the logs
	seen   bool    // on the screen

	last     outcome
	answer   *textpane.Pane // the answer and its log
	streamed textview.Model // the end of an answer that is still coming
	arrived  int            // bytes of it
	recent   []runs.Run     // earlier runs of this screen, oldest first
	context  *contextBox    // while the client context is typed
}

// outcome is how the last run ended. The zero value is no run.
type outcome struct {
	landed  *landing
	missing error         // the function cannot be found
	stopped time.Duration // how long a run was waited for before it was given up
	search  *sighting     // of a run whose connection died; nil until the first look
}

// surroundings are what is to be known of a function before it is run.
type surroundings struct {
	function lambda.Function
	err      error
	streams  bool // its URL streams answers
}

// invoke is the factory of the screen for one function.
func (m *memory) invoke(t target, title string) pane.Factory { return m.invoking(t, title, false) }

// rerun is the factory of the screen for one function, which runs at once what
// was run last: the payload, the qualifier and the mode.
func (m *memory) rerun(t target, title string) pane.Factory { return m.invoking(t, title, true) }

func (m *memory) invoking(t target, title string, auto bool) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p := &invokePane{
			env: env, memory: m, target: t, title: title, auto: auto, seen: true,
			known: load.New[surroundings](), versions: load.New[qualifiers](), again: load.New[runs.Run](),
			run: load.New[landing](), look: load.New[sighting](),
			editor: newPayload(m.payloads[memoryKey(env, t)]),
		}
		p.streamed.Wrap(true)
		if p.target.qualifier == "" {
			p.target.qualifier = p.setup().qualifier
		}
		p.checkPayload()
		return p
	}
}

// Title implements pane.Pane.
func (p *invokePane) Title() string { return p.title }

// Init implements pane.Pane. It looks the function up, so that a wrong name shows
// before anything is run, and takes over a run that another pane has begun.
func (p *invokePane) Init() tea.Cmd {
	t, aws := p.target, p.env.AWS
	cmds := []tea.Cmd{p.openPayload(), p.known.Start(p.env.Ctx, "configuration", load.Once(func(ctx context.Context) (surroundings, error) {
		return survey(ctx, aws, t), nil
	}))}
	if f, ok := p.memory.past.flights[memoryKey(p.env, p.target)]; ok {
		return tea.Batch(append(cmds, p.board(f, load.Once(f.wait)))...)
	}
	if p.auto {
		cmds = append(cmds, p.startAgain())
	}
	return tea.Batch(cmds...)
}

func survey(ctx context.Context, s *awsclient.Session, t target) surroundings {
	around := surroundings{function: t.function}
	if t.function.ARN == "" {
		c, err := lambda.Describe(ctx, s, t.function.Name, t.qualifier)
		if around.err = err; err == nil {
			around.function = c.Function
		}
	}
	if around.err == nil {
		// Without the permission the mode is the user's to choose: not worth a word.
		u, err := lambda.FunctionURL(ctx, s, t.function.Name, t.qualifier)
		around.streams = err == nil && u.Mode == "RESPONSE_STREAM"
	}
	return around
}

// Update implements pane.Pane.
func (p *invokePane) Update(msg tea.Msg) tea.Cmd {
	if cmd, ok := p.accept(msg); ok {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.PasteMsg:
		return p.pasted(msg)
	case tickMsg:
		return p.ticked(msg)
	case lookMsg:
		return p.lookedFor(msg)
	}
	if p.answer != nil {
		return p.answer.Update(msg)
	}
	return nil
}

// accept takes the results of the pane's own requests.
func (p *invokePane) accept(msg tea.Msg) (tea.Cmd, bool) {
	if cmd, ok := p.acceptPayload(msg); ok {
		return tea.Batch(cmd, p.startChecked()), true
	}
	if page, _, ok := p.known.Accept(msg); ok {
		p.acceptSurroundings(page)
		return nil, true
	}
	if page, _, ok := p.versions.Accept(msg); ok {
		p.offerQualifiers(page)
		return nil, true
	}
	if page, _, ok := p.again.Accept(msg); ok {
		return p.acceptLastRun(page), true
	}
	if page, _, ok := p.run.Accept(msg); ok {
		return p.acceptLanding(page), true
	}
	if page, _, ok := p.look.Accept(msg); ok {
		return p.acceptSighting(page), true
	}
	return nil, false
}

func (p *invokePane) acceptSurroundings(page load.Page[surroundings]) {
	var e *awsclient.Error
	switch {
	case page.Err != nil:
		return
	case errors.As(page.Items[0].err, &e) && e.Kind == awsclient.NotFound && p.last == (outcome{}):
		p.last.missing = page.Items[0].err
	case page.Items[0].err == nil:
		p.target.function = page.Items[0].function
	}
	// Without the configuration only the timeout is not shown: not worth a word.
	if s := p.setup(); page.Items[0].streams && !s.chosen {
		s.mode = lambda.Stream
		p.setSetup(s)
	}
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
		p.env.Flash(pane.Error, "not sent: "+p.check.Error())
		return nil
	}
	f, ctx := p.memory.launch(p.env, p.target)
	return p.board(f, load.Once(func(wait context.Context) (landing, error) {
		f.fly(ctx)
		return f.wait(wait)
	}))
}

// board waits for the end of a run.
func (p *invokePane) board(f *flight, end load.Pager[landing]) tea.Cmd {
	p.look.Cancel()
	p.looks++
	p.last, p.flight, p.answer, p.arrived = outcome{}, f, nil, 0
	p.streamed.SetText("")
	cmd := p.run.Start(p.env.Ctx, "", end)
	return tea.Batch(cmd, p.tick())
}

func (p *invokePane) acceptLanding(page load.Page[landing]) tea.Cmd {
	p.ticks++
	p.flight = nil
	delete(p.memory.past.flights, memoryKey(p.env, p.target))
	l := landing{err: page.Err}
	if page.Err == nil {
		l = page.Items[0]
	}
	p.last = outcome{landed: &l}
	if l.unkept != nil {
		p.env.Flash(pane.Warn, "the run is not in the history: "+l.unkept.Error())
	}
	switch l.run.Outcome { //nolint:exhaustive // the others have no answer
	case runs.Answered:
		p.measure(l.run)
		return p.show(l.run, l.json)
	case runs.Unknown:
		return tea.Batch(p.show(l.run, l.json), p.search())
	}
	return nil
}

// show opens the answer and the log of a run, which are made ready away from the
// event loop.
func (p *invokePane) show(r runs.Run, isJSON bool) tea.Cmd {
	p.answer = answerPane(p.env, r, isJSON)
	return p.answer.Init()
}

// measure keeps the measures of a run for the line of its trend.
func (p *invokePane) measure(r runs.Run) {
	r.Invocation.Payload, r.Result.Payload, r.Result.Log = nil, nil, ""
	if p.recent = append(p.recent, r); len(p.recent) > trendRuns {
		p.recent = p.recent[1:]
	}
}

// stop gives up waiting. The function itself cannot be stopped.
func (p *invokePane) stop() {
	p.flight.stop()
	p.run.Cancel()
	p.ticks++
	p.last = outcome{stopped: p.env.Now().Sub(p.flight.run.Began)}
	p.flight = nil
	delete(p.memory.past.flights, memoryKey(p.env, p.target))
	p.env.Flash(pane.Warn, "stopped waiting; the function runs on")
}
