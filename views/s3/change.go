package s3

import (
	"strings"
	"sync/atomic"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// target is an object, or one version of it, in whatever list it stands.
type target struct {
	s3.Object // without a version, the current one is meant

	entry   s3.Entry
	marker  bool // a delete marker
	current bool // what a read of the key finds
}

// name is what the target is called in questions and messages.
func (t target) name() string { return lastSegment(t.Key) }

// id tells the target from every other one.
func (t target) id() string {
	if t.Version == "" {
		return t.Key
	}
	return t.Key + "?versionId=" + t.Version
}

// target is a row of a level as what an action is about.
func (p place) target(e s3.Entry) target {
	return target{Object: s3.Object{Bucket: p.bucket, Key: e.Key}, entry: e, current: true}
}

func (p place) changes(env pane.Env) *atomic.Int64 { return s3.Changes(env.AWS, p.bucket) }

func (p place) changeActions() []listpane.Action[s3.Entry] { return objectChanges(p, p.target) }

// objectChanges are the changes to what belongs to an object, for the rows of any
// list that as makes targets of.
func objectChanges[T any](p place, as func(T) target) []listpane.Action[T] {
	off := func(f func(place, target) string) func(T) string {
		return func(it T) string { return f(p, as(it)) }
	}
	many := func(f func(place, pane.Env, []target) tea.Cmd) func(pane.Env, []T) tea.Cmd {
		return func(env pane.Env, rows []T) tea.Cmd {
			ts := make([]target, len(rows))
			for i, it := range rows {
				ts[i] = as(it)
			}
			return f(p, env, ts)
		}
	}
	words := func(f func(target) []string) func(pane.Env, T) []string {
		return func(_ pane.Env, it T) []string { return f(as(it)) }
	}
	return []listpane.Action[T]{
		{
			ID: "s3.object.tags", Label: "Tags", Keys: []string{"e"}, Hide: true,
			Needs: []string{"s3:GetObjectTagging", "s3:PutObjectTagging"},
			Off:   off(place.tagsOff), Many: many(place.editTags),
			Command: words(func(t target) []string { return s3.ShowTagsCommand(t.Object) }),
		},
		{
			ID: "s3.object.class", Label: "Change storage class", Keys: []string{"C"}, Hide: true,
			Needs: []string{"s3:GetObject", "s3:PutObject"},
			Off:   off(place.classOff), Many: many(place.pickClass),
			Command: words(func(t target) []string { return s3.ClassCommand(t.Object, t.entry.Size, usualClass) }),
		},
		{
			ID: "s3.object.restore", Label: "Restore from archive", Keys: []string{"E"}, Hide: true,
			Needs: []string{"s3:RestoreObject"},
			Off:   off(place.restoreOff), Many: many(place.pickTier),
			Command: words(restoreCommand),
		},
	}
}

// untouchable says why nothing about a target can be changed.
func (p place) untouchable(t target) string {
	switch {
	case p.env.AWS.ReadOnly():
		return "this session is read-only"
	case t.entry.Prefix():
		return "a prefix is only the beginning of keys: enter it, and mark the objects inside it instead"
	case t.marker:
		return "a delete marker has no content"
	}
	return ""
}

// chosen are the targets of a piece of work, without those it is off for.
type chosen struct {
	targets []target
	bytes   int64
	left    []string // what is said about those that are left out
}

func (p place) choose(all []target, off func(place, target) string) chosen {
	var c chosen
	why, out := "", 0
	for _, t := range all {
		if reason := off(p, t); reason != "" {
			why = reason
			out++
			continue
		}
		c.targets = append(c.targets, t)
		c.bytes += t.entry.Size
	}
	if out > 0 {
		c.left = []string{format.Count(out) + " of the " + format.Count(len(all)) + " marked are left out: " + why}
	}
	return c
}

// none tells the user that nothing of what was marked can be worked on.
func (c chosen) none(env pane.Env) bool {
	if len(c.targets) > 0 {
		return false
	}
	env.Flash(pane.Warn, "nothing was done: "+strings.Join(c.left, ""))
	return true
}

// action begins an action about the chosen, as the shell asks about it.
func (c chosen) action(id, label string, needs ...string) pane.Action {
	a := pane.Action{
		ID: id, Label: label, Danger: pane.Write, Needs: needs, Count: len(c.targets), Noun: "objects",
	}
	if a.Count == 1 {
		a.Noun = "object"
	}
	for _, t := range c.targets[:min(len(c.targets), namesShown)] {
		name := t.Key
		if t.Version != "" {
			name += "?versionId=" + t.Version
		}
		a.Names = append(a.Names, name)
	}
	return a
}

// commands are those of the aws CLI that do the same to each of the chosen.
func (c chosen) commands(env pane.Env, words func(target) []string) func() string {
	return func() string {
		lines := make([]string, len(c.targets))
		for i, t := range c.targets {
			lines[i] = env.AWS.Command(words(t)...)
		}
		return strings.Join(lines, " &&\n")
	}
}

// namesShown is how many names a question lists.
const namesShown = 8
