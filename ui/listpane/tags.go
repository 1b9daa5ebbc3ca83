package listpane

import (
	"context"
	"maps"
	"strings"
	"sync"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/load"

	tea "charm.land/bubbletea/v2"
)

// tagsAtOnce is how many rows are asked for their tags side by side: a control
// plane that allows 15 requests a second is not to be flooded.
const tagsAtOnce = 4

// tagged are the tags of one row.
type tagged struct {
	id   string
	tags map[string]string
}

// tags is what a tag: in the filter is matched against; nil where rows have none.
func (p *Pane[T]) tags() func(T) map[string]string {
	if p.spec.LoadTags == nil {
		return p.spec.Tags
	}
	known := p.known // the map is replaced and never changed: a filter may run away from the event loop
	return func(it T) map[string]string { return known[p.spec.ID(it)] }
}

// wantsTags reports whether the filter asks for tags that have to be loaded.
func (p *Pane[T]) wantsTags() bool {
	if p.spec.LoadTags == nil {
		return false
	}
	for _, word := range strings.Fields(strings.ToLower(p.filter.Value())) {
		if want, ok := strings.CutPrefix(strings.TrimPrefix(word, "-"), "tag:"); ok && want != "" {
			return true
		}
	}
	return false
}

// askTags loads the tags that the filter needs and that are not known yet.
func (p *Pane[T]) askTags() tea.Cmd {
	if !p.wantsTags() {
		p.tagging.Cancel()
		return nil
	}
	if p.tagErr != nil {
		return nil // until a refresh: the next row would say the same
	}
	var rows []T
	for _, it := range p.table.Rows().All {
		if _, ok := p.known[p.spec.ID(it)]; !ok {
			rows = append(rows, it)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return p.tagging.Start(p.env.Ctx, "tags", p.tagPager(rows))
}

// tagPager asks for the tags of rows, a few at a time.
func (p *Pane[T]) tagPager(rows []T) load.Pager[tagged] {
	env, id, ask := p.env, p.spec.ID, p.spec.LoadTags
	return func(ctx context.Context) ([]tagged, bool, error) {
		n := min(tagsAtOnce, len(rows))
		page, errs := make([]tagged, n), make([]error, n)
		var wg sync.WaitGroup
		for i, it := range rows[:n] {
			wg.Go(func() {
				page[i].id = id(it)
				page[i].tags, errs[i] = ask(ctx, env, it)
			})
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil {
				return nil, false, err
			}
		}
		rows = rows[n:]
		return page, len(rows) > 0, nil
	}
}

func (p *Pane[T]) acceptTags(page load.Page[tagged]) tea.Cmd {
	if p.tagErr = awsclient.Classify(page.Err); p.tagErr != nil {
		return nil
	}
	known := maps.Clone(p.known)
	if known == nil {
		known = map[string]map[string]string{}
	}
	for _, t := range page.Items {
		known[t.id] = t.tags
	}
	p.known = known
	return p.refilter()
}

// forgetTags lets a refresh ask again.
func (p *Pane[T]) forgetTags() {
	p.tagging.Cancel()
	p.known, p.tagErr = nil, nil
}

// tagStatus says how far the tags are, behind the number of rows that match.
func (p *Pane[T]) tagStatus() string {
	switch {
	case !p.wantsTags():
		return ""
	case p.tagErr != nil:
		return p.env.Theme.Bad.Render(" · tags: " + clean.Line(p.tagErr.Error()))
	case p.tagging.Busy():
		return " · tags of " + format.Count(len(p.known)) + " read …"
	}
	return ""
}
