package s3

import (
	"straws/awsclient/s3"
	"straws/awsclient/transfer"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// transfers take versions out of S3: to this machine, and by a link.
func (h history) transfers() []listpane.Action[s3.Version] {
	return []listpane.Action[s3.Version]{
		{
			ID: "s3.version.download", Label: "Download", Keys: []string{"d"}, Needs: []string{"s3:GetObjectVersion"},
			Off: unreadable,
			Many: func(env pane.Env, rows []s3.Version) tea.Cmd {
				d := transfer.Download{Bucket: h.bucket, Base: h.prefix}
				for _, v := range rows {
					if unreadable(v) == "" {
						d.Objects = append(d.Objects, v.Object(h.bucket))
					}
				}
				what := format.Plural(len(d.Objects), "version", "versions")
				if len(d.Objects) == 1 {
					what = lastSegment(d.Objects[0].Key)
				}
				return fetch(env, what, d)
			},
			Command: func(_ pane.Env, v s3.Version) []string {
				return s3.FetchCommand(v.Object(h.bucket), lastSegment(v.Key))
			},
		},
		{
			ID: "s3.version.share", Label: "Share", Keys: []string{"s"}, Needs: []string{"s3:GetObjectVersion"}, Hide: true,
			Off: unreadable,
			Do:  func(env pane.Env, v s3.Version) tea.Cmd { return share(env, v.Object(h.bucket)) },
		},
	}
}

// unreadable says why a version's content cannot be had.
func unreadable(v s3.Version) string {
	switch {
	case v.Prefix():
		return "this is a prefix: enter it, and mark the versions inside it instead"
	case v.Marker:
		return "a delete marker has no content"
	case v.Archived():
		return "it is archived: E restores it first"
	}
	return ""
}

// download fetches the object of a page.
func (f *facts) download(env pane.Env) tea.Cmd {
	t := f.target
	d := transfer.Download{Bucket: t.Bucket, Base: t.Key[:len(t.Key)-len(lastSegment(t.Key))]}
	if t.Version == "" {
		d.Items = []s3.Entry{t.entry}
	} else {
		d.Objects = []s3.Object{t.Object}
	}
	return fetch(env, t.name(), d)
}

// archivedOff says why an object of a page cannot be read.
func (f *facts) archivedOff() string {
	if f.target.entry.Archived() {
		return "it is archived: E restores it first"
	}
	return ""
}
