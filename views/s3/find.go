package s3

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
)

func (p place) findActions() []listpane.Action[s3.Entry] {
	return nil // what finds things is about the level, and not about its rows
}

func (p place) findPlace(env pane.Env) []pane.Action {
	return append([]pane.Action{
		{
			ID: "s3.find", Label: "Find below", Keys: []string{"f"}, Needs: []string{"s3:ListBucket"}, Count: 1,
			Do: func() tea.Cmd { p.askWhat(env); return nil },
		},
		{
			ID: "s3.sizes", Label: "Sizes", Keys: []string{"z"}, Needs: []string{"s3:ListBucket"}, Count: 1, Hide: true,
			Do:      func() tea.Cmd { env.Push(sizes(p.bucket, p.prefix)); return nil },
			Command: func() string { return env.AWS.Command(s3.UsageCommand(p.bucket, p.prefix)...) },
		},
		p.togglePayer(env),
	}, placesPlace(env, s3.URI(p.bucket, p.prefix))...)
}

// askWhat asks what to look for below the level.
func (p place) askWhat(env pane.Env) {
	env.Ask(pane.Question{
		Title: "find below " + s3.URI(p.bucket, p.prefix),
		Facts: []string{
			"words, all of them anywhere in the key below here: invoice 2026    without: -draft",
			"*.parquet as a whole (* is any text, also across /)    >10mb <1gb    <7d >30d    class:glacier",
			"nothing finds every object; each 1,000 keys are one request",
		},
		Check: func(text string) string {
			if _, err := p.matcher(env, text); err != nil {
				return err.Error()
			}
			return ""
		},
		Do: func(text string) tea.Cmd {
			env.Push(p.hits(strings.TrimSpace(text)))
			return nil
		},
	})
}

// matcher tests objects away from the event loop, as of now.
func (p place) matcher(env pane.Env, text string) (func(s3.Entry) bool, error) {
	now := env.Now()
	env.Now = func() time.Time { return now }
	match, err := table.Filter(text, p.columns(env), nil, now)
	if err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	return match, nil
}

// search is a list of the objects below a place that match a text.
type search struct {
	place

	match func(s3.Entry) bool // nil for all
	walk  *s3.Walk
}

// hits is the list of what a search finds, as it finds it. Its rows are those of
// the place, with the names they have below it, and everything that can be done
// to an object can be done to them.
func (p place) hits(text string) pane.Factory {
	return func(env pane.Env) pane.Pane {
		s := &search{place: place{env, p.bucket, p.prefix}}
		s.match, _ = s.matcher(env, text) // it was checked when it was typed
		spec := s.spec()
		spec.Title = strings.TrimSpace("find " + text)
		spec.Noun, spec.Nouns = "hit", "hits"
		spec.Load = func(pane.Env) load.Pager[s3.Entry] { return s.begin() }
		spec.Order = func(a, b s3.Entry) int { return cmp.Compare(a.Key, b.Key) }
		spec.Progress = s.progress
		spec.Moving = nil // to look for all of them again every minute would cost too much
		spec.Place = s.findPlace
		spec.Empty = "no object below " + s3.URI(p.bucket, p.prefix) + " matches " + text
		return listpane.New(spec)(env)
	}
}

func (s *search) begin() load.Pager[s3.Entry] {
	walk := s3.NewWalk(s.env.AWS, s.bucket, s.prefix)
	s.walk = walk
	return func(ctx context.Context) ([]s3.Entry, bool, error) {
		objects, more, err := walk.Next(ctx)
		return picked(objects, s.match), more, err
	}
}

// picked are the objects that match. When they are few of many their keys are
// copied, so that those of the others can go.
func picked(objects []s3.Entry, match func(s3.Entry) bool) []s3.Entry {
	if match == nil {
		return objects
	}
	var hits []s3.Entry
	for _, o := range objects {
		if match(o) {
			hits = append(hits, o)
		}
	}
	if len(hits) < len(objects)/2 {
		for i := range hits {
			hits[i].Key = strings.Clone(hits[i].Key)
		}
	}
	return hits
}

// progress is how many keys have been looked at.
func (s *search) progress() string {
	if s.walk == nil {
		return ""
	}
	return "of " + counted(s.walk)
}

// counted is the number of keys that a walk has found, with a + while there may
// be more.
func counted(w *s3.Walk) string {
	n := int(w.Keys())
	if w.Whole() {
		return format.Plural(n, "key", "keys")
	}
	return format.Count(n) + "+ keys"
}
