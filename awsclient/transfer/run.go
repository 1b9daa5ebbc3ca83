package transfer

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"straws/awsclient"
	"straws/awsclient/s3"
)

// work is a list of files in one direction.
type work interface {
	count() int
	item(i int) Item
	large(i int) bool // it is moved in pieces, or held in memory as a whole
	// begin prepares the place that files go to or come from; its error ends the run.
	begin(r *run) (movement, error)
	only(keep func(Item) bool) (work, Summary)
}

// movement moves the files of one run.
type movement interface {
	move(ctx context.Context, i int) (Outcome, error)
	end()
}

const (
	smallWorkers = mostRequests // files at once; the gate decides how many of them have a request
	largeWorkers = 4            // large files at once, so that a run that is cut off leaves few unfinished

	attempts  = 6 // of one request that nothing but the way there failed
	firstWait = 100 * time.Millisecond
	longWait  = 5 * time.Second

	silence   = 30 * time.Second // without a byte, until a request is given up
	digesting = 5 * time.Minute  // until S3 answers after the last byte of an upload
)

// errSilent ends a request that has stopped moving.
var errSilent = errors.New("nothing moved for 30 s")

// run is one run of a plan.
type run struct {
	session  *awsclient.Session
	limits   *limits
	existing Existing
	watch    Watch

	bytes                                     atomic.Int64
	moved, skipped, failed, resumable, checks atomic.Int64
}

// fatal ends the whole run.
type fatal struct{ err error }

func (f *fatal) Error() string { return f.err.Error() }
func (f *fatal) Unwrap() error { return f.err }

func (p *Plan) run(ctx context.Context, existing Existing, w Watch) (Result, error) {
	if p.work.count() == 0 {
		return Result{}, ErrNothing
	}
	r := &run{session: p.session, limits: limitsOf(p.session), existing: existing, watch: w}
	m, err := p.work.begin(r)
	if err != nil {
		return Result{Left: p.work.count()}, err
	}
	defer m.end()
	err = r.all(ctx, p.work, m)
	res := Result{
		Moved: int(r.moved.Load()), Skipped: int(r.skipped.Load()), Failed: int(r.failed.Load()), Bytes: r.bytes.Load(),
		Resumable: int(r.resumable.Load()), Checked: int(r.checks.Load()),
	}
	res.Left = p.work.count() - res.Moved - res.Skipped - res.Failed
	return res, err
}

// all moves every file: small ones many at once, large ones a few.
func (r *run) all(ctx context.Context, w work, m movement) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var (
		wg           sync.WaitGroup
		small, large = make(chan int), make(chan int)
	)
	feed := func(to chan int, big bool) {
		defer close(to)
		for i := range w.count() {
			if w.large(i) != big {
				continue
			}
			select {
			case to <- i:
			case <-ctx.Done():
				return
			}
		}
	}
	wg.Go(func() { feed(small, false) })
	wg.Go(func() { feed(large, true) })
	for n, from := range map[int]chan int{smallWorkers: small, largeWorkers: large} {
		for range min(n, w.count()) {
			wg.Go(func() {
				for i := range from {
					r.one(ctx, w, m, i, stop)
				}
			})
		}
	}
	wg.Wait()
	return ended(ctx)
}

// ended is why a run, or the pieces of a file, came to an end; nil when all is done.
func ended(ctx context.Context) error {
	return context.Cause(ctx) //nolint:wrapcheck // it is an error of this package, or the news that ctx ended
}

// one moves a file, and tells how that went. A file that the end of the run cut
// short has not failed, unless something stays of it: it is left.
func (r *run) one(ctx context.Context, w work, m movement, i int, stop context.CancelCauseFunc) {
	if ctx.Err() != nil {
		return
	}
	how, err := m.move(ctx, i)
	var end *fatal
	switch {
	case err == nil:
		r.count(how)
		if r.watch.Done != nil {
			r.watch.Done(w.item(i), how)
		}
	case ctx.Err() != nil && !errors.Is(err, s3.ErrPartsStay):
	case errors.As(err, &end) || endsAll(err):
		stop(err)
	default:
		r.failed.Add(1)
		if r.watch.Failed != nil {
			r.watch.Failed(w.item(i), err)
		}
	}
}

