package s3

import (
	"context"
	"sync"

	"straws/awsclient/s3"
	"straws/ui/pane"
	"straws/ui/sectionpane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// Short names for what a page is made of.
type (
	section = sectionpane.Section
	field   = sectionpane.Field
)

// details is the page of an object; nil for a prefix, which is only a name.
func (p place) details(e s3.Entry) pane.Factory {
	if e.Prefix() {
		return nil
	}
	return p.page(p.target(e))
}

// details is the page of a version; nil for what has nothing to tell beside its row.
func (h history) details(v s3.Version) pane.Factory {
	if v.Prefix() || v.Marker {
		return nil
	}
	return h.page(h.row(v))
}

// page is everything about one object or version that is asked for with its
// name. Each section is a request and a permission of its own.
func (p place) page(t target) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p.env = env
		f := &facts{target: t}
		return sectionpane.New(sectionpane.Spec{
			Title: t.name(),
			Parts: f.parts(),
			Actions: func(env pane.Env, refresh func() tea.Cmd) []pane.Action {
				env.Reload = refresh
				return p.pageActions(env, f, refresh)
			},
			Changes: p.changes(env).Load,
			Copies:  f.copies,
		})(env)
	}
}

// facts reads the sections of an object's page.
type facts struct {
	target target

	mu     sync.Mutex
	record s3.Details // as it was read last
	read   bool
}

// known is what the page knows of the object, for the actions on it.
func (f *facts) known() (s3.Details, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.record, f.read
}

func (f *facts) learn(d s3.Details) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.record, f.read = d, true
}

// json is the whole record; "" before it was read.
func (f *facts) json() string {
	d, ok := f.known()
	if !ok {
		return ""
	}
	text, err := textpane.Record(d)
	if err != nil {
		return ""
	}
	return text
}

func (f *facts) copies(env pane.Env) []sectionpane.Copy {
	o := f.target.Object
	d, _ := f.known()
	return []sectionpane.Copy{
		{Label: "key", Text: o.Key},
		{Label: "URI", Text: s3.URI(o.Bucket, o.Key)},
		{Label: "ARN", Text: s3.ARN(s3.Region(env.AWS, o.Bucket), o.Bucket, o.Key)},
		{Label: "version id", Text: o.Version},
		{Label: "ETag", Text: d.ETag},
		{Label: "record as JSON", Text: f.json()},
		{Label: "command: Details", Text: env.AWS.Command(s3.DetailsCommand(o)...)},
	}
}

// pageActions are what can be done to the object of a page.
func (p place) pageActions(env pane.Env, f *facts, refresh func() tea.Cmd) []pane.Action {
	one := []target{f.target}
	change := func(id, label, key, off string, do func() tea.Cmd) pane.Action {
		return pane.Action{ID: id, Label: label, Keys: []string{key}, Off: off, Count: 1, Noun: "object", Names: []string{f.target.Key}, Do: do}
	}
	share := change("s3.object.share", "Share", "s", "", func() tea.Cmd { return share(env, f.target.Object) })
	share.Hide = true
	// What is off most of the time has no room in the line of hints.
	restore := change("s3.object.restore", "Restore from archive", "E", p.restoreOff(f.target), func() tea.Cmd { return p.pickTier(env, one) })
	restore.Hide = restore.Off != ""
	class := change("s3.object.class", "Change storage class", "C", p.classOff(f.target), func() tea.Cmd { return p.pickClass(env, one) })
	class.Hide = class.Off != ""
	record := change("s3.object.record", "Record as JSON", "J", "", func() tea.Cmd { env.Push(f.recordPane()); return nil })
	if _, ok := f.known(); !ok {
		record.Off = "it is not read yet"
	}
	return []pane.Action{
		change("s3.object.open", "Open", "enter", "", func() tea.Cmd { env.Push(contentOf(f.subject())); return nil }),
		change("s3.object.download", "Download", "d", f.archivedOff(), func() tea.Cmd { return f.download(env) }),
		share,
		change("s3.object.tags", "Tags", "e", p.tagsOff(f.target), func() tea.Cmd { return p.editTagsThen(env, one, refresh) }),
		class,
		restore,
		change("s3.object.versions", "Versions of this key", "K", "", func() tea.Cmd {
			env.Push(versionsOf(f.target.Bucket, f.target.Key))
			return nil
		}),
		record,
	}
}

func (f *facts) subject() subject {
	o := subject{Object: f.target.Object, ETag: f.target.entry.ETag()}
	if f.target.entry.Archived() {
		o.Class = f.target.entry.Class()
	}
	return o
}

// recordPane is the whole record as JSON, with a jq box.
func (f *facts) recordPane() pane.Factory {
	return textpane.New(textpane.Spec{
		Title: "record", JSON: true,
		Load: func(ctx context.Context, env pane.Env) (string, error) {
			d, err := s3.Describe(ctx, env.AWS, f.target.Object)
			if err != nil {
				return "", err
			}
			return textpane.Record(d)
		},
	})
}
