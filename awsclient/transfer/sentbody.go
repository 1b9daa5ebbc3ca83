package transfer

import (
	"io"
)

// sentBody is the body of one upload request. It is read twice: for a checksum
// first, and then to be sent.
type sentBody struct {
	io.ReadSeeker

	run    *run
	touch  touch
	size   int64
	read   int64 // since it was last begun
	passes int   // that came before
	told   int64 // bytes that count as moved
	whole  bool
}

func (r *run) watched(body io.ReadSeeker, size int64, touch touch) *sentBody {
	return &sentBody{ReadSeeker: body, run: r, touch: touch, size: size}
}

// Read tells that something moves. After the last byte, S3 may take its time.
func (b *sentBody) Read(p []byte) (int, error) {
	n, err := b.ReadSeeker.Read(p)
	b.read += int64(n)
	if b.read >= b.size {
		b.touch(digesting)
	} else {
		b.touch(silence)
	}
	if b.passes > 0 {
		b.told += int64(n)
		b.run.progress(int64(n))
	}
	return n, err //nolint:wrapcheck // a Reader's error is part of its contract
}

// Seek begins again.
func (b *sentBody) Seek(offset int64, whence int) (int64, error) {
	if b.read > 0 {
		b.passes++
		b.read = 0
		b.run.progress(-b.told)
		b.told = 0
	}
	return b.ReadSeeker.Seek(offset, whence) //nolint:wrapcheck // as above
}

// arrived says that S3 has the bytes.
func (b *sentBody) arrived() { b.whole = true }

// end takes back what was counted of a request that failed.
func (b *sentBody) end() {
	want := int64(0)
	if b.whole {
		want = b.size
	}
	b.run.progress(want - b.told)
	b.told = want
}
