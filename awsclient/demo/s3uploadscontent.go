package demo

import (
	"crypto/md5" //nolint:gosec // Content-MD5 is one
	"encoding/base64"
	"io"
)

// section is a run of another body.
type section struct {
	content

	from, n int64
}

func (s section) size() int64 { return s.n }

func (s section) read(from, n int64) io.Reader { return s.content.read(s.from+from, n) }

// joined is a body put together from others.
type joined []content

func (p joined) size() int64 {
	var n int64
	for _, c := range p {
		n += c.size()
	}
	return n
}

func (p joined) read(from, n int64) io.Reader {
	var rs []io.Reader
	for _, c := range p {
		if size := c.size(); from < size && n > 0 {
			take := min(n, size-from)
			rs = append(rs, c.read(from, take))
			from, n = 0, n-take
		} else {
			from -= size
		}
	}
	return io.MultiReader(rs...)
}

// flat is the same body in one piece, where all of it is in memory anyway.
func (p joined) flat() content {
	all := held{}
	for _, c := range p {
		h, ok := c.(held)
		if !ok {
			return p
		}
		all = append(all, h...)
	}
	return all
}

func md5Base64(data []byte) string {
	sum := md5.Sum(data) //nolint:gosec // as above
	return base64.StdEncoding.EncodeToString(sum[:])
}
