package s3

import (
	"context"
	"strings"

	"straws/awsclient"
)

// Newest finds the object below a prefix that was written last, among so many
// pages of keys after another key ("" for all); the later key where times are
// equal. More is true when there are keys that it did not look at. It sends one
// ListObjectsV2 a page. Found is false when there is no object.
func Newest(ctx context.Context, s *awsclient.Session, bucket, prefix, after string, pages int) (newest Entry, more, found bool, err error) {
	list := Below(s, bucket, prefix, after)
	for more = true; more && pages > 0; pages-- {
		var rows []Entry
		if rows, more, err = list(ctx); err != nil {
			return newest, more, found, err
		}
		for _, e := range rows {
			if strings.HasSuffix(e.Key, Delimiter) && e.Size == 0 {
				continue // the marker of a folder
			}
			if !found || !e.Modified().Before(newest.Modified()) {
				newest, found = e, true
			}
		}
	}
	return newest, more, found, nil
}
