package s3

import (
	"context"
	"strings"
	"time"

	"straws/awsclient/metrics"
	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"
	"straws/ui/sectionpane"

	"github.com/dustin/go-humanize"
)

// bucketFacts is the page of a bucket: what is set up for it and how large it is,
// each answered or denied by itself.
func bucketFacts(b s3.Bucket) pane.Factory {
	parts := []sectionpane.Part{
		{Title: b.Name, Load: func(_ context.Context, env pane.Env) ([]sectionpane.Section, error) {
			return []sectionpane.Section{aboutBucket(env, b)}, nil
		}},
		{Title: "size", Load: func(ctx context.Context, env pane.Env) ([]sectionpane.Section, error) {
			return sizeFacts(ctx, env, b)
		}},
	}
	for _, t := range s3.Topics() {
		parts = append(parts, topic(b.Name, t))
	}
	return sectionpane.New(sectionpane.Spec{
		Title: b.Name + " facts", Parts: parts,
		Copies: func(env pane.Env) []sectionpane.Copy {
			var out []sectionpane.Copy
			for _, c := range bucketCopies(env, b) {
				out = append(out, sectionpane.Copy(c))
			}
			return out
		},
	})
}

// topic is the section of one setting.
func topic(bucket string, t s3.Topic) sectionpane.Part {
	return sectionpane.Part{Title: t.Title, Load: func(ctx context.Context, env pane.Env) ([]sectionpane.Section, error) {
		facts, err := t.Ask(ctx, env.AWS, bucket)
		if err != nil {
			return nil, err
		}
		out := sectionpane.Section{Title: t.Title, Empty: t.None}
		for _, f := range facts {
			out.Fields = append(out.Fields, sectionpane.Field{Label: f.Label, Value: f.Value})
		}
		return []sectionpane.Section{out}, nil
	}}
}

func aboutBucket(env pane.Env, b s3.Bucket) sectionpane.Section {
	region := s3.Region(env.AWS, b.Name)
	out := sectionpane.Section{Title: b.Name, Fields: []sectionpane.Field{
		{Label: "URI", Value: s3.URI(b.Name, "")},
		{Label: "ARN", Value: s3.ARN(region, b.Name, "")},
		{Label: "region", Value: region},
	}}
	if !b.Created.IsZero() {
		out.Fields = append(out.Fields, sectionpane.Field{Label: "created", Value: b.Created.UTC().Format(time.DateTime) + " UTC"})
	}
	return out
}

// sizeFacts is the bucket's size as S3 measures it once a day, without listing it.
func sizeFacts(ctx context.Context, env pane.Env, b s3.Bucket) ([]sectionpane.Section, error) {
	m, err := metrics.BucketStorage(ctx, env.AWS, s3.Region(env.AWS, b.Name), b.Name, time.Now())
	if err != nil {
		return nil, err
	}
	out := sectionpane.Section{Title: "size", Empty: "nothing was measured in the last days: S3 does it once a day, and not while a bucket is empty; z counts"}
	var all int64
	for _, c := range m.Classes {
		all += c.Bytes
	}
	if !m.At.IsZero() {
		out.Fields = append(out.Fields,
			sectionpane.Field{Label: "all", Value: format.Exactly(all) + ", versions and open uploads included"},
			sectionpane.Field{Label: "objects", Value: humanize.Comma(m.Objects)})
	}
	for _, c := range m.Classes {
		out.Fields = append(out.Fields, sectionpane.Field{Label: strings.TrimSuffix(c.Name, "Storage"), Value: format.Size(c.Bytes)})
	}
	if !m.At.IsZero() {
		out.Fields = append(out.Fields, sectionpane.Field{Label: "measured", Value: m.At.UTC().Format(time.DateOnly)})
	}
	return []sectionpane.Section{out}, nil
}

// bucketCopies are the forms of a bucket for the clipboard.
func bucketCopies(env pane.Env, b s3.Bucket) []listpane.Copy {
	return []listpane.Copy{
		{Label: "name", Text: b.Name},
		{Label: "URI", Text: s3.URI(b.Name, "")},
		{Label: "ARN", Text: s3.ARN(s3.Region(env.AWS, b.Name), b.Name, "")},
		{Label: "URL", Text: s3.URL(env.AWS, b.Name, "")},
		{Label: "command: List", Text: env.AWS.Command(s3.ListCommand(b.Name, "")...)},
	}
}
