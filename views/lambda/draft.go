package lambda

import (
	"context"
	"time"

	"straws/awsclient/saved"
	"straws/ui/clean"
	"straws/ui/editor"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// draftEvery is how often a payload that is being typed is written to disk: what
// a crash costs at most.
const draftEvery = 250 * time.Millisecond

// draft is the copy of a payload that outlives the program.
type draft struct {
	read    *load.Slot[string]
	write   *load.Slot[struct{}]
	version int       // of the text that was written last
	at      time.Time // when that was begun
	armed   bool      // a timer is under way
	failed  bool      // it was said that drafts cannot be written
}

type draftMsg struct{ pane *invokePane }

// urgency says whether a draft may wait for its turn.
type urgency int

const (
	soon urgency = iota
	leaving
)

func newDraft() draft { return draft{read: load.New[string](), write: load.New[struct{}]()} }

// loadDraft brings back what was typed before the program ended, unless there is
// a payload already.
func (p *invokePane) loadDraft() tea.Cmd {
	p.editor.draft.version = p.editor.text.Version()
	if p.editor.size() > 0 {
		return nil
	}
	store, place := &p.memory.saved, saved.PlaceOf(p.env.AWS, p.target.function.Name)
	return p.editor.draft.read.Start(p.env.Ctx, "", load.Once(func(context.Context) (string, error) {
		text, _, err := store.Draft(place)
		return string(text), err
	}))
}

// keepDraft writes the payload away from the event loop if it has changed.
func (p *invokePane) keepDraft(u urgency) tea.Cmd {
	d := &p.editor.draft
	version := p.editor.text.Version()
	if d.version == version {
		return nil
	}
	if wait := draftEvery - p.env.Now().Sub(d.at); u == soon && (wait > 0 || d.write.Busy()) {
		if d.armed {
			return nil
		}
		d.armed = true
		return p.env.Tick(max(wait, draftEvery/10), draftMsg{p})
	}
	d.version, d.at = version, p.env.Now()
	store, place, text := &p.memory.saved, saved.PlaceOf(p.env.AWS, p.target.function.Name), p.editor.text.Snapshot()
	stamp := store.Stamp()
	// The write goes on when the pane is left.
	return d.write.Start(context.WithoutCancel(p.env.Ctx), "", load.Once(func(context.Context) (struct{}, error) {
		return struct{}{}, store.KeepDraft(place, stamp, text())
	}))
}

// leave is called when the screen is no longer seen.
func (p *invokePane) leave() tea.Cmd {
	p.rememberPayload()
	return p.keepDraft(leaving)
}

func (p *invokePane) draftAnswer(msg tea.Msg) (tea.Cmd, bool) {
	if m, ok := msg.(draftMsg); ok && m.pane == p {
		p.editor.draft.armed = false
		return p.keepDraft(soon), true
	}
	if page, _, ok := p.editor.draft.write.Accept(msg); ok {
		if page.Err != nil && !p.editor.draft.failed {
			p.editor.draft.failed = true
			p.env.Flash(pane.Warn, clean.Line("a crash would lose this payload: "+page.Err.Error()))
		}
		return nil, true
	}
	if page, _, ok := p.editor.draft.read.Accept(msg); ok {
		return p.acceptDraft(page), true
	}
	return nil, false
}

func (p *invokePane) acceptDraft(page load.Page[string]) tea.Cmd {
	switch {
	case page.Err != nil:
		p.env.Flash(pane.Warn, clean.Line(page.Err.Error()))
		return nil
	case page.Items[0] == "" || p.editor.text.Version() != p.editor.draft.version:
		return nil // there is none, or something was typed meanwhile
	}
	p.editor.text = editor.New(page.Items[0])
	p.editor.draft.version = p.editor.text.Version()
	return p.examine()
}
