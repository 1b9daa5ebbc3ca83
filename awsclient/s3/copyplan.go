package s3

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// askedSingly is the number of targets up to which each is asked for by itself,
// and not found by listing what is around it.
const askedSingly = 16

// Relocation says what of a bucket gets which key where: of every key below its
// roots, the beginning Base becomes To.Key.
type Relocation struct {
	Bucket string
	Base   string
	Roots  []Entry // objects and prefixes, all of which begin with Base
	To     Address
}

// Target is the key that a key gets.
func (r Relocation) Target(key string) string { return r.To.Key + key[len(r.Base):] }

// Check says why this cannot be done, as far as can be told without a request.
func (r Relocation) Check() error {
	if err := CheckBucket(r.To.Bucket); err != nil {
		return err
	}
	for _, e := range r.Roots {
		to := r.Target(e.Key)
		switch same := r.Bucket == r.To.Bucket; {
		case to == "" || len(to) > maxKey:
			return fmt.Errorf("%.60q would get a key of %d bytes: S3 has 1 to %d", e.Key, len(to), maxKey)
		case same && to == e.Key:
			return fmt.Errorf("%.60q would be copied onto itself", e.Key)
		case same && e.Prefix() && strings.HasPrefix(to, e.Key):
			return fmt.Errorf("%.60q would be copied into itself", e.Key)
		}
	}
	return nil
}

// CopyPlan is what is known of a relocation, before anything is written.
type CopyPlan struct {
	Objects  int
	Bytes    int64
	Archived int // objects that have to be restored first, and are left out
	TooLong  int // objects whose new key would be longer than S3 allows, and that are left out
	Existing int // targets where there is an object already
	// Unknown is why it is not known which targets exist; "" when it is.
	Unknown string
	Settled bool // all is counted, and Items are there

	Items  []Entry // objects, in the order of their keys
	exists map[string]struct{}
}

// Exists reports whether there was an object with this key at the target.
func (p CopyPlan) Exists(key string) bool { _, ok := p.exists[key]; return ok }

// Copies reports whether the object with this key is one of the sources.
func (p CopyPlan) Copies(key string) bool {
	_, found := slices.BinarySearchFunc(p.Items, key, func(e Entry, key string) int { return strings.Compare(e.Key, key) })
	return found
}

// PlanCopy returns a pager over plans, each fuller than the one before it, and
// the last one settled. It lists what is below the prefixes, then which of the
// targets exist, and learns the versioning of both buckets on the way.
func PlanCopy(s *awsclient.Session, r Relocation) func(context.Context) ([]CopyPlan, bool, error) {
	p := &planning{s: s, r: r, roots: slices.Clone(r.Roots)}
	return func(ctx context.Context) ([]CopyPlan, bool, error) {
		err := p.step(ctx)
		return []CopyPlan{p.plan}, !p.plan.Settled, err
	}
}

type planning struct {
	s     *awsclient.Session
	r     Relocation
	plan  CopyPlan
	items []Entry
	roots []Entry // not begun yet
	list  func(context.Context) ([]Entry, bool, error)
}

// step makes one request, or a few at once.
func (p *planning) step(ctx context.Context) error {
	if p.list != nil {
		rows, more, err := p.list(ctx)
		if err != nil {
			return err
		}
		p.add(rows)
		if !more {
			p.list = nil
		}
		return nil
	}
	for len(p.roots) > 0 {
		root := p.roots[0]
		p.roots = p.roots[1:]
		if root.Prefix() {
			p.list = Below(p.s, p.r.Bucket, root.Key, "")
			return nil
		}
		p.add([]Entry{root})
	}
	return p.settle(ctx)
}

func (p *planning) add(rows []Entry) {
	for _, e := range rows {
		switch {
		case e.Archived():
			p.plan.Archived++
		case len(p.r.Target(e.Key)) > maxKey:
			p.plan.TooLong++
		default:
			p.items = append(p.items, e)
			p.plan.Objects++
			p.plan.Bytes += e.Size
		}
	}
}

