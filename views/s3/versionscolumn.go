package s3

import (
	"context"
	"time"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"
	"straws/ui/table"
)

// columns of a list of versions. What an object was is quieter than what it is.
func (h history) columns(env pane.Env) []table.Column[s3.Version] {
	name := func(v s3.Version) string { return h.name(v.Entry) }
	size := func(v s3.Version) int64 { return v.Size }
	modified := func(v s3.Version) time.Time { return v.Modified() }
	class := func(v s3.Version) string { return classWord(v.Entry) }
	return []table.Column[s3.Version]{
		{Title: "NAME", Brief: true, Cell: name, Order: table.ByText(name), Tone: versionTone},
		{Title: "STATE", Width: 13, Drop: 1, Brief: true, Cell: stateWord, Order: table.ByText(stateWord), Tone: stateTone},
		{Title: "VERSION", Width: 8, Drop: 4, Cell: shortID, Tone: quiet[s3.Version]},
		{
			Title: "SIZE", Width: 9, Right: true, Drop: 2, Brief: true, Order: table.ByNumber(size), Bytes: size, Tone: versionTone,
			Cell: func(v s3.Version) string {
				if v.Prefix() || v.Marker {
					return "-"
				}
				return format.Size(v.Size)
			},
		},
		{
			Title: "MODIFIED", Width: 12, Drop: 3, Brief: true, Order: table.ByTime(modified), Time: modified, Tone: quiet[s3.Version],
			Cell: func(v s3.Version) string {
				if v.Prefix() {
					return ""
				}
				return format.When(v.Modified(), env.Now())
			},
		},
		{Title: "CLASS", Fit: 23, Drop: 5, Cell: class, Order: table.ByText(class), Tone: quiet[s3.Version]},
	}
}

// stateWord says what a version is to its key.
func stateWord(v s3.Version) string {
	switch {
	case v.Prefix():
		return ""
	case v.Marker && v.Latest:
		return "deleted"
	case v.Marker:
		return "delete marker"
	case v.Latest:
		return "latest"
	}
	return "older"
}

func stateTone(v s3.Version) table.Tone {
	switch {
	case v.Marker && v.Latest:
		return table.Warn
	case v.Latest:
		return table.Good
	}
	return table.Muted
}

func versionTone(v s3.Version) table.Tone {
	switch {
	case v.Prefix():
		return table.Accent
	case v.Latest && !v.Marker:
		return table.Plain
	}
	return table.Muted
}

// shortID is the beginning of a version's id: enough to tell those of a key apart.
func shortID(v s3.Version) string { return v.ID[:min(len(v.ID), 8)] }

func (h history) preview(ctx context.Context, env pane.Env, v s3.Version) (listpane.Preview, error) {
	switch {
	case v.Prefix():
		return h.place.preview(ctx, env, v.Entry)
	case v.Marker:
		return listpane.Preview{Title: "delete marker", Text: "a delete marker has no content; W brings the object back"}, nil
	}
	return previewOf(ctx, env, h.subject(v))
}

func (h history) copies(env pane.Env, v s3.Version) []listpane.Copy {
	if v.Prefix() {
		return h.place.copies(env, v.Entry)
	}
	o := v.Object(h.bucket)
	return []listpane.Copy{
		{Label: "name", Text: h.name(v.Entry)},
		{Label: "key", Text: v.Key},
		{Label: "version id", Text: v.ID},
		{Label: "URI", Text: s3.URI(h.bucket, v.Key)},
		{Label: "ARN", Text: s3.ARN(s3.Region(env.AWS, h.bucket), h.bucket, v.Key)},
		{Label: "command: Details", Text: env.AWS.Command(s3.DetailsCommand(o)...)},
	}
}
