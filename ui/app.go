// Package ui is the shell: it owns the screen, the stacks of panes, the keys,
// the confirmations and the jobs. It knows panes only by their contract.
package ui

import (
	"context"
	"os/exec"
	"sync/atomic"
	"time"

	"straws/awsclient"
	"straws/ui/job"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

const (
	jobLimit   = 4                      // jobs that run at once; more are queued
	jobSample  = 100 * time.Millisecond // between two frames of a job's progress
	thinSample = 2 * time.Second        // the same, over a thin link
)

// Options configures the shell.
type Options struct {
	AWS      *awsclient.Session
	Services []pane.Service
	Target   string // address to open at the start; "" is the overview
	Thin     bool   // spare the link: no fills, no fast counters

	// Reopen opens a session of another profile; "" keeps what the user asked for
	// on the command line.
	Reopen func(ctx context.Context, profile string) (*awsclient.Session, error)
	// Demo opens the demo account, for a user without credentials.
	Demo func() *awsclient.Session
	Now  func() time.Time                           // nil is time.Now
	Tick func(d time.Duration, msg tea.Msg) tea.Cmd // nil is a timer of real time
	// Exec gives the terminal to a program; nil is Bubble Tea's own way.
	Exec func(c *exec.Cmd, done tea.ExecCallback) tea.Cmd
}

// App is the root model, and the pane.Host of every pane.
type App struct {
	opts  Options
	ctx   context.Context
	aws   *awsclient.Session
	theme *theme.Theme
	now   atomic.Pointer[time.Time] // of the message being handled

	tabs     []*tab
	current  int // index into tabs, or overview
	focused  int // cell of the overview with the cursor
	blurred  bool
	watched  map[pane.Watcher]struct{}
	jobs     *job.Tracker
	overlay  overlay
	flash    flash
	lastErr  error // of the last Fail, for its policy statement
	identity *load.Slot[awsclient.Identity]
	who      awsclient.Identity
	profiles *load.Slot[awsclient.Profile]
	known    []awsclient.Profile
	reopened *load.Slot[*awsclient.Session]

	pending []tea.Cmd // commands that Host calls asked for during one Update
	w, h    int
	dark    bool
	colours colorprofile.Profile
	dirty   bool
	drawn   tea.View
}

// New returns the root model. All requests end with ctx.
func New(ctx context.Context, o Options) *App {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Tick == nil {
		o.Tick = func(d time.Duration, msg tea.Msg) tea.Cmd {
			return tea.Tick(d, func(time.Time) tea.Msg { return msg })
		}
	}
	if o.Exec == nil {
		o.Exec = tea.ExecProcess
	}
	a := &App{
		opts: o, ctx: ctx, aws: o.AWS, dark: true, colours: colorprofile.TrueColor,
		theme: &theme.Theme{}, current: overview, watched: map[pane.Watcher]struct{}{}, dirty: true,
		identity: load.New[awsclient.Identity](), profiles: load.New[awsclient.Profile](),
		reopened: load.New[*awsclient.Session](),
	}
	a.strike()
	sample := jobSample
	if o.Thin {
		sample = thinSample
	}
	a.jobs = job.NewTracker(jobLimit, a.time,
		func(msg tea.Msg) tea.Cmd { return o.Tick(sample, msg) })
	a.restyle()
	a.build()
	return a
}

// Init implements tea.Model.
func (a *App) Init() tea.Cmd {
	if a.opts.Target != "" {
		a.Open(a.opts.Target)
	}
	a.pending = append(a.pending, tea.RequestBackgroundColor, a.identify(), a.listProfiles())
	return a.finish(nil)
}

// Update implements tea.Model. Everything that a message causes, opening and
// leaving panes included, happens before it returns: the next key finds the
// screen that the user saw.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	a.strike()
	a.dirty = true
	return a, a.finish(a.route(msg))
}

// strike sets the time of the message being handled.
func (a *App) strike() {
	now := a.opts.Now()
	a.now.Store(&now)
}

// time is that of the message being handled. A filter may ask for it away from
// the event loop.
func (a *App) time() time.Time { return *a.now.Load() }

// finish starts what has come onto the screen, stops what has left it, and
// gathers the commands of the Update.
func (a *App) finish(cmd tea.Cmd) tea.Cmd {
	a.start()
	a.watch()
	cmds := append(a.pending, cmd)
	a.pending = nil
	return tea.Batch(cmds...)
}

func (a *App) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return a.key(msg)
	case tea.PasteMsg:
		return a.paste(msg)
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		a.dark = msg.IsDark()
		a.restyle()
	case tea.ColorProfileMsg:
		a.colours = msg.Profile
		a.restyle()
	case tea.FocusMsg:
		a.blurred = false
	case tea.BlurMsg:
		a.blurred = true
	case execMsg:
		return msg.done(msg.err)
	default:
		return a.answer(msg)
	}
	return nil
}

// answer handles the results of requests, jobs and timers.
func (a *App) answer(msg tea.Msg) tea.Cmd {
	if ended, cmd, ok := a.jobs.Update(msg); ok {
		if ended != nil {
			a.report(ended)
		}
		return tea.Batch(cmd, a.broadcast(msg))
	}
	if a.acceptSession(msg) {
		return nil
	}
	if k, ok := a.overlay.(*ask); ok && k.accept(msg) {
		return nil
	}
	return a.broadcast(msg)
}

// broadcast hands msg to every open pane; the one that asked recognises it.
func (a *App) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, t := range a.tabs {
		for _, f := range t.stack {
			cmds = append(cmds, f.pane.Update(msg))
		}
	}
	return tea.Batch(cmds...)
}

func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	if a.overlay != nil {
		a.overlay.paste(msg)
		return nil
	}
	if f := a.top(); f != nil {
		return f.pane.Update(msg)
	}
	return nil
}

// restyle builds the theme for what is known of the terminal.
func (a *App) restyle() {
	p := theme.Default(a.dark)
	if a.colours <= colorprofile.ANSI {
		p = theme.ANSI()
	}
	*a.theme = *theme.New(p)
	a.theme.Thin = a.opts.Thin
}
