package listpane

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// slowDown is how much longer a pane waits before it polls again after an error.
const slowDown = 4

type pollMsg struct {
	pane any
	n    int
}

// Watch implements pane.Watcher: nothing is polled unseen, and a list that was
// due meanwhile is loaded when it comes back.
func (p *Pane[T]) Watch(visible bool) tea.Cmd {
	if p.visible == visible {
		return nil
	}
	p.visible = visible
	p.polls++
	if cmd := p.catchUp(); cmd != nil {
		return cmd
	}
	if wait := p.wait(); visible && wait > 0 && !p.loaded.IsZero() && p.env.Now().Sub(p.loaded) >= wait {
		return p.reload()
	}
	return p.arm()
}

func (p *Pane[T]) wait() time.Duration {
	if p.spec.Poll == nil {
		return p.moving()
	}
	d := p.spec.Poll(p.table.Slice())
	if p.err != nil {
		d *= slowDown
	}
	return d
}

// arm starts the timer of the next poll in place of the one that runs.
func (p *Pane[T]) arm() tea.Cmd {
	d := p.wait()
	if !p.visible || d <= 0 {
		return nil
	}
	p.polls++
	return p.env.Tick(d, pollMsg{p, p.polls})
}

func (p *Pane[T]) polled(m pollMsg) tea.Cmd {
	if m.pane != any(p) || m.n != p.polls || !p.visible {
		return nil
	}
	return p.reload()
}
