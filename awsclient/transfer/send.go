package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"straws/awsclient"
	"straws/awsclient/s3"
)

// mostNames bounds the search for a free "name (n)".
const mostNames = 1000

// errMoving is returned for a local file that changes while it is read.
var errMoving = errors.New("the file changed while it was read: nothing was kept, put it again when it is at rest")

// sending moves the files of an upload.
type sending struct {
	*uploads
	*run

	roots []*os.Root
	small sync.Pool   // of inMemory bytes
	plain atomic.Bool // the server refuses writes on condition
}

func (u *uploads) begin(r *run) (movement, error) {
	x := &sending{uploads: u, run: r, small: sync.Pool{New: func() any { b := make([]byte, inMemory); return &b }}}
	for _, dir := range u.roots {
		root, err := os.OpenRoot(dir)
		if err != nil {
			x.end()
			return nil, fmt.Errorf("open the folder: %w", err)
		}
		x.roots = append(x.roots, root)
	}
	return x, nil
}

func (x *sending) end() {
	for _, r := range x.roots {
		_ = r.Close() // only read
	}
}

func (x *sending) move(ctx context.Context, i int) (Outcome, error) {
	f := &x.files[i]
	if f.exists && x.existing == Skip {
		return Outcome{Skipped: true}, nil
	}
	file, err := x.roots[f.root].OpenFile(f.name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // of a pipe, it waited for a writer
	if err != nil {
		return Outcome{}, fmt.Errorf("open the file: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	before, err := file.Stat()
	if err != nil {
		return Outcome{}, fmt.Errorf("look at the file: %w", err)
	}
	if !before.Mode().IsRegular() {
		return Outcome{}, errSpecial
	}
	w := s3.Write{Bucket: x.bucket, Key: f.key, Overwrite: x.existing == Overwrite}
	if w.Type, err = contentType(f.name, file); err != nil {
		return Outcome{}, err
	}
	l := &local{file: file, before: before}
	for n := 2; ; n++ {
		err := x.write(ctx, w, l)
		switch {
		case err == nil && w.Key != f.key:
			return Outcome{Bytes: before.Size(), Path: w.Key}, nil
		case err == nil:
			return Outcome{Bytes: before.Size()}, nil
		case !errors.Is(err, s3.ErrExists):
			return Outcome{}, err
		case x.existing == Skip:
			return Outcome{Skipped: true}, nil
		case x.existing == Overwrite, n > mostNames:
			return Outcome{}, err
		}
		w.Key = f.key[:strings.LastIndexByte(f.key, '/')+1] + withMark(path.Base(f.key), fmt.Sprintf(" (%d)", n))
	}
}

// local is a file that is read.
type local struct {
	file   *os.File
	before fs.FileInfo
}

// moved reports whether the file is not what it was when it was opened.
func (l *local) moved() error {
	after, err := l.file.Stat()
	if err != nil {
		return fmt.Errorf("look at the file: %w", err)
	}
	if after.Size() != l.before.Size() || !after.ModTime().Equal(l.before.ModTime()) {
		return errMoving
	}
	return nil
}

// write puts the file under one key. A server that does not know the condition
// that the key must be free is asked instead.
func (x *sending) write(ctx context.Context, w s3.Write, l *local) error {
	err := x.attempt(ctx, w, l)
	if !w.Overwrite && s3.Unconditional(err) && ctx.Err() == nil {
		x.plain.Store(true)
		return x.attempt(ctx, w, l)
	}
	return err
}

func (x *sending) attempt(ctx context.Context, w s3.Write, l *local) error {
	plain := x.plain.Load()
	if !w.Overwrite && (plain || x.asksFirst() || l.before.Size() > singlePut) {
		if there, err := x.taken(ctx, w); there || err != nil {
			return errors.Join(err, exists(there))
		}
	}
	w.Overwrite = w.Overwrite || plain
	if l.before.Size() > singlePut {
		return x.inParts(ctx, w, l)
	}
	return x.inOne(ctx, w, l)
}

func exists(there bool) error {
	if there {
		return s3.ErrExists
	}
	return nil
}

// asksFirst reports whether a server of another make is asked: it may not know
// the condition that keeps a write from replacing anything.
func (x *sending) asksFirst() bool { return x.session.Endpoint() != "" && x.unlisted }

// taken asks whether a key has an object. Who may not know gets no answer, and
// the write itself finds out.
func (x *sending) taken(ctx context.Context, w s3.Write) (bool, error) {
	var there bool
	err := x.try(ctx, func(ctx context.Context) error {
		ctx, _, end := alive(ctx)
		defer end()
		_, err := s3.Look(ctx, x.session, s3.Object{Bucket: w.Bucket, Key: w.Key}, "")
		there = err == nil
		var e *awsclient.Error
		if errors.As(awsclient.Classify(err), &e) && (e.Kind == awsclient.NotFound || e.Kind == awsclient.Denied) {
			return nil
		}
		return cause(ctx, err)
	})
	return there, err
}

// contentType goes by the name, and by the first bytes where that says nothing.
func contentType(name string, file io.ReaderAt) (string, error) {
	kind, _, _ := strings.Cut(mime.TypeByExtension(strings.ToLower(path.Ext(name))), ";")
	if kind != "" {
		return kind, nil // without the character set, which nobody looked for
	}
	head := make([]byte, 512)
	n, err := file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("read the file: %w", err)
	}
	if n == 0 {
		return "binary/octet-stream", nil
	}
	kind, _, _ = strings.Cut(http.DetectContentType(head[:n]), ";")
	return kind, nil
}
