package inside

import (
	"encoding/binary"
	"errors"
)

// Thrift's compact protocol, as far as skipping over it goes: a decoder reserves
// memory for the length that a list claims, which a damaged file must not make it.

var errThrift = errors.New("its structure is not sound")

const (
	thriftDepth = 32
	thriftShare = 8 // bytes that an element of a list of structures takes at least, on the whole
)

type skipper struct {
	b       []byte
	at      int
	structs int // elements of lists of structures
}

// checkThrift skips over one structure at the beginning of b, and returns its
// length.
func checkThrift(b []byte) (int, error) {
	s := &skipper{b: b}
	if !s.structure(0) || s.structs > 1000+len(b)/thriftShare {
		return 0, errThrift
	}
	return s.at, nil
}

func (s *skipper) structure(depth int) bool {
	for depth < thriftDepth {
		c, ok := s.byte()
		if !ok {
			return false
		}
		kind := c & 0x0f
		if kind == 0 {
			return true
		}
		if c>>4 == 0 { // the field's number is written out
			if _, ok := s.uvarint(); !ok {
				return false
			}
		}
		if kind > 2 && !s.value(kind, depth) { // 1 and 2 are true and false
			return false
		}
	}
	return false
}

func (s *skipper) value(kind byte, depth int) bool {
	switch kind {
	case 1, 2, 3:
		return s.skip(1)
	case 4, 5, 6:
		_, ok := s.uvarint()
		return ok
	case 7:
		return s.skip(8)
	case 8:
		n, ok := s.uvarint()
		return ok && n <= uint64(len(s.b)) && s.skip(int(n))
	case 9, 10:
		return s.list(depth)
	case 12:
		return s.structure(depth + 1)
	}
	return false // maps are not used in Parquet
}

func (s *skipper) list(depth int) bool {
	c, ok := s.byte()
	if !ok || depth >= thriftDepth {
		return false
	}
	n, kind := uint64(c>>4), c&0x0f
	if n == 15 {
		if n, ok = s.uvarint(); !ok {
			return false
		}
	}
	if n > uint64(len(s.b)-s.at) {
		return false
	}
	if kind == 12 {
		s.structs += int(n)
	}
	for range n {
		if !s.value(kind, depth+1) {
			return false
		}
	}
	return true
}

func (s *skipper) byte() (byte, bool) {
	if s.at >= len(s.b) {
		return 0, false
	}
	s.at++
	return s.b[s.at-1], true
}

func (s *skipper) skip(n int) bool {
	if n < 0 || n > len(s.b)-s.at {
		return false
	}
	s.at += n
	return true
}

func (s *skipper) uvarint() (uint64, bool) {
	v, n := binary.Uvarint(s.b[s.at:])
	if n <= 0 {
		return 0, false
	}
	s.at += n
	return v, true
}
