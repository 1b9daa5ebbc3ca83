package s3

import (
	"context"
	"sort"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// pieces is how many stretches the rest of a flat level is made into at most.
const pieces = listers + 1

// bisect makes stretches of what is behind key last on a level without prefixes.
// There is no telling where its keys end, but their names are alike: it looks
// for the first place at which they still change, which takes one request for
// each doubling of their length, and cuts there. It returns nothing when that is
// not among digits and letters.
func (w *Walk) bisect(ctx context.Context, t stretch, last string) []stretch {
	first := len(t.prefix)
	next := map[int]string{}
	place := first + sort.Search(len(last)-first, func(i int) bool {
		k := w.peek(ctx, t, last[:first+i+1]+lastRune)
		next[first+i] = k
		return k != ""
	})
	k := next[place]
	if place >= len(last) || len(k) <= place || k[:place] != last[:place] || !alike(last[place], k[place]) {
		return nil
	}
	from, to := int(k[place]), int(classEnd(k[place]))
	step := (to-from)/(pieces-1) + 1
	out := []stretch{{prefix: t.prefix, from: t.from, after: last, until: t.until, before: t.before}}
	for c := from; c <= to; c += step {
		cut := last[:place] + string(rune(c))
		if t.past(cut) {
			break
		}
		out[len(out)-1].before = cut
		out = append(out, stretch{prefix: t.prefix, from: cut, until: t.until, before: t.before})
	}
	return out
}

// peek is the first key of a stretch behind a name, "" when there is none or it
// cannot be told.
func (w *Walk) peek(ctx context.Context, t stretch, name string) string {
	out, err := at(w.s, w.bucket, func(c *sdk.Client) (*sdk.ListObjectsV2Output, error) {
		return c.ListObjectsV2(ctx, &sdk.ListObjectsV2Input{
			Bucket: &w.bucket, Prefix: &t.prefix, StartAfter: &name, MaxKeys: aws.Int32(1), EncodingType: types.EncodingTypeUrl,
		})
	})
	if err != nil {
		return ""
	}
	rows, err := entries(out)
	if err != nil || len(rows) == 0 || t.past(rows[0].Key) {
		return ""
	}
	return rows[0].Key
}

// alike reports whether two bytes are both digits, or letters of one case.
func alike(a, b byte) bool { return classEnd(a) != 0 && classEnd(a) == classEnd(b) }

// classEnd is the last digit, or letter of the case, for a byte that is one.
func classEnd(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return '9'
	case c >= 'A' && c <= 'Z':
		return 'Z'
	case c >= 'a' && c <= 'z':
		return 'z'
	}
	return 0
}
