package s3

import (
	"context"
	"errors"
	"path"

	"straws/awsclient"
	"straws/awsclient/inside"
	"straws/awsclient/s3"
	"straws/ui/listpane"
	"straws/ui/pane"
	"straws/views/s3/peek"

	tea "charm.land/bubbletea/v2"
)

// subject is an object, or one version of it, to look into.
type subject struct {
	s3.Object

	ETag  string // that it must still have; "" for whatever is there
	Class string // the archive class it is in and has to be restored from; "" when it can be read
	Being bool   // restored from there, already
}

// subject is an object of the level, to look into.
func (p place) subject(e s3.Entry) subject {
	o := subject{Object: s3.Object{Bucket: p.bucket, Key: e.Key}, ETag: e.ETag()}
	if e.Archived() {
		o.Class, o.Being = e.Class(), e.Restoring()
	}
	return o
}

// preview is the beginning of an object, as text where it is one.
func (p place) preview(ctx context.Context, env pane.Env, e s3.Entry) (listpane.Preview, error) {
	if e.Prefix() {
		return listpane.Preview{Title: "prefix", Text: "enter lists what is below it"}, nil
	}
	return previewOf(ctx, env, p.subject(e))
}

// previewOf is the beginning of an object or of a version.
func previewOf(ctx context.Context, env pane.Env, o subject) (listpane.Preview, error) {
	if o.Class != "" {
		return listpane.Preview{Title: o.Class, Text: archived(o.Class, o.Being)}, nil
	}
	return peek.Preview(ctx, o.file(env))
}

// file is the subject with nothing read of it yet.
func (o subject) file(env pane.Env) *inside.File {
	return inside.New(path.Base(o.Key), s3.NewSource(env.AWS, o.Object, o.ETag))
}

// content is what an object holds, on a screen of its own.
func content(bucket string, e s3.Entry) pane.Factory {
	return contentOf(place{bucket: bucket}.subject(e))
}

// contentOf is what an object, or an older version of it, holds.
func contentOf(o subject) pane.Factory {
	s := peek.Spec{
		Title: lastSegment(o.Key),
		Open: func(_ context.Context, env pane.Env) (*inside.File, error) {
			return o.file(env), nil
		},
		Excuse:  o.excuse,
		Actions: o.actions,
		Copies:  o.copies,
	}
	if o.Class != "" {
		s.Instead = archived(o.Class, o.Being)
		if !o.Being {
			s.Instead += "\n\nesc, and E on its row restores it"
		}
	}
	return peek.New(s)
}

// excuse is the sentence for a read that failed as it had to.
func (o subject) excuse(err error) string {
	switch {
	case missing(err):
		return "there is no object with this key\n\nwhat is below it: " + s3.URI(o.Bucket, o.Key) + s3.Delimiter
	case errors.Is(err, s3.ErrArchived):
		return "this object is archived: it has to be restored before it can be read"
	}
	return ""
}

// missing tells an absent key from everything else that is not found.
func missing(err error) bool {
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) && e.Code == "NoSuchKey"
}

func archived(class string, being bool) string {
	if being {
		return "this object is being restored from " + class + ": it can be read when that is done"
	}
	return "this object is in " + class + ": it has to be restored before it can be read"
}

// actions are what can be done to the object whose content is on the screen.
func (o subject) actions(env pane.Env) []pane.Action {
	return append(o.transfers(env), pane.Action{
		ID: "s3.content.details", Label: "Details", Keys: []string{"i"}, Hide: true,
		Do: func() tea.Cmd {
			env.Push(place{env: env, bucket: o.Bucket}.page(target{Object: o.Object, current: o.Version == ""}))
			return nil
		},
	})
}

func (o subject) copies(env pane.Env) []listpane.Copy {
	return []listpane.Copy{
		{Label: "name", Text: lastSegment(o.Key)},
		{Label: "key", Text: o.Key},
		{Label: "URI", Text: s3.URI(o.Bucket, o.Key)},
		{Label: "ARN", Text: s3.ARN(s3.Region(env.AWS, o.Bucket), o.Bucket, o.Key)},
		{Label: "URL", Text: s3.URL(env.AWS, o.Bucket, o.Key)},
		{Label: "command: Read", Text: env.AWS.Command(s3.ReadCommand(o.Bucket, o.Key)...)},
	}
}
