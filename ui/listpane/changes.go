package listpane

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// movingEvery is how soon a list is loaded again in which AWS is at work on a row.
const movingEvery = time.Minute

// note remembers what has been changed up to the load that begins: its answer
// holds all of it.
func (p *Pane[T]) note() {
	if p.spec.Changes != nil {
		p.changes = p.spec.Changes(p.env).Load()
	}
}

// changed counts a change that this list has made.
func (p *Pane[T]) changed() {
	if p.spec.Changes != nil {
		p.spec.Changes(p.env).Add(1)
	}
}

// catchUp loads again when something was changed since the last load began.
func (p *Pane[T]) catchUp() tea.Cmd {
	if p.spec.Changes == nil || !p.visible || !p.ready || p.spec.Changes(p.env).Load() == p.changes {
		return nil
	}
	return p.Refresh()
}

// moving is how long to wait for a row that changes by itself; 0 when there is
// none, or too many to list them all for one.
func (p *Pane[T]) moving() time.Duration {
	if p.spec.Moving == nil || p.table.Rows().Len() > inline {
		return 0
	}
	for _, it := range p.table.Rows().All {
		if p.spec.Moving(it) {
			return movingEvery
		}
	}
	return 0
}

// near turns the identity that is sought into that of the first row near it.
func (p *Pane[T]) near(items []T) {
	if p.seek == "" || p.spec.Near == nil {
		return
	}
	for _, it := range items {
		if p.spec.Near(it) == p.seek {
			p.seek = p.spec.ID(it)
			return
		}
	}
}
