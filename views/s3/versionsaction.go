package s3

import (
	"context"
	"fmt"
	"slices"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// actions are what can be done to versions, in the order of the menu.
func (h history) actions() []listpane.Action[s3.Version] {
	return slices.Concat(
		[]listpane.Action[s3.Version]{h.bringBack(), h.undelete(), h.compare()},
		h.transfers(),
		objectChanges(h.place, h.row),
		[]listpane.Action[s3.Version]{h.only(), h.remove()},
	)
}

// bringBack copies an older version on top of its key.
func (h history) bringBack() listpane.Action[s3.Version] {
	return listpane.Action[s3.Version]{
		ID: "s3.version.bring-back", Label: "Bring back", Keys: []string{"w"}, Needs: bringBackNeeds(),
		Off: func(v s3.Version) string { return h.bringBackOff(h.row(v)) },
		Many: func(env pane.Env, rows []s3.Version) tea.Cmd {
			ts := make([]target, len(rows))
			for i, v := range rows {
				ts[i] = h.row(v)
			}
			h.askBringBack(env, ts)
			return nil
		},
		Command: func(_ pane.Env, v s3.Version) []string { return s3.BringBackCommand(v.Object(h.bucket), v.Class()) },
	}
}

func bringBackNeeds() []string {
	return []string{"s3:GetObjectVersion", "s3:GetObjectVersionTagging", "s3:PutObject", "s3:PutObjectTagging"}
}

// bringBackOff says why a version cannot be brought back.
func (p place) bringBackOff(t target) string {
	switch why := p.untouchable(t); {
	case t.marker:
		return "a delete marker has no content: W removes it"
	case why != "":
		return why
	case t.current:
		return "this is the current version already"
	case t.entry.Archived():
		return "it is archived: E restores it first"
	}
	return ""
}

func (p place) askBringBack(env pane.Env, ts []target) {
	c := p.choose(ts, place.bringBackOff)
	if c.none(env) {
		return
	}
	a := c.action("s3.version.bring-back-now", "Bring back", bringBackNeeds()...)
	a.Warn = func() []string {
		facts := []string{"the old version is copied on top, as the current one, with its metadata and tags; all versions stay"}
		if n := keysTwice(c.targets); n > 0 {
			facts = append(facts, format.Plural(n, "key has", "keys have")+" several versions marked: which of them ends on top is chance")
		}
		return append(facts, c.left...)
	}
	a.Command = c.commands(env, func(t target) []string { return s3.BringBackCommand(t.Object, t.entry.Class()) })
	a.Job = p.starting(env, c, work{verb: "bring back", needs: bringBackNeeds(), copy: func(ctx context.Context, t target, watch func(int64)) error {
		return s3.BringBack(ctx, env.AWS, t.Object, watch)
	}})
	env.Act(a)
}

// keysTwice counts the keys that several targets are versions of.
func keysTwice(ts []target) int {
	seen := map[string]int{}
	n := 0
	for _, t := range ts {
		if seen[t.Key]++; seen[t.Key] == 2 {
			n++
		}
	}
	return n
}

// undelete removes the delete markers on top of a key.
func (h history) undelete() listpane.Action[s3.Version] {
	return listpane.Action[s3.Version]{
		ID: "s3.version.undelete", Label: "Undelete", Keys: []string{"W"}, Danger: pane.Write,
		Needs: []string{"s3:ListBucketVersions", "s3:DeleteObjectVersion"},
		Off: func(v s3.Version) string {
			switch {
			case v.Prefix():
				return "this is a prefix"
			case v.Latest && !v.Marker:
				return "it is not deleted"
			case v.Marker && !v.Latest:
				return "something was stored on top of this marker: it hides nothing"
			case !v.Marker:
				return "what hides it is the delete marker on top, if there is one; w brings this version back"
			}
			return ""
		},
		Warn: func([]s3.Version) []string {
			return []string{"the delete markers on top are removed for good, and the newest version below is the current one again"}
		},
		Target:  func(v s3.Version) string { return h.arn(h.env, h.row(v)) },
		Command: func(_ pane.Env, v s3.Version) []string { return s3.DeleteVersionCommand(v.Object(h.bucket)) },
		Run: func(ctx context.Context, env pane.Env, v s3.Version) error {
			return s3.Undelete(ctx, env.AWS, h.bucket, v.Key)
		},
	}
}

// remove deletes one version, or one delete marker, for good.
func (h history) remove() listpane.Action[s3.Version] {
	return listpane.Action[s3.Version]{
		ID: "s3.version.delete", Label: "Destroy", Keys: []string{"D"}, Danger: pane.Destroy,
		Needs: []string{"s3:DeleteObjectVersion"},
		Off: func(v s3.Version) string {
			if v.Prefix() {
				return "a prefix is only the beginning of keys: enter it, and mark the versions inside it instead"
			}
			return ""
		},
		Warn:    destruction,
		Target:  func(v s3.Version) string { return h.arn(h.env, h.row(v)) },
		Command: func(_ pane.Env, v s3.Version) []string { return s3.DeleteVersionCommand(v.Object(h.bucket)) },
		Run: func(ctx context.Context, env pane.Env, v s3.Version) error {
			return s3.DeleteVersion(ctx, env.AWS, v.Object(h.bucket))
		},
	}
}

// destruction says what deleting versions does.
func destruction(rows []s3.Version) []string {
	content, markers, latest := 0, 0, 0
	for _, v := range rows {
		switch {
		case v.Marker:
			markers++
		case v.Latest:
			latest++
			content++
		default:
			content++
		}
	}
	var facts []string
	if content > 0 {
		facts = append(facts, "permanent: the content of "+format.Plural(content, "version", "versions")+" is gone, and nothing brings it back")
	}
	if latest > 0 {
		facts = append(facts, fmt.Sprintf("%s current: the version below becomes it", format.Plural(latest, "of them is", "of them are")))
	}
	if markers > 0 {
		facts = append(facts, "permanent: "+format.Plural(markers, "delete marker goes", "delete markers go")+"; what a marker on top has hidden can be seen again")
	}
	return facts
}

// only opens the versions of one key alone.
func (h history) only() listpane.Action[s3.Version] {
	return listpane.Action[s3.Version]{
		ID: "s3.object.versions", Label: "Versions of this key", Keys: []string{"K"}, Hide: true,
		Needs: []string{"s3:ListBucketVersions"},
		Off: func(v s3.Version) string {
			switch {
			case v.Prefix():
				return "this is a prefix"
			case h.key != "":
				return "these are they"
			}
			return ""
		},
		Show: func(_ pane.Env, v s3.Version) pane.Factory { return versionsOf(h.bucket, v.Key) },
	}
}
