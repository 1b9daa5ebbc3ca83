package s3

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"
	"sync/atomic"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/awsclient/transfer"
	"straws/ui/format"
	"straws/ui/job"
)

const (
	copiesInFlight = 16  // objects of one job that are copied at once
	namesTried     = 100 // names that are tried to keep both
)

// relocating carries out a plan. What it has done is kept, so that doing the rest
// again repeats nothing.
type relocating struct {
	relocation

	plan     s3.CopyPlan
	existing transfer.Existing

	copied, deleted, skipped atomic.Int64

	mu    sync.Mutex
	ended map[string]struct{}  // keys of the sources that are done with
	moved map[string]*s3.Moved // moves that were begun and not ended
}

func newRelocating(r relocation, p s3.CopyPlan, existing transfer.Existing) *relocating {
	return &relocating{relocation: r, plan: p, existing: existing, ended: map[string]struct{}{}, moved: map[string]*s3.Moved{}}
}

func (r *relocating) spec(items []s3.Entry) job.Spec {
	what := r.what
	if len(items) != 1 || what == "" {
		what = format.Plural(len(items), "object", "objects")
	}
	return job.Spec{
		Title: fmt.Sprintf("%s %s to %s", r.way, what, s3.URI(r.To.Bucket, r.To.Key)), Total: bytesOf(items), Bytes: true, Noun: "objects",
		Run:   func(ctx context.Context, pr *job.Progress) error { return r.run(ctx, pr, items) },
		After: r.list.Changed,
		Retry: func(failed []string) job.Spec { return r.spec(r.only(items, failed)) },
		Again: func() job.Spec { return r.spec(r.rest(items)) },
		Rest:  "what was done is not done again", Command: commandOf(r.relocation, r.plan),
	}
}

// bytesOf adds up objects, in bytes.
func bytesOf(items []s3.Entry) (sum int64) {
	for _, e := range items {
		sum += e.Size
	}
	return sum
}

func (r *relocating) only(items []s3.Entry, ids []string) []s3.Entry {
	want := make(map[string]struct{}, len(ids))
	for _, id := range ids {
		want[id] = struct{}{}
	}
	var out []s3.Entry
	for _, e := range items {
		if _, ok := want[e.Key]; ok {
			out = append(out, e)
		}
	}
	return out
}

// rest are the items that have not been done with.
func (r *relocating) rest(items []s3.Entry) []s3.Entry {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []s3.Entry
	for _, e := range items {
		if _, ok := r.ended[e.Key]; !ok {
			out = append(out, e)
		}
	}
	return out
}

// run does the items, several at once, and begins no more once ctx ends.
func (r *relocating) run(ctx context.Context, pr *job.Progress, items []s3.Entry) error {
	pr.SetItems(int64(len(items)))
	var wg sync.WaitGroup
	slots := make(chan struct{}, copiesInFlight)
	for _, e := range items {
		slots <- struct{}{}
		if ctx.Err() != nil {
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			r.one(ctx, pr, e)
		})
	}
	wg.Wait()
	pr.Note(r.tally(len(r.rest(items))))
	for _, bucket := range []string{r.Bucket, r.To.Bucket} {
		s3.Changes(r.list.AWS, bucket).Add(1)
	}
	return ctx.Err()
}

func (r *relocating) one(ctx context.Context, pr *job.Progress, e s3.Entry) {
	to := r.Target(e.Key)
	if r.existing == transfer.Skip && r.plan.Exists(to) {
		r.skipped.Add(1)
		r.end(e)
		pr.Add(e.Size)
		pr.AddItems(1)
		return
	}
	err := awsclient.Classify(r.relocate(ctx, e, to, pr.Add))
	var why *awsclient.Error
	switch {
	case errors.As(err, &why) && why.Kind == awsclient.Canceled:
		return // it was not begun, or its parts were removed
	case err != nil:
		pr.Fail(job.Item{ID: e.Key, Name: r.named(e)}, err)
	default:
		r.end(e)
	}
	pr.AddItems(1)
}

// named says of an object that failed how far it came.
func (r *relocating) named(e s3.Entry) string {
	if m := r.begun(e); m.Copied != nil {
		return e.Key + " (was copied, and stays at the source)"
	}
	return e.Key
}

