package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"straws/awsclient"
	"straws/awsclient/s3"
)

// cleanUp bounds the request that removes the parts of an upload that is given up.
const cleanUp = 10 * time.Second

// partSize is how a file of so many bytes is cut.
func partSize(size int64) int64 {
	const mb = 1 << 20
	return max(smallestPart, (size/s3.MaxParts+mb)/mb*mb)
}

// inParts writes a large file in parts, many at once. It is an object only when
// all have arrived and the file was at rest; else the parts are removed.
func (x *sending) inParts(ctx context.Context, w s3.Write, l *local) error {
	var parts *s3.Parts
	// An attempt whose answer is lost leaves an upload without parts, which is
	// why there is no other: this one is not repeated by itself.
	if err := x.limits.requests.enter(ctx); err != nil {
		return err
	}
	watched, _, end := alive(ctx)
	parts, err := s3.BeginParts(watched, x.session, w)
	end()
	x.limits.requests.leave()
	if err != nil {
		return err
	}
	err = x.sendParts(ctx, parts, l)
	if err == nil {
		err = l.moved()
	}
	if err == nil {
		err = x.complete(ctx, w, parts, l)
	}
	if err == nil {
		return nil
	}
	x.progress(-x.partsSent(l, parts))
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanUp)
	defer cancel()
	if aborted := parts.Abort(late); aborted != nil {
		return s3.PartsStay(ctx, s3.Object{Bucket: w.Bucket, Key: w.Key}, err, aborted)
	}
	return err
}

// partsSent is how many bytes of a file count as moved.
func (x *sending) partsSent(l *local, parts *s3.Parts) int64 {
	size, step := l.before.Size(), partSize(l.before.Size())
	var sum int64
	for _, n := range parts.Written() {
		sum += min(step, size-int64(n-1)*step)
	}
	return sum
}

// sendParts writes every part.
func (x *sending) sendParts(ctx context.Context, parts *s3.Parts, l *local) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	size, step := l.before.Size(), partSize(l.before.Size())
	next := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(next)
		for n := 1; int64(n-1)*step < size; n++ {
			select {
			case next <- n:
			case <-ctx.Done():
				return
			}
		}
	})
	for range partsAtOnce {
		wg.Go(func() {
			for n := range next {
				from := int64(n-1) * step
				if err := x.part(ctx, parts, n, io.NewSectionReader(l.file, from, min(step, size-from))); err != nil {
					stop(err)
				}
			}
		})
	}
	wg.Wait()
	return ended(ctx)
}

func (x *sending) part(ctx context.Context, parts *s3.Parts, n int, piece *io.SectionReader) error {
	if err := x.limits.parts.enter(ctx); err != nil {
		return err
	}
	defer x.limits.parts.leave()
	return x.try(ctx, func(ctx context.Context) error {
		ctx, touch, end := alive(ctx)
		defer end()
		body := x.watched(piece, piece.Size(), touch)
		defer body.end()
		err := parts.Part(ctx, n, body, piece.Size())
		if err == nil {
			body.arrived()
		}
		return cause(ctx, err)
	})
}

// complete makes the object. When the answer is lost, it looks at what became of
// it before it asks again.
func (x *sending) complete(ctx context.Context, w s3.Write, parts *s3.Parts, l *local) error {
	lost := false
	return x.try(ctx, func(ctx context.Context) error {
		if lost {
			// Who must not see the parts asks again: what was made has no upload any more.
			if pending, err := parts.Pending(ctx); !kind(err, awsclient.Denied) && (err != nil || !pending) {
				return errors.Join(err, x.made(ctx, w, parts, l, pending))
			}
		}
		ctx, touch, end := alive(ctx)
		defer end()
		touch(digesting)
		err := cause(ctx, parts.Complete(ctx))
		if lost && (kind(err, awsclient.NotFound) || errors.Is(err, s3.ErrExists)) && x.made(ctx, w, parts, l, false) == nil {
			return nil
		}
		if again, _ := retryable(err); again {
			lost = true
		}
		return err
	})
}

// kind reports whether a call was refused in this way.
func kind(err error, k awsclient.Kind) bool {
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) && e.Kind == k
}

var errVanished = errors.New("S3 neither has the upload any more nor the object it was to become")

// made reports, by nil, that the parts have become the object.
func (x *sending) made(ctx context.Context, w s3.Write, parts *s3.Parts, l *local, pending bool) error {
	if pending {
		return nil
	}
	st, err := s3.Look(ctx, x.session, s3.Object{Bucket: w.Bucket, Key: w.Key}, "")
	switch {
	case kind(err, awsclient.NotFound):
		return errVanished
	case err != nil:
		return err
	case st.Size != l.before.Size() || !strings.HasSuffix(st.ETag, fmt.Sprintf(`-%d"`, len(parts.Written()))):
		return errVanished
	}
	return nil
}
