package lambda

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// How often the elapsed time of a run is drawn; thin links are spared.
const (
	tickEvery     = 100 * time.Millisecond
	thinTickEvery = 2 * time.Second
)

type tickMsg struct {
	pane *invokePane
	n    int
}

// tick arms the timer anew while a run is looked at, in place of the one before.
func (p *invokePane) tick() tea.Cmd {
	if !p.seen || !p.run.Busy() {
		return nil
	}
	every := tickEvery
	if p.env.Theme.Thin {
		every = thinTickEvery
	}
	p.ticks++
	return p.env.Tick(every, tickMsg{p, p.ticks})
}

func (p *invokePane) ticked(m tickMsg) tea.Cmd {
	if m.pane != p || m.n != p.ticks {
		return nil
	}
	return p.tick()
}

// Watch implements pane.Watcher.
func (p *invokePane) Watch(visible bool) tea.Cmd {
	p.seen = visible
	return p.tick()
}
