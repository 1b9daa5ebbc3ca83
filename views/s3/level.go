package s3

import (
	"context"
	"strings"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
)

// level is the list of what is directly below a prefix; the top of the bucket
// for "".
func level(bucket, prefix string) pane.Factory {
	return func(env pane.Env) pane.Pane { return docked(env, bucket, prefix) }
}

// place is one level of a bucket.
type place struct {
	env            pane.Env
	bucket, prefix string
}

func (p place) spec() listpane.Spec[s3.Entry] {
	return listpane.Spec[s3.Entry]{
		Title: p.title(), Noun: "key",
		Other: s3.Entry.Prefix, OtherNoun: "prefix", OtherNouns: "prefixes",
		ID:      func(e s3.Entry) string { return e.Key },
		Name:    p.name,
		Columns: p.columns,
		Load:    func(pane.Env) load.Pager[s3.Entry] { return p.load() },
		Enter:   p.enter,
		Record:  p.record,
		Preview: p.preview,
		Copies:  p.copies,
		Actions: p.actions(),
		Place:   p.placeActions,
		Empty:   p.empty(),
		Total:   total,
		Details: p.details,
		Moving:  s3.Entry.Restoring,
		Changes: p.changes,
		Cursor:  p.toVersions,
		Note:    p.payer,
	}
}

func (p place) title() string {
	if p.prefix == "" {
		return p.bucket
	}
	return lastSegment(p.prefix)
}

func (p place) empty() string {
	if p.prefix == "" {
		return "this bucket is empty, or holds only older versions, which V lists"
	}
	return "there is nothing below " + p.prefix
}

// lastSegment is the part of a key after the last slash but one at its end.
func lastSegment(key string) string {
	return key[strings.LastIndex(strings.TrimSuffix(key, s3.Delimiter), s3.Delimiter)+1:]
}

// name is what a row is called within its level. An object that has the level's
// own name is the marker of a folder.
func (p place) name(e s3.Entry) string {
	if e.Key == p.prefix {
		return "./"
	}
	return e.Key[len(p.prefix):]
}

// load lists the level. Between the first page and the second, the visit is
// written down, and it is asked what the bucket does with deleted objects: the
// rows do not wait for that, and the question before a deletion has the answer.
func (p place) load() load.Pager[s3.Entry] {
	list := s3.List(p.env.AWS, p.bucket, p.prefix)
	pages, more := 0, true
	return func(ctx context.Context) ([]s3.Entry, bool, error) {
		pages++
		if pages == 2 {
			p.visited()
			_, _ = s3.LearnVersioning(ctx, p.env.AWS, p.bucket) // not knowing is an answer too
			return nil, more, ctx.Err()
		}
		rows, rest, err := list(ctx)
		more = rest
		return rows, more || pages == 1, err
	}
}

func (p place) enter(e s3.Entry) pane.Factory {
	if e.Prefix() {
		return level(p.bucket, e.Key)
	}
	return content(p.bucket, e)
}

func (p place) record(ctx context.Context, env pane.Env, e s3.Entry) (any, error) {
	if e.Prefix() {
		return struct{ Bucket, Prefix, URI, ARN string }{
			p.bucket, e.Key, s3.URI(p.bucket, e.Key), s3.ARN(s3.Region(env.AWS, p.bucket), p.bucket, e.Key),
		}, nil
	}
	return s3.Describe(ctx, env.AWS, s3.Object{Bucket: p.bucket, Key: e.Key})
}

func (p place) copies(env pane.Env, e s3.Entry) []listpane.Copy {
	what, command := "key", listpane.Copy{Label: "command: Read", Text: env.AWS.Command(s3.ReadCommand(p.bucket, e.Key)...)}
	if e.Prefix() {
		what, command = "prefix", listpane.Copy{Label: "command: List", Text: env.AWS.Command(s3.ListCommand(p.bucket, e.Key)...)}
	}
	return []listpane.Copy{
		{Label: "name", Text: p.name(e)},
		{Label: what, Text: e.Key},
		{Label: "URI", Text: s3.URI(p.bucket, e.Key)},
		{Label: "ARN", Text: s3.ARN(s3.Region(env.AWS, p.bucket), p.bucket, e.Key)},
		{Label: "URL", Text: s3.URL(env.AWS, p.bucket, e.Key)},
		command,
	}
}

// total is the size of the objects among rows.
func total(rows []s3.Entry) string {
	var sum int64
	for _, e := range rows {
		sum += e.Size
	}
	return "· " + format.Size(sum)
}
