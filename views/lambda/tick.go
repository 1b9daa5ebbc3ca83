package lambda

import (
	"time"

	"straws/awsclient/lambda"

	tea "charm.land/bubbletea/v2"
)

// How often the elapsed time of a run is drawn; thin links are spared.
const (
	tickEvery     = 100 * time.Millisecond
	thinTickEvery = 2 * time.Second
)

// streamTail is how much of an answer is shown while it is still coming, in
// bytes.
const streamTail = 16 << 10

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
	p.stream()
	return p.tick()
}

// stream shows what has arrived of an answer since it was looked at last.
func (p *invokePane) stream() {
	if p.flight == nil || p.flight.run.Invocation.Mode != lambda.Stream {
		return
	}
	text, total := p.flight.tail(streamTail)
	if total == p.arrived {
		return
	}
	p.arrived = total
	p.streamed.SetText(text)
	p.streamed.Bottom()
}

// Watch implements pane.Watcher.
func (p *invokePane) Watch(visible bool) tea.Cmd {
	p.seen = visible
	if !visible {
		return p.leave()
	}
	return p.tick()
}
