package sectionpane

import (
	"context"
	"errors"
	"time"

	"straws/awsclient"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textpane"
	"straws/ui/textview"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// pollEvery is how soon a part is loaded again that AWS is at work on.
const pollEvery = 2 * time.Second

// Pane implements pane.Pane for a Spec.
type Pane struct {
	env     pane.Env
	spec    Spec
	parts   []*part
	text    textview.Model
	width   int  // that the text was laid out for
	shown   bool // secrets are
	visible bool
	changes int64 // counted when it was loaded
	polls   int   // generation of the poll timer
	typing  bool
	input   textinput.Model
	note    string
}

// part is the state of one Part.
type part struct {
	Part
	load     *load.Slot[[]Section]
	sections []Section
	ready    bool // sections are there, perhaps old ones
	err      error
}

// New returns the factory of a pane for s.
func New(s Spec) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p := &Pane{env: env, spec: s, input: textinput.New(), visible: true}
		p.input.Prompt = ""
		p.input.SetVirtualCursor(false) // the terminal draws it: no blinking, no bytes
		p.text.SetStyle(style)
		for _, part := range s.Parts {
			p.parts = append(p.parts, newPart(part))
		}
		return p
	}
}

func newPart(p Part) *part { return &part{Part: p, load: load.New[[]Section]()} }

// Title implements pane.Pane.
func (p *Pane) Title() string { return p.spec.Title }

// Init implements pane.Pane.
func (p *Pane) Init() tea.Cmd { return p.Refresh() }

// Refresh implements pane.Refresher. What is on the screen stays until its
// successor has arrived.
func (p *Pane) Refresh() tea.Cmd {
	if p.spec.Changes != nil {
		p.changes = p.spec.Changes()
	}
	var cmds []tea.Cmd
	for _, part := range p.parts {
		part.load.Cancel()
		cmds = append(cmds, p.reload(part))
	}
	p.compose()
	return tea.Batch(cmds...)
}

func (p *Pane) reload(part *part) tea.Cmd {
	return part.load.Start(p.env.Ctx, "part", load.Once(func(ctx context.Context) ([]Section, error) {
		return part.Load(ctx, p.env)
	}))
}

// Update implements pane.Pane.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	for _, part := range p.parts {
		if page, _, ok := part.load.Accept(msg); ok {
			return p.accept(part, page)
		}
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.key(msg)
	case tea.PasteMsg:
		if p.typing {
			p.input, _ = p.input.Update(msg)
		}
	case pollMsg:
		return p.polled(msg)
	}
	return nil
}

func (p *Pane) accept(part *part, page load.Page[[]Section]) tea.Cmd {
	if part.err = awsclient.Classify(page.Err); part.err == nil {
		part.sections, part.ready = page.Items[0], true
	}
	p.compose()
	return p.arm()
}

// View implements pane.Pane.
func (p *Pane) View(w, h int) string {
	if err := p.hopeless(); err != nil {
		return textpane.Placeholder(w, h, p.env, false, err)
	}
	if p.width != w {
		p.width = w
		p.compose()
	}
	return p.text.Draw(w, h, p.env.Theme)
}

// hopeless is the failure that leaves nothing to show: the thing is gone, or no
// part could be read. A permission that is missing concerns its own part alone.
func (p *Pane) hopeless() error {
	var e *awsclient.Error
	if !errors.As(p.parts[0].err, &e) || e.Kind == awsclient.Denied {
		return nil
	}
	if e.Kind == awsclient.NotFound {
		return e
	}
	for _, part := range p.parts {
		if part.ready || part.load.Busy() {
			return nil
		}
	}
	return e
}

type pollMsg struct {
	pane *Pane
	n    int
}

// Watch implements pane.Watcher: nothing is polled unseen.
func (p *Pane) Watch(visible bool) tea.Cmd {
	p.visible = visible
	p.polls++
	if visible && p.spec.Changes != nil && p.spec.Changes() != p.changes {
		return p.Refresh()
	}
	return p.arm()
}

// arm starts the timer of the next poll, in place of the one that runs.
func (p *Pane) arm() tea.Cmd {
	wait := p.wait()
	if !p.visible || wait <= 0 {
		return nil
	}
	p.polls++
	return p.env.Tick(wait, pollMsg{p, p.polls})
}

// wait is how soon the first of the sections is due that move; 0 when none does.
func (p *Pane) wait() time.Duration {
	var wait time.Duration
	for _, part := range p.parts {
		for _, s := range part.sections {
			due := s.Again
			switch {
			case !s.Moving:
				continue
			case due <= 0:
				due = pollEvery
			}
			if wait == 0 || due < wait {
				wait = due
			}
		}
	}
	return wait
}

func (p *part) moving() bool {
	for _, s := range p.sections {
		if s.Moving {
			return true
		}
	}
	return false
}

func (p *Pane) polled(m pollMsg) tea.Cmd {
	if m.pane != p || m.n != p.polls || !p.visible {
		return nil
	}
	var cmds []tea.Cmd
	for _, part := range p.parts {
		if part.moving() {
			cmds = append(cmds, p.reload(part))
		}
	}
	return tea.Batch(cmds...)
}
