package listpane

import (
	"context"
	"errors"

	"straws/awsclient"
	"straws/ui/load"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
)

// accept takes a page of the load in flight.
func (p *Pane[T]) accept(page load.Page[T]) tea.Cmd {
	if page.Err != nil {
		return p.failed(awsclient.Classify(page.Err))
	}
	if page.First {
		p.begin()
	}
	switch {
	case p.spec.Whole:
		return p.replace(page)
	case p.renewing:
		p.incoming = p.incoming.With(page.Items)
	default:
		p.append(page.Items)
	}
	if !page.Last {
		return p.requery(false)
	}
	p.complete, p.loaded = true, p.env.Now()
	if p.renewing {
		return tea.Batch(p.renew(), p.arm())
	}
	return tea.Batch(p.requery(true), p.arm(), p.follow(), p.askTags())
}

// long is the length from which a list is not held twice during a refresh.
const long = 100_000

// begin takes the first page of a load. A refresh is shown when it is whole;
// that of a long list, whose two states would be too large together, as it
// comes, unless marks were to be lost meanwhile.
func (p *Pane[T]) begin() {
	p.incoming, p.err, p.stopped = table.Rows[T]{}, nil, false
	n := p.table.Rows().Len()
	p.renewing = n > 0 && (n < long || p.table.Marked() > 0) && p.spec.Progress == nil
	if p.spec.Whole {
		p.complete = false
		return
	}
	if n == 0 || p.renewing {
		return
	}
	if it, ok := p.table.Current(); ok && p.table.Cursor() > 0 {
		p.seek, p.place = p.spec.ID(it), p.table.Cursor()
	}
	p.query.Cancel()
	p.renewal.Cancel()
	p.table.Restart()
	p.others = 0
	p.complete, p.queried, p.rangeing = false, 0, false
}

// renew makes the rows of a refresh ready to be shown, away from the event loop
// when there are many.
func (p *Pane[T]) renew() tea.Cmd {
	ready := p.table.Renew(p.incoming, p.match, p.order())
	n := p.incoming.Len()
	p.incoming, p.renewed = table.Rows[T]{}, p.asked
	if n <= inline {
		r, err := ready(p.env.Ctx)
		if err != nil {
			return nil // the pane is being left
		}
		return p.install(r)
	}
	return p.renewal.Start(p.env.Ctx, "", load.Once(ready))
}

func (p *Pane[T]) install(r table.Renewal[T]) tea.Cmd {
	p.query.Cancel()
	p.table.Install(r)
	p.others = 0
	for _, it := range p.table.Rows().All {
		p.tally(it)
	}
	if p.complete {
		p.table.Settle()
	}
	p.queried = p.table.Rows().Len()
	if p.asked != p.renewed {
		return p.run() // the filter or the order has changed meanwhile
	}
	return tea.Batch(p.follow(), p.askTags())
}

func (p *Pane[T]) append(items []T) {
	before := p.table.Rows().Len()
	p.table.Append(items)
	for _, it := range items {
		p.tally(it)
	}
	p.ready = true
	p.near(items)
	if p.match == nil && p.order() == nil {
		p.sought(before)
	}
}

// sought puts the cursor on the row that was asked for, if it is among those
// shown from place from on.
func (p *Pane[T]) sought(from int) {
	if p.seek != "" && p.table.Seek(p.seek, from) {
		p.seek = ""
	}
}

// replace shows a page that is the whole list. One that comes while the one
// before is still being made ready is passed over, but for the last.
func (p *Pane[T]) replace(page load.Page[T]) tea.Cmd {
	if page.Last {
		p.complete, p.loaded = true, p.env.Now()
	} else if p.renewal.Busy() {
		return nil
	}
	p.ready = true
	p.incoming = table.RowsOf(page.Items)
	return tea.Batch(p.renew(), p.arm())
}

// stop ends the load and keeps what has come.
func (p *Pane[T]) stop() tea.Cmd {
	p.load.Cancel()
	p.stopped, p.ready = true, true
	if p.spec.Whole {
		return nil
	}
	cmd := p.run()
	p.table.Settle()
	return cmd
}

// failed keeps the rows that are there: an error in the middle of a listing
// says so, and takes nothing away.
func (p *Pane[T]) failed(err error) tea.Cmd {
	p.incoming = table.Rows[T]{}
	if errors.Is(err, context.Canceled) {
		return nil
	}
	p.err = err
	if p.table.Len() > 0 {
		p.env.Fail(err)
	}
	if p.spec.Progress != nil && !p.spec.Whole {
		return tea.Batch(p.run(), p.arm()) // shows what came since the last query
	}
	return p.arm()
}