func (p *planning) settle(ctx context.Context) error {
	// Where a marked object is also below a marked prefix it is meant once.
	slices.SortFunc(p.items, func(a, b Entry) int { return strings.Compare(a.Key, b.Key) })
	p.items = slices.CompactFunc(p.items, func(a, b Entry) bool { return a.Key == b.Key })
	p.plan.Objects, p.plan.Bytes = len(p.items), 0
	for _, e := range p.items {
		p.plan.Bytes += e.Size
	}
	for _, bucket := range []string{p.r.Bucket, p.r.To.Bucket} {
		_, _ = LearnVersioning(ctx, p.s, bucket) // not knowing is an answer too
	}
	targets := make([]string, len(p.items))
	for i, e := range p.items {
		targets[i] = p.r.Target(e.Key)
	}
	exists, err := present(ctx, p.s, p.r.To.Bucket, targets)
	var refused *awsclient.Error
	switch {
	case errors.As(awsclient.Classify(err), &refused) && refused.Kind == awsclient.Denied:
		p.plan.Unknown = refused.Error()
	case err != nil:
		return err
	}
	p.plan.exists, p.plan.Existing = exists, len(exists)
	p.plan.Items, p.plan.Settled = p.items, true
	return ctx.Err()
}

// present finds which of some keys, in ascending order, a bucket has.
func present(ctx context.Context, s *awsclient.Session, bucket string, keys []string) (map[string]struct{}, error) {
	if len(keys) > askedSingly {
		return presentAmong(ctx, s, bucket, keys)
	}
	found := map[string]struct{}{}
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		fail error
	)
	for _, key := range keys {
		wg.Go(func() {
			// The key itself comes first of all that begin with it.
			rows, _, err := listBelow(s, sdk.ListObjectsV2Input{Bucket: &bucket, Prefix: &key, MaxKeys: aws.Int32(1)})(ctx)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				fail = err
			} else if len(rows) > 0 && rows[0].Key == key {
				found[key] = struct{}{}
			}
		})
	}
	wg.Wait()
	return found, fail
}

// presentAmong walks the keys and the bucket's side by side. Where the bucket has
// more than a page between two of the keys, it goes on close before the second.
func presentAmong(ctx context.Context, s *awsclient.Session, bucket string, keys []string) (map[string]struct{}, error) {
	found := map[string]struct{}{}
	prefix := common(keys[0], keys[len(keys)-1])
	for after := before(keys[0]); len(keys) > 0; {
		if !strings.HasPrefix(after, prefix) {
			after = ""
		}
		rows, more, err := Below(s, bucket, prefix, after)(ctx)
		if err != nil {
			return found, err
		}
		for _, e := range rows {
			for len(keys) > 0 && keys[0] < e.Key {
				keys = keys[1:]
			}
			if len(keys) > 0 && keys[0] == e.Key {
				found[e.Key] = struct{}{}
				keys = keys[1:]
			}
		}
		if !more || len(rows) == 0 || len(keys) == 0 {
			return found, nil
		}
		after = max(rows[len(rows)-1].Key, before(keys[0]))
	}
	return found, nil
}

// before is a key that sorts before this one, with few in between.
func before(key string) string {
	_, n := utf8.DecodeLastRuneInString(key)
	return key[:len(key)-n]
}

// common is what two keys begin with, as far as whole levels go.
func common(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:strings.LastIndex(a[:n], Delimiter)+1]
}

// Below returns a pager over every object whose key begins with prefix and comes
// after another key ("" for all), in the order of the keys. Each call sends one
// ListObjectsV2.
func Below(s *awsclient.Session, bucket, prefix, after string) func(context.Context) ([]Entry, bool, error) {
	in := sdk.ListObjectsV2Input{
		Bucket: &bucket, Prefix: &prefix, MaxKeys: aws.Int32(keysAPage),
		OptionalObjectAttributes: []types.OptionalObjectAttributes{types.OptionalObjectAttributesRestoreStatus},
	}
	if after != "" {
		in.StartAfter = &after
	}
	return listBelow(s, in)
}

func listBelow(s *awsclient.Session, in sdk.ListObjectsV2Input) func(context.Context) ([]Entry, bool, error) {
	in.EncodingType = types.EncodingTypeUrl
	return func(ctx context.Context) ([]Entry, bool, error) {
		out, err := at(s, *in.Bucket, func(c *sdk.Client) (*sdk.ListObjectsV2Output, error) { return c.ListObjectsV2(ctx, &in) })
		if err != nil {
			return nil, false, wrap(err, "list %s", URI(*in.Bucket, *in.Prefix))
		}
		rows, err := entries(out)
		if err != nil {
			return nil, false, wrap(err, "list %s", URI(*in.Bucket, *in.Prefix))
		}
		in.ContinuationToken = out.NextContinuationToken
		return rows, aws.ToBool(out.IsTruncated) && aws.ToString(out.NextContinuationToken) != "", nil
	}
}
