package transfer

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"os"
	"path"
	"sync"

	"straws/awsclient"
	"straws/awsclient/s3"

	"github.com/dustin/go-humanize"
)

const (
	wholeLimit = 16 << 20 // bytes up to which an object is fetched in one piece
	copyBuffer = 256 << 10
	smallCopy  = 16 << 10
)

var (
	errCut     = errors.New("the answer ended before the object did")
	errChanged = errors.New("the object was replaced since it was listed: reload the list and fetch it again")
	errDiffers = errors.New("its content is not what S3 has a checksum of: nothing was kept")
)

// fetching moves the files of a download.
type fetching struct {
	*downloads
	*run

	target  *target
	flusher flusher
	buffers sync.Pool // of copyBuffer bytes
	little  sync.Pool // of smallCopy bytes
}

func (d *downloads) begin(r *run) (movement, error) {
	t, err := openTarget(d.into)
	if err != nil {
		return nil, err
	}
	if err := d.fits(t, r.existing); err != nil {
		t.close()
		return nil, err
	}
	all, err := t.Open(".")
	if err != nil {
		t.close()
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	return &fetching{
		downloads: d, run: r, target: t, flusher: flusher{dir: all, together: len(d.files) >= alone},
		buffers: sync.Pool{New: func() any { b := make([]byte, copyBuffer); return &b }},
		little:  sync.Pool{New: func() any { b := make([]byte, smallCopy); return &b }},
	}, nil
}

// fits refuses what the file system has no room for. What an earlier run of the
// plan brought is looked for only when that decides.
func (d *downloads) fits(t *target, existing Existing) error {
	free, need := freeBytes(d.into), int64(0)
	for i := range d.files {
		if existing != Skip || !d.files[i].exists {
			need += d.files[i].size - d.fetched(i)
		}
	}
	for i := 0; i < len(d.files) && existing == Skip && free >= 0 && need > free; i++ {
		if f := &d.files[i]; !f.exists && t.exists(f.path) {
			need -= f.size - d.fetched(i)
		}
	}
	if free >= 0 && need > free {
		return fmt.Errorf("%s has %s free and %s are to come: nothing was fetched", d.into, humanize.IBytes(uint64(free)), humanize.IBytes(uint64(need)))
	}
	return nil
}

func (x *fetching) end() {
	x.target.close()
	x.flusher.close()
}

func (x *fetching) object(f *fetch) s3.Object {
	return s3.Object{Bucket: x.bucket, Key: f.key, Version: f.version}
}

func (x *fetching) move(ctx context.Context, i int) (Outcome, error) {
	f := &x.files[i]
	if f.folder {
		dir, err := x.target.within(f.path)
		if err == nil {
			x.target.done(dir)
		}
		return Outcome{}, x.target.usable(err)
	}
	dir, err := x.target.within(path.Dir(f.path))
	if err != nil {
		return Outcome{}, x.target.usable(err)
	}
	defer x.target.done(dir)
	if x.existing == Skip && !dir.fresh && dir.exists(path.Base(f.path)) {
		return Outcome{Skipped: true}, nil
	}
	get := x.whole
	if x.large(i) {
		get = x.pieces
	}
	how, err := get(ctx, f, dir)
	switch {
	case errors.Is(err, errRange):
		how, err = x.whole(ctx, f, dir)
	case errors.Is(err, errTaken) && x.existing == Skip:
		return Outcome{Skipped: true}, nil
	}
	if how.Path = path.Join(dir.path, how.Path); err == nil && how.Path == f.path {
		how.Path = ""
	}
	return how, x.target.usable(explained(err))
}

// explained says what a refusal means here.
func explained(err error) error {
	var e *awsclient.Error
	if errors.As(awsclient.Classify(err), &e) && e.Status == http.StatusPreconditionFailed {
		return fmt.Errorf("%w (%w)", errChanged, err)
	}
	return err
}

// whole fetches an object in one piece: into a hidden file, checked, and only
// then under its name.
func (x *fetching) whole(ctx context.Context, f *fetch, dir *folder) (Outcome, error) {
	part := partial{dir: dir}
	defer part.drop()
	err := x.try(ctx, func(ctx context.Context) error {
		ctx, touch, end := alive(ctx)
		defer end()
		return cause(ctx, x.receive(ctx, f, &part, touch))
	})
	if err != nil {
		x.progress(-part.size)
		return Outcome{}, err
	}
	if part.sum.Algorithm != "" && string(part.hash.Sum(nil)) != part.sum.Value {
		x.progress(-part.size)
		return Outcome{}, errDiffers
	}
	name, err := dir.settle(part.file, part.name, path.Base(f.path), settling{
		x.target.mode, f.modified, x.existing, func(file *os.File) error { return x.flusher.flush(ctx, file) },
	})
	part.file = nil
	if err != nil {
		x.progress(-part.size)
		return Outcome{}, err
	}
	part.name = ""
	return Outcome{Bytes: part.size, Path: name, Verified: part.sum.Algorithm}, nil
}

// partial is a file that is not whole yet.
type partial struct {
	dir  *folder
	file *os.File
	name string
	size int64 // bytes written
	sum  s3.Sum
	hash hash.Hash
}

// drop removes what is left of a file that did not get its name.
func (p *partial) drop() {
	if p.file != nil {
		_ = p.file.Close() // it goes away
	}
	if p.name != "" {
		_ = p.dir.Remove(p.name) // a hidden file is all that can stay
	}
}

// receive is one attempt to fetch the object into the hidden file.
func (x *fetching) receive(ctx context.Context, f *fetch, part *partial, touch touch) error {
	x.progress(-part.size)
	part.size = 0
	body, err := s3.OpenOnce(ctx, x.session, x.object(f), f.tag, s3.Span{})
	if err != nil {
		return err
	}
	defer body.Close() //nolint:errcheck // only read
	if part.file == nil {
		if part.file, part.name, err = part.dir.create(path.Base(f.path), unique()); err != nil {
			return err
		}
	} else if err := rewind(part.file); err != nil {
		return err
	}
	part.sum, part.hash = body.Sum, newHash(body.Sum.Algorithm)
	if part.hash == nil {
		part.sum = s3.Sum{}
	}
	f.modified = body.Modified
	pool := &x.buffers
	if body.Size <= smallCopy {
		pool = &x.little
	}
	buf, _ := pool.Get().(*[]byte)
	defer pool.Put(buf)
	for {
		n, err := body.Read(*buf)
		if n > 0 {
			touch(silence)
			if _, err := part.file.Write((*buf)[:n]); err != nil {
				return fmt.Errorf("write %s to the disk: %w", f.path, err)
			}
			if part.hash != nil {
				_, _ = part.hash.Write((*buf)[:n]) // a hash takes everything
			}
			part.size += int64(n)
			x.progress(int64(n))
		}
		switch {
		case err == io.EOF && part.size == body.Size: //nolint:errorlint // a Reader's own EOF
			return nil
		case err == io.EOF: //nolint:errorlint // as above
			return errCut
		case err != nil:
			return fmt.Errorf("%w: %w", errCut, err)
		}
	}
}

func rewind(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("begin the file again: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("begin the file again: %w", err)
	}
	return nil
}