func (r *relocating) end(e s3.Entry) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended[e.Key] = struct{}{}
	delete(r.moved, e.Key)
}

// relocate copies or moves one object, under another name where both are to be
// kept.
func (r *relocating) relocate(ctx context.Context, e s3.Entry, to string, watch func(int64)) error {
	there := r.plan.Exists(to)
	// What is itself among the sources is not overwritten before it was copied: the
	// move of it makes room, and a retry goes on then.
	overwrite := there && r.existing == transfer.Overwrite && !(r.Bucket == r.To.Bucket && r.plan.Copies(to))
	o := s3.CopyOptions{IfTag: e.ETag(), Overwrite: overwrite, Watch: watch}
	first := 1
	if there && r.existing == transfer.KeepBoth {
		first = 2
	}
	m := r.begun(e)
	for n := first; ; n++ {
		err := r.attempt(ctx, e, s3.Object{Bucket: r.To.Bucket, Key: numbered(to, n)}, o, m)
		if first == 2 && errors.Is(err, s3.ErrExists) && n < namesTried {
			continue
		}
		return err
	}
}

// begun is how far the move of an object came in an earlier try.
func (r *relocating) begun(e s3.Entry) *s3.Moved {
	r.mu.Lock()
	defer r.mu.Unlock()
	m, ok := r.moved[e.Key]
	if !ok {
		m = &s3.Moved{}
		r.moved[e.Key] = m
	}
	return m
}

func (r *relocating) attempt(ctx context.Context, e s3.Entry, to s3.Object, o s3.CopyOptions, m *s3.Moved) error {
	from := s3.Object{Bucket: r.Bucket, Key: e.Key}
	before := *m
	var err error
	if r.way == copies {
		var c s3.Copied
		if c, err = s3.Copy(ctx, r.list.AWS, from, to, o); err == nil {
			m.Copied = &c
		}
	} else {
		err = s3.Move(ctx, r.list.AWS, from, to, o, m)
	}
	r.account(from, to, before, *m, err)
	return err
}

// account counts and writes down what one attempt has changed.
func (r *relocating) account(from, to s3.Object, before, after s3.Moved, err error) {
	aws := r.list.AWS
	write := func(action string, o s3.Object, err error) {
		aws.Audit(awsclient.Change{Action: action, Target: s3.ARN(s3.Region(aws, o.Bucket), o.Bucket, o.Key), Err: err})
	}
	if before.Copied == nil && !errors.Is(err, s3.ErrExists) {
		failed := err
		if after.Copied != nil {
			r.copied.Add(1)
			failed = nil
		}
		write("s3:PutObject", to, failed)
	}
	if r.way != copies && after.Copied != nil {
		if after.Deleted {
			r.deleted.Add(1)
		}
		write("s3:DeleteObject", from, err)
	}
}

// tally says how it ended, and for a move where everything is.
func (r *relocating) tally(left int) string {
	copied, deleted := int(r.copied.Load()), int(r.deleted.Load())
	parts, remain := []string{"copied " + format.Count(copied)}, "not copied"
	if r.way != copies {
		parts, remain = append(parts, "deleted "+format.Count(deleted)+" at the source"), "only at the source"
		both := copied - deleted
		if both > 0 {
			parts = append(parts, format.Count(both)+" at both places")
		}
		left -= both
	}
	if n := int(r.skipped.Load()); n > 0 {
		parts = append(parts, "skipped "+format.Count(n))
	}
	if left > 0 {
		parts = append(parts, format.Count(left)+" "+remain)
	}
	return strings.Join(parts, " · ")
}

// numbered is the key for the nth object of its name: "a/b (2).csv". The first
// has the key itself.
func numbered(key string, n int) string {
	if n < 2 {
		return key
	}
	if folder, ok := strings.CutSuffix(key, s3.Delimiter); ok {
		return fmt.Sprintf("%s (%d)%s", folder, n, s3.Delimiter)
	}
	ext := path.Ext(key)
	if stem := strings.TrimSuffix(key, ext); ext == key || strings.HasSuffix(stem, s3.Delimiter) || stem == "" {
		ext = "" // a name that begins with a dot
	}
	return fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(key, ext), n, ext)
}
