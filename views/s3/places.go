package s3

import (
	"context"
	"time"

	"straws/awsclient/places"
	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/job"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
)

// placesPlace are the actions about bookmarks at an address.
func placesPlace(env pane.Env, address string) []pane.Action {
	return []pane.Action{
		{
			ID: "s3.places", Label: "Places", Keys: []string{"b"}, Count: 1, Hide: true,
			Do: func() tea.Cmd { env.Push(known()); return nil },
		},
		{
			ID: "s3.bookmark", Label: "Bookmark this place", Keys: []string{"B"}, Count: 1, Hide: true,
			Job: func() job.Spec {
				return job.Spec{Title: "bookmark " + address, Total: 1, Run: func(_ context.Context, p *job.Progress) error {
					defer p.Add(1)
					return places.Of(env.AWS).Bookmark(address, time.Now())
				}}
			},
		},
	}
}

// known is the list of bookmarks and of the places that were visited last.
func known() pane.Factory {
	return listpane.New(listpane.Spec[places.Place]{
		Title: "places", Noun: "place",
		ID:      func(p places.Place) string { return p.Address },
		Columns: placeColumns,
		Load: func(env pane.Env) load.Pager[places.Place] {
			return func(context.Context) ([]places.Place, bool, error) {
				all, err := places.Of(env.AWS).All()
				return all, false, err
			}
		},
		Actions: []listpane.Action[places.Place]{
			{
				ID: "s3.places.open", Label: "Go there", Keys: []string{"enter", "l", "right"},
				Do: func(env pane.Env, p places.Place) tea.Cmd { env.Open(p.Address); return nil },
			},
			{
				ID: "s3.places.bookmark", Label: "Bookmark", Keys: []string{"B"}, Here: here,
				Off: func(p places.Place) string {
					if p.Bookmarked {
						return "it has a bookmark"
					}
					return ""
				},
				Run: func(_ context.Context, env pane.Env, p places.Place) error {
					return places.Of(env.AWS).Bookmark(p.Address, p.At)
				},
			},
			{
				ID: "s3.places.forget", Label: "Forget", Keys: []string{"x"}, Here: here,
				Run: func(_ context.Context, env pane.Env, p places.Place) error {
					return places.Of(env.AWS).Forget(p.Address)
				},
			},
		},
		Copies: func(_ pane.Env, p places.Place) []listpane.Copy {
			return []listpane.Copy{{Label: "URI", Text: p.Address}}
		},
		Empty: "nothing has been visited yet; B at a level keeps a bookmark",
	})
}

// here says that a change concerns this machine, and not AWS.
func here(places.Place) bool { return true }

func placeColumns(env pane.Env) []table.Column[places.Place] {
	address := func(p places.Place) string { return p.Address }
	at := func(p places.Place) time.Time { return p.At }
	kind := func(p places.Place) string {
		if p.Bookmarked {
			return "★ bookmark"
		}
		return "visited"
	}
	return []table.Column[places.Place]{
		{Title: "KIND", Width: 10, Cell: kind, Order: table.ByText(kind), Tone: quiet[places.Place]},
		{Title: "PLACE", Cell: address, Order: table.ByText(address)},
		{Title: "VISITED", Width: 12, Drop: 1, Order: table.ByTime(at), Time: at, Tone: quiet[places.Place], Cell: func(p places.Place) string { return format.When(p.At, env.Now()) }},
	}
}

// visited remembers that a level was looked at. That it cannot be is no reason
// to disturb anybody: the list of places says so.
func (p place) visited() {
	_ = places.Of(p.env.AWS).Visit(s3.URI(p.bucket, p.prefix), time.Now())
}
