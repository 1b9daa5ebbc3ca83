package transfer

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"sync"
	"time"

	"straws/awsclient/s3"
)

const (
	smallestPiece = 8 << 20 // bytes of a range
	mostPieces    = 10_000
	notedEvery    = time.Second // what is fetched is written down for a run that is killed
)

// pieceSize is how an object of so many bytes is cut.
func pieceSize(size int64) int64 {
	const mb = 1 << 20
	return max(smallestPiece, (size/mostPieces+mb)/mb*mb)
}

// pieces fetches a large object by ranges, many at once, all of the same state
// of the object. What is there when the run ends early stays, hidden, for the
// next run.
func (x *fetching) pieces(ctx context.Context, f *fetch, dir *folder) (Outcome, error) {
	var st s3.Stat
	err := x.try(ctx, func(ctx context.Context) (err error) {
		ctx, _, end := alive(ctx)
		defer end()
		st, err = s3.Look(ctx, x.session, x.object(f), f.tag)
		return cause(ctx, err)
	})
	if err != nil {
		return Outcome{}, err
	}
	g, err := x.unfinished(f, dir, st)
	if err != nil {
		return Outcome{}, err
	}
	defer g.close()
	resumed := g.have()
	x.progress(resumed)
	if err := g.fetchAll(ctx); err != nil {
		if !g.keep(err) {
			x.progress(-g.have())
		}
		return Outcome{}, err
	}
	if err := g.verify(ctx); err != nil {
		if ctx.Err() == nil {
			g.remove()
			x.progress(-st.Size)
		} else if !g.keep(err) {
			x.progress(-st.Size)
		}
		return Outcome{}, err
	}
	name, err := dir.settle(g.file, g.name, path.Base(f.path), settling{x.target.mode, st.Modified, x.existing, (*os.File).Sync})
	g.file = nil
	if err != nil {
		x.progress(-st.Size)
		if !errors.Is(err, errOther) {
			g.remove()
		}
		return Outcome{}, err
	}
	g.forget()
	return Outcome{Bytes: st.Size, Path: name, Resumed: resumed, Verified: g.sum()}, nil
}

// growing is a large file on its way.
type growing struct {
	*fetching

	f      *fetch
	dir    *folder
	stat   s3.Stat
	file   *os.File
	name   string
	record record
	claim  string

	stray bool // it cannot be resumed: another run has the name that can

	mu      sync.Mutex     // guards the record too
	crcs    map[int]uint64 // of the pieces that this run fetched
	changed bool           // since the record was written
}

// fetchAll gets the pieces that are missing.
func (g *growing) fetchAll(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	missing := make(chan int)
	var wg sync.WaitGroup
	wg.Go(func() {
		defer close(missing)
		for n := range g.record.count() {
			if g.record.has(n) {
				continue
			}
			select {
			case missing <- n:
			case <-ctx.Done():
				return
			}
		}
	})
	for range partsAtOnce {
		wg.Go(func() {
			for n := range missing {
				if err := g.piece(ctx, n); err != nil {
					stop(err)
				}
			}
		})
	}
	noting, enough := context.WithCancel(ctx)
	var notes sync.WaitGroup
	notes.Go(func() { g.remember(noting) })
	wg.Wait()
	enough()
	notes.Wait()
	return ended(ctx)
}

// piece fetches one range. An attempt goes on where the one before was cut.
func (g *growing) piece(ctx context.Context, n int) error {
	if err := g.limits.parts.enter(ctx); err != nil {
		return err
	}
	defer g.limits.parts.leave()
	from, size := g.record.span(n)
	p := pieceOf{at: from, end: from + size}
	if poly, _ := polynomial(g.stat.Sum.Algorithm); poly != 0 {
		p.crc = newHash(g.stat.Sum.Algorithm)
	}
	err := g.try(ctx, func(ctx context.Context) error {
		ctx, touch, end := alive(ctx)
		defer end()
		return cause(ctx, g.receive(ctx, &p, touch))
	})
	if err != nil {
		g.progress(from - p.at)
		return err
	}
	g.got(n, p.crc)
	return nil
}

// pieceOf is a range, of which everything before at is there.
type pieceOf struct {
	at, end int64
	crc     hash.Hash
}

