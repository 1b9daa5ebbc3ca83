package s3

import (
	"straws/awsclient/s3"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// versionActions are what a level's rows have to do with versions.
func (p place) versionActions() []listpane.Action[s3.Entry] {
	return []listpane.Action[s3.Entry]{{
		ID: "s3.object.versions", Label: "Versions of this key", Keys: []string{"K"}, Hide: true,
		Needs: []string{"s3:ListBucketVersions"},
		Off: func(e s3.Entry) string {
			if e.Prefix() {
				return "this is a prefix: V lists the versions of the level"
			}
			return ""
		},
		Show:    func(_ pane.Env, e s3.Entry) pane.Factory { return versionsOf(p.bucket, e.Key) },
		Command: func(_ pane.Env, e s3.Entry) []string { return s3.VersionsCommand(p.bucket, e.Key) },
	}}
}

// toVersions turns the level into a list of versions, with the cursor on the same
// key. It is there also where all keys are deleted.
func (p place) toVersions(env pane.Env, e s3.Entry, _ bool) []pane.Action {
	return []pane.Action{{
		ID: "s3.level.versions", Label: "Versions", Keys: []string{"V"}, Needs: []string{"s3:ListBucketVersions"},
		Do:      func() tea.Cmd { env.Push(listpane.At(versions(p.bucket, p.prefix, true), e.Key)); return nil },
		Command: func() string { return env.AWS.Command(s3.VersionsCommand(p.bucket, p.prefix)...) },
	}}
}

// versions is a level as the list of all versions of its objects. Over says that
// the level itself is below, so that V only has to leave.
func versions(bucket, prefix string, over bool) pane.Factory {
	return func(env pane.Env) pane.Pane {
		v := history{place: place{env: env, bucket: bucket, prefix: prefix}, over: over}
		return listpane.New(v.spec())(env)
	}
}

// versionsOf is the list of the versions of one key, and of no other.
func versionsOf(bucket, key string) pane.Factory {
	return func(env pane.Env) pane.Pane {
		v := history{place: place{env: env, bucket: bucket, prefix: key[:len(key)-len(lastSegment(key))]}, key: key, over: true}
		return listpane.New(v.spec())(env)
	}
}

// history is a list of versions.
type history struct {
	place

	key  string // the one that is listed; "" for the whole level
	over bool
}

func (h history) spec() listpane.Spec[s3.Version] {
	return listpane.Spec[s3.Version]{
		Title: h.heading(), Noun: "version",
		Other: func(v s3.Version) bool { return v.Prefix() }, OtherNoun: "prefix", OtherNouns: "prefixes",
		ID:      func(v s3.Version) string { return h.row(v).id() },
		Near:    func(v s3.Version) string { return v.Key },
		Name:    func(v s3.Version) string { return h.name(v.Entry) },
		Columns: h.columns,
		Load:    func(env pane.Env) load.Pager[s3.Version] { return h.load(env) },
		Enter:   h.enter,
		Details: h.details,
		Moving:  func(v s3.Version) bool { return v.Restoring() },
		Changes: h.changes,
		Preview: h.preview,
		Copies:  h.copies,
		Actions: h.actions(),
		Cursor:  h.toLevel,
		Note:    h.payer,
		Total:   func(rows []s3.Version) string { return total(entriesOf(rows)) },
		Empty:   "nothing was ever stored here, or its versions are gone",
	}
}

func entriesOf(rows []s3.Version) []s3.Entry {
	out := make([]s3.Entry, len(rows))
	for i, v := range rows {
		out[i] = v.Entry
	}
	return out
}

// heading is the end of the breadcrumb. The level's own stands before it, where
// the level is below.
func (h history) heading() string {
	switch {
	case h.key != "":
		return "versions of " + lastSegment(h.key)
	case h.over:
		return "versions"
	}
	return h.title() + " versions"
}

func (h history) load(env pane.Env) load.Pager[s3.Version] {
	if h.key != "" {
		return s3.VersionsOf(env.AWS, h.bucket, h.key)
	}
	return s3.Versions(env.AWS, h.bucket, h.prefix)
}

// row is a version as what an action is about.
func (h history) row(v s3.Version) target {
	t := target{Object: s3.Object{Bucket: h.bucket, Key: v.Key, Version: v.ID}, entry: v.Entry, marker: v.Marker, current: v.Latest && !v.Marker}
	if v.Prefix() {
		t.Version = ""
	}
	return t
}

func (h history) enter(v s3.Version) pane.Factory {
	switch {
	case v.Prefix():
		return versions(h.bucket, v.Key, false)
	case v.Marker:
		return h.details(v)
	}
	return contentOf(h.subject(v))
}

// subject is a version to look into.
func (h history) subject(v s3.Version) subject {
	o := subject{Object: v.Object(h.bucket), ETag: v.ETag()}
	if v.Archived() {
		o.Class = v.Class()
	}
	return o
}

// toLevel leads back to the level without versions.
func (h history) toLevel(env pane.Env, v s3.Version, _ bool) []pane.Action {
	return []pane.Action{{ID: "s3.level.versions", Label: "Versions off", Keys: []string{"V"}, Do: func() tea.Cmd {
		env.Pop()
		if !h.over {
			env.Push(listpane.At(level(h.bucket, h.prefix), v.Key))
		}
		return nil
	}}}
}
