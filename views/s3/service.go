// Package s3 is the pane of buckets and of what is in them, level by level.
package s3

import (
	"straws/awsclient/s3"
	"straws/ui/listpane"
	"straws/ui/pane"
)

// Service is the S3 quarter of the overview.
func Service() pane.Service {
	return pane.Service{Name: "S3", Root: listpane.New(buckets()), Resolve: resolve, Row: row}
}

// resolve opens every level on the way to an address, so that esc leads up, with
// the cursor on the next level in each.
func resolve(address string) (path []pane.Factory, ok bool, err error) {
	a, ours, err := s3.ParseAddress(address)
	if !ours || err != nil || a.Bucket == "" {
		return nil, ours, err
	}
	levels := a.Levels()
	for i, prefix := range levels {
		next := a.Key
		if i+1 < len(levels) {
			next = levels[i+1]
		}
		f := level(a.Bucket, prefix)
		if next != prefix {
			f = listpane.At(f, next)
		}
		path = append(path, f)
	}
	if !a.Prefix() {
		path = append(path, content(a.Bucket, s3.Entry{Key: a.Key}))
	}
	return path, true, nil
}

// row is the bucket an address lies in.
func row(address string) string {
	a, _, _ := s3.ParseAddress(address)
	return a.Bucket
}
