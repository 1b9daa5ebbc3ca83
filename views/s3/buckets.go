package s3

import (
	"time"

	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
)

// buckets is the list of all buckets of the account, whatever their region.
func buckets() listpane.Spec[s3.Bucket] {
	return listpane.Spec[s3.Bucket]{
		Title: "S3", Noun: "bucket",
		ID:      func(b s3.Bucket) string { return b.Name },
		Columns: bucketColumns,
		Load:    func(env pane.Env) load.Pager[s3.Bucket] { return s3.Buckets(env.AWS) },
		Enter:   func(b s3.Bucket) pane.Factory { return level(b.Name, "") },
		Details: bucketFacts,
		Copies:  bucketCopies,
		Actions: []listpane.Action[s3.Bucket]{{
			ID: "s3.bucket.sizes", Label: "Sizes", Keys: []string{"z"}, Needs: []string{"s3:ListBucket"},
			Show:    func(_ pane.Env, b s3.Bucket) pane.Factory { return sizes(b.Name, "") },
			Command: func(_ pane.Env, b s3.Bucket) []string { return s3.UsageCommand(b.Name, "") },
		}},
		Place: func(env pane.Env) []pane.Action { return placesPlace(env, "s3://")[:1] }, // the list of buckets needs no bookmark
		Empty: "this account has no buckets",
	}
}

func bucketColumns(env pane.Env) []table.Column[s3.Bucket] {
	name := func(b s3.Bucket) string { return b.Name }
	region := func(b s3.Bucket) string { return b.Region }
	created := func(b s3.Bucket) time.Time { return b.Created }
	return []table.Column[s3.Bucket]{
		{Title: "NAME", Brief: true, Cell: name, Order: table.ByText(name)},
		{Title: "REGION", Fit: 14, Drop: 2, Brief: true, Cell: region, Order: table.ByText(region), Tone: quiet[s3.Bucket]},
		{
			Title: "CREATED", Width: 10, Drop: 1, Brief: true, Order: table.ByTime(created), Time: created, Tone: quiet[s3.Bucket],
			Cell: func(b s3.Bucket) string { return format.Day(b.Created, env.Now()) },
		},
	}
}

func quiet[T any](T) table.Tone { return table.Muted }
