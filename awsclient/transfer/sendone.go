package transfer

import (
	"bytes"
	"context"
	"crypto/md5" //nolint:gosec // an ETag is one
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"straws/awsclient/s3"
)

// inOne writes a file of a few megabytes. It is read before the first byte is
// sent, so that what arrives is one state of it.
func (x *sending) inOne(ctx context.Context, w s3.Write, l *local) error {
	size := l.before.Size()
	var buf []byte
	if size <= inMemory {
		b, _ := x.small.Get().(*[]byte)
		defer x.small.Put(b)
		buf = (*b)[:size]
	} else {
		if err := x.limits.buffers.enter(ctx); err != nil {
			return err
		}
		defer x.limits.buffers.leave()
		buf = make([]byte, size)
	}
	if _, err := l.file.ReadAt(buf, 0); err != nil && (err != io.EOF || size > 0) {
		if err == io.EOF {
			return errMoving
		}
		return fmt.Errorf("read the file: %w", err)
	}
	if err := l.moved(); err != nil {
		return err
	}
	lost := false
	return x.try(ctx, func(ctx context.Context) error {
		ctx, touch, end := alive(ctx)
		defer end()
		body := x.watched(bytes.NewReader(buf), size, touch)
		if lost && w.Overwrite && x.ours(ctx, w, buf) {
			body.arrived()
			body.end()
			return nil // an attempt whose answer was lost had written it
		}
		_, err := s3.Put(ctx, x.session, w, body, size)
		if err == nil {
			body.arrived()
		}
		defer body.end()
		switch {
		case err == nil:
			return nil
		case lost && errors.Is(err, s3.ErrExists) && x.ours(ctx, w, buf):
			body.arrived()
			return nil // an attempt whose answer was lost had written it
		}
		lost = lost || !errors.Is(err, s3.ErrExists)
		return cause(ctx, err)
	})
}

// ours reports whether the object under a key has the very content that was to
// be written; where it may have been there before, also its type counts.
func (x *sending) ours(ctx context.Context, w s3.Write, content []byte) bool {
	st, err := s3.Look(ctx, x.session, s3.Object{Bucket: w.Bucket, Key: w.Key}, "")
	if err != nil || st.Size != int64(len(content)) || w.Overwrite && st.Type != w.Type {
		return false
	}
	if h := newHash(st.Sum.Algorithm); h != nil {
		_, _ = h.Write(content) // a hash takes everything
		return string(h.Sum(nil)) == st.Sum.Value
	}
	sum := md5.Sum(content) //nolint:gosec // as above
	return strings.Trim(st.ETag, `"`) == hex.EncodeToString(sum[:])
}
