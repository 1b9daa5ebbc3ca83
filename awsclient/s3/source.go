package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"straws/awsclient"
)

// Source reads ranges of one object, or of one version of it, all of the same
// state: the first answer decides which, unless the ETag is known before.
type Source struct {
	session *awsclient.Session
	object  Object

	mu    sync.Mutex
	tag   string
	facts Facts
}

// Facts is what the answers to the reads of an object said about it.
type Facts struct {
	Size     int64
	Type     string // Content-Type
	ETag     string
	Version  string
	Modified time.Time
}

// NewSource returns a source that sends nothing yet. tag, when it is not "", is
// the ETag that the object must have.
func NewSource(s *awsclient.Session, o Object, tag string) *Source {
	return &Source{session: s, object: o, tag: tag}
}

// Facts is what is known of the object; empty before the first read.
func (s *Source) Facts() Facts {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.facts
}

const (
	slowest = 256 << 10 // bytes a second that a read is waited for
	tooFar  = 4 << 20   // bytes that are thrown away of a server that knows no ranges
)

// Read sends one GetObject for up to n bytes from an offset, which counts from
// the end when it is negative. Bytes that came before an error are returned with
// it. It has the form that package inside reads files by.
func (s *Source) Read(ctx context.Context, from, n int64) (data []byte, size int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, awsclient.Timeout+time.Duration(n/slowest)*time.Second)
	defer cancel()
	s.mu.Lock()
	tag := s.tag
	s.mu.Unlock()
	body, err := Open(ctx, s.session, s.object, tag, Span{From: from, Bytes: n})
	if errors.Is(err, ErrEmpty) {
		return nil, s.Facts().Size, nil
	}
	if err != nil {
		return nil, 0, err
	}
	defer body.Close() //nolint:errcheck // only read
	s.learn(body)
	if err := skip(body, from); err != nil {
		return nil, body.Size, wrap(err, "read %s", URI(s.object.Bucket, s.object.Key))
	}
	// A server that ignores the end of the range sends everything.
	data, err = io.ReadAll(io.LimitReader(body, n))
	if err != nil {
		err = wrap(err, "read %s", URI(s.object.Bucket, s.object.Key))
	}
	return data, body.Size, err
}

// learn keeps what the first answer says, so that the later ones are about the
// same state of the object.
func (s *Source) learn(b *Body) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tag == "" {
		s.tag = b.ETag
	}
	s.facts = Facts{Size: b.Size, Type: b.Type, ETag: b.ETag, Version: b.Version, Modified: b.Modified}
}

// skip goes to an offset in the answer of a server that knows no ranges.
func skip(b *Body, from int64) error {
	if from < 0 {
		from = max(b.Size+from, 0)
	}
	if !b.Whole || from == 0 {
		return nil
	}
	if from > tooFar {
		return fmt.Errorf("this server sends the whole object of %d bytes for any part of it", b.Size)
	}
	if _, err := io.CopyN(io.Discard, b, from); err != nil {
		return err //nolint:wrapcheck // the caller says what was read
	}
	return nil
}
