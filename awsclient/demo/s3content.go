package demo

import (
	"bytes"
	"io"
)

// content is the body of an object.
type content interface {
	size() int64
	// read returns n bytes from offset from; both are within the size.
	read(from, n int64) io.Reader
}

// held is a body kept in memory.
type held []byte

func (h held) size() int64 { return int64(len(h)) }

func (h held) read(from, n int64) io.Reader { return bytes.NewReader(h[from : from+n]) }

// lines is a body of equally long lines that are made as they are read, so that
// a file of gigabytes costs nothing and still has the same bytes at every visit.
type lines struct {
	head, tail string
	width      int64 // bytes of one line, with its newline
	count      int64
	line       func(i int64) string // exactly width bytes
}

func (l *lines) size() int64 {
	return int64(len(l.head)) + l.width*l.count + int64(len(l.tail))
}

func (l *lines) read(from, n int64) io.Reader {
	return io.LimitReader(&linesReader{lines: l, at: from}, n)
}

type linesReader struct {
	*lines
	at int64
}

// Read copies what is left of the piece that the offset falls into: the head,
// one line, or the tail.
func (r *linesReader) Read(p []byte) (int, error) {
	n := copy(p, r.piece())
	r.at += int64(n)
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (r *linesReader) piece() string {
	head, body := int64(len(r.head)), r.width*r.count
	switch at := r.at; {
	case at < head:
		return r.head[at:]
	case at < head+body:
		at -= head
		return r.line(at / r.width)[at%r.width:]
	case at < r.size():
		return r.tail[at-head-body:]
	default:
		return ""
	}
}