func (r *run) count(how Outcome) {
	if how.Skipped {
		r.skipped.Add(1)
		return
	}
	r.moved.Add(1)
	r.bytes.Add(how.Bytes)
	if how.Verified != "" {
		r.checks.Add(1)
	}
}

func (r *run) progress(n int64) {
	if r.watch.Bytes != nil && n != 0 {
		r.watch.Bytes(n)
	}
}

func (r *run) note(text string) {
	if r.watch.Note != nil {
		r.watch.Note(text)
	}
}

// endsAll reports whether the files to come would fail in the same way.
func endsAll(err error) bool {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS) {
		return true
	}
	var e *awsclient.Error
	if !errors.As(awsclient.Classify(err), &e) {
		return false
	}
	switch e.Kind {
	case awsclient.SSO, awsclient.Expired, awsclient.NoCreds, awsclient.ReadOnly:
		return true
	default:
		return e.Code == "NoSuchBucket"
	}
}

// try sends a request until it gets an answer that another attempt would not
// better. Send does not retry by itself.
func (r *run) try(ctx context.Context, send func(context.Context) error) error {
	for n := 1; ; n++ {
		if err := r.limits.requests.enter(ctx); err != nil {
			return err
		}
		start := time.Now()
		err := send(ctx)
		r.limits.requests.leave()
		switch again, slow := retryable(err); {
		case err == nil:
			r.limits.requests.well(time.Since(start))
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case !again || n >= attempts:
			return err
		case slow:
			r.limits.requests.slow()
			r.note("S3 asks to slow down: waiting")
		}
		if err := pause(ctx, n); err != nil {
			return err
		}
	}
}

// retryable reports whether a failure may pass by itself, and whether it asks
// for less.
func retryable(err error) (again, slow bool) {
	if errors.Is(err, errSilent) || errors.Is(err, errCut) || s3.Raced(err) {
		return true, false
	}
	var e *awsclient.Error
	if err == nil || !errors.As(awsclient.Classify(err), &e) || s3.Unconditional(err) {
		return false, false
	}
	switch {
	case e.Kind == awsclient.Throttled, e.Status == 503:
		return true, true
	case e.Kind == awsclient.Network, e.Kind == awsclient.Unavailable, e.Code == "BadDigest":
		return true, false
	}
	return false, false
}

// pause waits longer with every attempt, and never all at the same moment.
func pause(ctx context.Context, attempt int) error {
	wait := min(firstWait<<attempt, longWait)
	t := time.NewTimer(wait/2 + rand.N(wait/2)) //nolint:gosec // nothing secret
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// touch says that something moved, and how long the next thing may take.
type touch func(time.Duration)

// alive ends a request's context when nobody calls touch for the silence.
func alive(ctx context.Context) (watched context.Context, moved touch, end func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	t := time.AfterFunc(silence, func() { cancel(errSilent) })
	return ctx, func(d time.Duration) { t.Reset(d) }, func() { t.Stop(); cancel(nil) }
}

// cause puts the reason of a context that was ended here in place of the error
// that the SDK makes of it.
func cause(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errSilent) {
		return fmt.Errorf("%w (%w)", errSilent, err)
	}
	return err
}

// items picks those that are kept, in order.
func items(w work, keep func(Item) bool) []int {
	var kept []int
	for i := range w.count() {
		if keep(w.item(i)) {
			kept = append(kept, i)
		}
	}
	return kept
}

func (p *Plan) only(ids []string) *Plan {
	wanted := make(map[string]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	w, sum := p.work.only(func(i Item) bool { return wanted[i.ID] })
	sum.Free, sum.Settled = p.Free, true
	return &Plan{Summary: sum, session: p.session, work: w}
}
