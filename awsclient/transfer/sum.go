package transfer

import (
	"crypto/md5"  //nolint:gosec // what S3 keeps is compared
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"hash/crc32"
	"hash/crc64"
)

// crcPolynomial is that of CRC-64/NVME, reflected.
const crcPolynomial = 0x9a6c9329ac4bc9b5

// newHash computes a checksum by S3's name of it; nil for one that is unknown.
func newHash(algorithm string) hash.Hash {
	switch algorithm {
	case "CRC64NVME":
		return crc64.New(crc64.MakeTable(crcPolynomial))
	case "CRC32C":
		return crc32.New(crc32.MakeTable(crc32.Castagnoli))
	case "CRC32":
		return crc32.NewIEEE()
	case "SHA256":
		return sha256.New()
	case "SHA1":
		return sha1.New() //nolint:gosec // as above
	case "MD5":
		return md5.New() //nolint:gosec // as above
	}
	return nil
}

// polynomial is that of a checksum whose parts can be joined, and its width in
// bits; 0 for others.
func polynomial(algorithm string) (poly uint64, width int) {
	switch algorithm {
	case "CRC64NVME":
		return crcPolynomial, 64
	case "CRC32C":
		return crc32.Castagnoli, 32
	case "CRC32":
		return crc32.IEEE, 32
	}
	return 0, 0
}

// crcOf is the value that a CRC has come to.
func crcOf(h hash.Hash) uint64 {
	sum := h.Sum(nil)
	if len(sum) == 4 {
		return uint64(binary.BigEndian.Uint32(sum))
	}
	return binary.BigEndian.Uint64(sum)
}

// crcBytes is a value as S3 writes it.
func crcBytes(crc uint64, width int) string {
	if width == 32 {
		return string(binary.BigEndian.AppendUint32(nil, uint32(crc)))
	}
	return string(binary.BigEndian.AppendUint64(nil, crc))
}

// matrix is a linear map of a CRC's bits: the image of each.
type matrix [64]uint64

func (m *matrix) times(v uint64) uint64 {
	var sum uint64
	for i := 0; v != 0; i, v = i+1, v>>1 {
		if v&1 != 0 {
			sum ^= m[i]
		}
	}
	return sum
}

func (m *matrix) squared(width int) *matrix {
	var s matrix
	for i := range width {
		s[i] = m.times(m[i])
	}
	return &s
}

// joinCRC is the CRC of two runs of bytes, from that of each and the length of
// the second: zero bytes are appended to the first by squaring the map of one
// zero bit.
func joinCRC(poly uint64, width int, first, second uint64, n int64) uint64 {
	bit := &matrix{0: poly}
	for i := 1; i < width; i++ {
		bit[i] = 1 << (i - 1)
	}
	m := bit.squared(width).squared(width).squared(width) // one byte
	for ; n > 0; n >>= 1 {
		if n&1 != 0 {
			first = m.times(first)
		}
		m = m.squared(width)
	}
	return first ^ second
}
