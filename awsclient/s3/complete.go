package s3

import (
	"context"
	"slices"
	"strings"

	"straws/awsclient"
)

// Complete returns addresses that begin as text does: of buckets while no slash
// ends the bucket's name, and of prefixes and keys on its level after that. It
// sends at most one request, and returns nothing where that is refused.
func Complete(ctx context.Context, s *awsclient.Session, text string) []string {
	const scheme = "s3://"
	if len(text) < len(scheme) {
		if strings.HasPrefix(scheme, text) {
			return []string{scheme}
		}
		return nil
	}
	rest, ok := strings.CutPrefix(text, scheme)
	if !ok {
		return nil
	}
	bucket, key, inside := strings.Cut(rest, Delimiter)
	var out []string
	if !inside {
		for _, name := range bucketNames(ctx, s) {
			out = append(out, URI(name, ""))
		}
	} else {
		// The level is listed from what was typed on: a level of a million keys
		// needs no more than its page that matters.
		rows, _, err := List(s, bucket, key)(ctx)
		if err != nil {
			return nil
		}
		for _, e := range rows {
			out = append(out, URI(bucket, e.Key))
		}
	}
	out = slices.DeleteFunc(out, func(a string) bool { return !strings.HasPrefix(a, text) || a == text })
	slices.Sort(out)
	return out
}

// bucketNames are those that a listing has shown in this session, and where
// there was none the first page of one.
func bucketNames(ctx context.Context, s *awsclient.Session) []string {
	c := client(s)
	c.mu.Lock()
	names := slices.Clone(c.listed)
	c.mu.Unlock()
	if names != nil {
		return names
	}
	rows, _, err := Buckets(s)(ctx)
	if err != nil {
		return nil
	}
	for _, b := range rows {
		names = append(names, b.Name)
	}
	return names
}

// learnBuckets remembers a page of a listing; the first one begins anew.
func (c *service) learnBuckets(rows []Bucket, first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if first {
		c.listed = []string{}
	}
	for _, b := range rows {
		c.listed = append(c.listed, b.Name)
	}
}
