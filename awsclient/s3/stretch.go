package s3

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// stretch is a run of keys below a prefix.
type stretch struct {
	prefix string
	from   string // first key; "" for that of the prefix
	after  string // keys up to this one are known already
	until  string // last common prefix that belongs to it; "" for all
	before string // first key that does not; "" for none
	deep   bool   // list without delimiter
}

// past reports whether a key or common prefix is behind the stretch.
func (t stretch) past(key string) bool {
	return t.until != "" && key > t.until && !strings.HasPrefix(key, t.until) || t.before != "" && key >= t.before
}

// start is what StartAfter has to be, "" for nothing.
func (t stretch) start() string {
	if t.from == "" || t.after >= t.from {
		return t.after
	}
	// StartAfter excludes its own key, and a/ may be an object: this is the last
	// string before it that can be written.
	return t.from[:len(t.from)-1] + string([]byte{t.from[len(t.from)-1] - 1}) + lastRune
}

// lastRune is behind everything that a key may go on with.
const lastRune = "\U0010ffff"

// inside are the entries of a page that are new and belong to the stretch.
func (t stretch) inside(rows []Entry) []Entry {
	return slices.DeleteFunc(rows, func(e Entry) bool {
		known := e.Key <= t.after && !(e.Prefix() && strings.HasPrefix(t.after, e.Key))
		return known || e.Key < t.from || t.past(e.Key)
	})
}

const (
	// patience is how many pages of a stretch are read by one lister before others
	// that have nothing to do are given a part of it.
	patience = 16
	// shares is how many stretches the prefixes of one page are made into: one for
	// each would be a request for each, however few keys are below it.
	shares = 4 * listers
)

// list reads a stretch to its end, or until it is handed on in parts.
func (w *Walk) list(ctx context.Context, t stretch) {
	in := &sdk.ListObjectsV2Input{
		Bucket: &w.bucket, Prefix: &t.prefix, MaxKeys: aws.Int32(keysAPage), EncodingType: types.EncodingTypeUrl,
		OptionalObjectAttributes: []types.OptionalObjectAttributes{types.OptionalObjectAttributesRestoreStatus},
	}
	if !t.deep {
		in.Delimiter = aws.String(Delimiter)
	}
	if start := t.start(); start != "" {
		in.StartAfter = &start
	}
	for pages := 1; ; pages++ {
		out, err := at(w.s, w.bucket, func(c *sdk.Client) (*sdk.ListObjectsV2Output, error) { return c.ListObjectsV2(ctx, in) })
		var rows []Entry
		if err == nil {
			rows, err = entries(out)
		}
		if err != nil {
			w.send(ctx, page{below: t.prefix, err: wrap(err, "list %s", URI(w.bucket, t.prefix))})
			return
		}
		more := aws.ToBool(out.IsTruncated) && aws.ToString(out.NextContinuationToken) != ""
		last := lastKey(rows)
		rows = t.inside(rows)
		if !w.share(ctx, t, rows, pages == 1 && !more) || !more || t.past(last) {
			return
		}
		if pages%patience == 0 && w.handOn(ctx, t, rows, last) {
			return
		}
		in.ContinuationToken, in.StartAfter = out.NextContinuationToken, nil
	}
}

// handOn gives the rest of a stretch to listers that have nothing to do: by its
// prefixes, or, where it has none, by its keys.
func (w *Walk) handOn(ctx context.Context, t stretch, rows []Entry, last string) bool {
	if !w.idle() || isDirectoryBucket(w.bucket) {
		return false
	}
	if t.deep {
		w.add(stretch{prefix: t.prefix, from: t.from, after: last, until: t.until, before: t.before})
		return true
	}
	if len(rows) == 0 || rows[0].Prefix() {
		return false
	}
	parts := w.bisect(ctx, t, last)
	w.add(parts...)
	return len(parts) > 0
}

// lastKey is the greatest name of a page.
func lastKey(rows []Entry) string {
	last := ""
	for _, e := range rows {
		last = max(last, e.Key)
	}
	return last
}

// share sends the objects of a page, and makes its prefixes into stretches. It
// returns false when nobody wants more.
func (w *Walk) share(ctx context.Context, t stretch, rows []Entry, all bool) bool {
	folders := 0
	for folders < len(rows) && rows[folders].Prefix() { // of each page they come first
		folders++
	}
	objects := rows[folders:]
	if folders > 0 {
		w.add(w.parted(t, rows[:folders], objects, all && w.few(folders))...)
	}
	return len(objects) == 0 || w.send(ctx, page{objects: objects})
}

// parted makes stretches of the prefixes of a page: runs of neighbours with no
// object between them, of which few are looked into once more.
func (w *Walk) parted(t stretch, folders, objects []Entry, few bool) []stretch {
	parts := shares
	if t.after != "" { // the rest of a stretch, for those who are idle
		parts = listers
	}
	run := (len(folders) + parts - 1) / parts
	if few || isDirectoryBucket(w.bucket) {
		run = 1 // a directory bucket has no order of keys that a stretch could go by
	}
	var out []stretch
	n, o := 0, 0 // prefixes of the last stretch, objects before it
	for _, f := range folders {
		between := o
		for o < len(objects) && objects[o].Key < f.Key {
			o++
		}
		if n > 0 && n < run && between == o {
			last := &out[len(out)-1]
			last.prefix, last.until = t.prefix, f.Key
			n++
			continue
		}
		n = 1
		out = append(out, stretch{prefix: f.Key, from: f.Key, until: f.Key, after: within(t.after, f.Key), deep: !few})
	}
	for i := range out {
		if out[i].prefix == out[i].until { // alone: its prefix says it all
			out[i].from, out[i].until = "", ""
		} else {
			out[i].after = max(out[i].after, within(t.after, out[i].from))
		}
	}
	return out
}

// within is a key if it is below a prefix, and "" otherwise.
func within(key, prefix string) string {
	if strings.HasPrefix(key, prefix) {
		return key
	}
	return ""
}

// isDirectoryBucket reports whether a bucket's name is that of S3 Express.
func isDirectoryBucket(name string) bool { return strings.HasSuffix(name, "--x-s3") }
