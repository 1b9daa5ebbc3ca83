package listpane

import (
	"context"
	"strings"

	"straws/ui/load"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
)

// refilter applies the text of the filter.
func (p *Pane[T]) refilter() tea.Cmd {
	match, err := table.Filter(p.filter.Value(), p.table.Columns(), p.tags(), p.env.Now())
	if p.wrong = err; err != nil {
		return nil // keeps the rows of the last good filter while a word is being typed
	}
	p.match = match
	p.asked++
	return tea.Batch(p.run(), p.askTags())
}

// order is the comparison in force; nil for load order.
func (p *Pane[T]) order() func(a, b T) int {
	if p.sorted < 0 {
		return p.spec.Order
	}
	by := p.table.Columns()[p.sorted].Order
	if p.desc {
		return func(a, b T) int { return by(b, a) }
	}
	return by
}

// inline is the length up to which a list is filtered and sorted at once: below
// it that takes less time than a frame, and the rows never show unsorted.
const inline = 2000

// run queries all rows, in place of the query in flight; long lists away from
// the event loop.
func (p *Pane[T]) run() tea.Cmd {
	rows, match, order := p.table.Rows(), p.match, p.order()
	p.queried, p.stale = rows.Len(), false
	if rows.Len() <= inline || match == nil && order == nil {
		p.query.Cancel()
		view, _ := table.Query(p.env.Ctx, rows, match, order)
		p.show(view)
		return nil
	}
	return p.query.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) ([]int32, error) {
		return table.Query(ctx, rows, match, order)
	}))
}

func (p *Pane[T]) show(view []int32) {
	p.table.SetView(view)
	p.sought(0)
	if p.complete {
		if p.seek != "" && p.place > 0 {
			p.table.Move(p.place - p.table.Cursor())
			p.seek = ""
		}
		p.table.Settle()
	}
}

func (p *Pane[T]) acceptQuery(page load.Page[[]int32]) tea.Cmd {
	if page.Err != nil {
		return nil
	}
	p.show(page.Items[0])
	if p.order() == nil {
		p.extend()
	} else if p.stale {
		return p.run()
	}
	return p.follow()
}

// regrow is the part by which a list must have grown before it is sorted again
// while it loads: a quarter, so that a million rows are sorted some thirty times
// rather than a thousand.
const regrow = 4

// requery brings the result up to date with rows that were added. When rows are
// only filtered, the new ones are tested; a sort runs again when the list has
// grown, and at the end.
func (p *Pane[T]) requery(last bool) tea.Cmd {
	n := p.table.Rows().Len()
	switch {
	case p.match == nil && p.order() == nil && p.table.View() == nil && !last:
		p.queried = n // every row is shown already
	case p.match == nil && p.order() == nil || p.queried == 0 || n <= inline:
		return p.run()
	case p.query.Busy():
		p.stale = true
	case p.order() == nil:
		p.extend()
	case last || n-p.queried >= p.queried/regrow:
		return p.run()
	}
	return nil
}

// extend adds the rows that came since the last query and pass the filter.
func (p *Pane[T]) extend() {
	rows := p.table.Rows()
	var more []int32
	for i := p.queried; i < rows.Len(); i++ {
		if p.match(rows.At(i)) {
			more = append(more, int32(i))
		}
	}
	shown := p.table.Len()
	p.table.Extend(more)
	p.sought(shown)
	p.queried = rows.Len()
}

// sort orders by a column; the same column again turns the order round.
func (p *Pane[T]) sort(col int) tea.Cmd {
	if col == p.sorted {
		p.desc = !p.desc
	} else {
		p.sorted, p.desc = col, false
	}
	p.table.SetSort(p.sorted, p.desc)
	p.asked++
	return p.run()
}

// typed handles a key of the filter line.
func (p *Pane[T]) typed(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "enter":
		p.typing = false
		return nil
	case "esc":
		p.typing = false
		p.filter.SetValue("")
		return p.refilter()
	case "up", "down":
		p.table.Key(k.String())
		return p.follow()
	}
	before := p.filter.Value()
	p.filter, _ = p.filter.Update(k)
	if strings.TrimSpace(p.filter.Value()) == strings.TrimSpace(before) {
		return nil
	}
	return p.refilter()
}

func (p *Pane[T]) paste(m tea.PasteMsg) tea.Cmd {
	if !p.typing {
		return nil
	}
	p.filter, _ = p.filter.Update(m)
	return p.refilter()
}
