package s3

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"straws/awsclient/s3"
	"straws/ui/diff"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"
	"straws/ui/textpane"
)

const compared = 1 << 20 // bytes of a version that are compared

// compare shows what differs in the content of two versions.
func (h history) compare() listpane.Action[s3.Version] {
	return listpane.Action[s3.Version]{
		ID: "s3.version.compare", Label: "Compare", Keys: []string{"="}, Needs: []string{"s3:GetObjectVersion"},
		Off: unreadable,
		Both: func(_ pane.Env, a, b s3.Version) pane.Factory {
			if a.Modified().After(b.Modified()) || a.Latest {
				a, b = b, a
			}
			return differences(h.bucket, a, b)
		},
	}
}

// differences is the screen of what differs in two versions, the older one first.
func differences(bucket string, older, newer s3.Version) pane.Factory {
	return textpane.New(textpane.Spec{
		Title: "what differs",
		Style: diff.Style,
		Load: func(ctx context.Context, env pane.Env) (string, error) {
			before, err := s3.HeadOf(ctx, env.AWS, older.Object(bucket), older.ETag(), compared)
			if err != nil {
				return "", err
			}
			after, err := s3.HeadOf(ctx, env.AWS, newer.Object(bucket), newer.ETag(), compared)
			if err != nil {
				return "", err
			}
			return difference(side{older, before}, side{newer, after}, env)
		},
	})
}

// side is one of the two versions that are compared, and what was read of it.
type side struct {
	s3.Version

	chunk s3.Chunk
}

func (s side) name(env pane.Env) string {
	return fmt.Sprintf("%s  %s  %s", shortID(s.Version), format.When(s.Modified(), env.Now()), format.Size(s.Size))
}

// difference is a line diff below what the two are.
func difference(a, b side, env pane.Env) (string, error) {
	var out strings.Builder
	fmt.Fprintf(&out, "- %s\n+ %s\n", a.name(env), b.name(env))
	if a.Key != b.Key {
		fmt.Fprintf(&out, "- %s\n+ %s\n", a.Key, b.Key)
	}
	cut := a.chunk.Read < a.chunk.Size || b.chunk.Read < b.chunk.Size
	if cut {
		fmt.Fprintf(&out, "only the first %s of each are compared\n", format.Size(compared))
	}
	out.WriteString("\n")
	before, after := string(a.chunk.Data), string(b.chunk.Data)
	switch {
	case before == after && cut:
		return out.String() + "these beginnings are the same\n", nil
	case before == after:
		return out.String() + "their content is the same\n", nil
	case slices.Contains(a.chunk.Data, 0) || slices.Contains(b.chunk.Data, 0):
		return out.String() + "they differ, and are not text\n", nil
	}
	text, err := diff.Unified(shortID(a.Version), shortID(b.Version), before, after)
	if text == "" && err == nil {
		text = "only empty lines at the end differ\n"
	}
	return out.String() + text, err
}