func (g *growing) receive(ctx context.Context, p *pieceOf, touch touch) error {
	body, err := s3.OpenOnce(ctx, g.session, g.object(g.f), g.stat.ETag, s3.Span{From: p.at, Bytes: p.end - p.at})
	if err != nil {
		return err
	}
	defer body.Close() //nolint:errcheck // only read
	if body.Size != g.stat.Size || body.Whole && p.end-p.at != body.Size {
		return errRange
	}
	buf, _ := g.buffers.Get().(*[]byte)
	defer g.buffers.Put(buf)
	for {
		n, err := body.Read((*buf)[:min(int64(copyBuffer), p.end-p.at)])
		if n > 0 {
			touch(silence)
			if _, err := g.file.WriteAt((*buf)[:n], p.at); err != nil {
				return fmt.Errorf("write %s to the disk: %w", g.f.path, err)
			}
			if p.crc != nil {
				_, _ = p.crc.Write((*buf)[:n]) // a hash takes everything
			}
			p.at += int64(n)
			g.progress(int64(n))
		}
		switch {
		case p.at == p.end:
			return nil
		case err == io.EOF: //nolint:errorlint // a Reader's own EOF
			return errCut
		case err != nil:
			return fmt.Errorf("%w: %w", errCut, err)
		}
	}
}

// got marks a piece as fetched.
func (g *growing) got(n int, crc hash.Hash) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.record.set(n)
	g.changed = true
	if crc != nil {
		g.crcs[n] = crcOf(crc)
	}
}

// remember writes down every now and then what is fetched, for a run that is
// killed. That it cannot is no reason to stop.
func (g *growing) remember(ctx context.Context) {
	t := time.NewTicker(notedEvery)
	defer t.Stop()
	for {
		select {
		case <-t.C:
		case <-ctx.Done():
			return
		}
		g.mu.Lock()
		changed := g.changed
		g.changed = false
		g.mu.Unlock()
		if changed {
			_ = g.note() // as above
		}
	}
}

// verify compares the file with the checksum that S3 has of the whole object.
func (g *growing) verify(ctx context.Context) error {
	want := g.stat.Sum
	poly, width := polynomial(want.Algorithm)
	h := newHash(want.Algorithm)
	switch {
	case h == nil:
		return nil
	case poly == 0:
		if err := g.read(ctx, h, 0, g.stat.Size); err != nil {
			return err
		}
		if string(h.Sum(nil)) != want.Value {
			return errDiffers
		}
		return nil
	}
	var all uint64
	for n := range g.record.count() {
		from, size := g.record.span(n)
		crc, ok := g.crcs[n]
		if !ok { // an earlier run fetched it
			h.Reset()
			if err := g.read(ctx, h, from, size); err != nil {
				return err
			}
			crc = crcOf(h)
		}
		all = joinCRC(poly, width, all, crc, size)
	}
	if crcBytes(all, width) != want.Value {
		return errDiffers
	}
	return nil
}

// read feeds a run of the file to a hash.
func (g *growing) read(ctx context.Context, h hash.Hash, from, size int64) error {
	buf, _ := g.buffers.Get().(*[]byte)
	defer g.buffers.Put(buf)
	for size > 0 {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n, err := g.file.ReadAt((*buf)[:min(size, copyBuffer)], from)
		if err != nil && (!errors.Is(err, io.EOF) || n == 0) {
			return fmt.Errorf("read %s again: %w", g.f.path, err)
		}
		_, _ = h.Write((*buf)[:n]) // a hash takes everything
		from, size = from+int64(n), size-int64(n)
	}
	return nil
}

func (g *growing) sum() string {
	if newHash(g.stat.Sum.Algorithm) == nil {
		return ""
	}
	return g.stat.Sum.Algorithm
}

// have counts the bytes that need not be fetched.
func (g *growing) have() int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.record.bytes()
}

// close ends the use of the file.
func (g *growing) close() {
	if g.file != nil {
		_ = g.file.Close() // what counts was synced
	}
	g.limits.release(g.claim)
}

// remove takes away the hidden file and its record.
func (g *growing) remove() {
	_ = g.dir.Remove(g.name) // a hidden file is all that can stay
	g.forget()
}
