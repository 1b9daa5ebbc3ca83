package s3

import (
	"context"

	"straws/awsclient/s3"
	"straws/ui/listpane"
	"straws/ui/pane"
)

// remove deletes objects, one request each: the key goes into the URL, where no
// byte of it is lost.
func (p place) remove() listpane.Action[s3.Entry] {
	return listpane.Action[s3.Entry]{
		ID: "s3.object.delete", Label: "Delete", Keys: []string{"D"}, Danger: pane.Destroy,
		Needs: []string{"s3:DeleteObject"},
		Off: func(e s3.Entry) string {
			if e.Prefix() {
				return "a prefix is only the beginning of keys: enter it, and mark the objects inside it instead"
			}
			return ""
		},
		Warn:    p.warn,
		Target:  func(e s3.Entry) string { return s3.ARN(s3.Region(p.env.AWS, p.bucket), p.bucket, e.Key) },
		Command: func(_ pane.Env, e s3.Entry) []string { return s3.DeleteCommand(p.bucket, e.Key) },
		Run: func(ctx context.Context, env pane.Env, e s3.Entry) error {
			return s3.Delete(ctx, env.AWS, s3.Object{Bucket: p.bucket, Key: e.Key}, e.ETag())
		},
	}
}

// warn says whether the deletion can be undone.
func (p place) warn([]s3.Entry) []string {
	switch s3.KnownVersioning(p.env.AWS, p.bucket) {
	case s3.VersioningOn:
		return []string{"this bucket keeps versions: a delete marker is added; V shows it, and W there brings the object back"}
	case s3.VersioningSuspended:
		return []string{"versioning is suspended: what was stored since then is gone for good, older versions stay"}
	case s3.VersioningOff:
		return []string{"permanent: this bucket keeps no versions"}
	default:
		return []string{"whether this bucket keeps versions is not known: take it as permanent"}
	}
}
