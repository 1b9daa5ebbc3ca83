package inside

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// Store reads ranges of one file.
type Store interface {
	// Read returns up to n bytes from an offset, and the size of the whole file.
	// A negative offset counts from the end. Bytes may come with an error: those
	// that arrived before it.
	Read(ctx context.Context, from, n int64) (data []byte, size int64, err error)
}

// ErrBudget is returned for bytes that would have to be read beyond the limit.
var ErrBudget = errors.New("more bytes are needed than may be read unasked")

// errCut is returned for bytes behind the end of what was decompressed.
var errCut = errors.New("this part was not decompressed")

// File reads a store through a memory of what it has read, and no more than it
// is allowed. Its methods may be called side by side.
type File struct {
	Name string

	store Store
	mu    sync.Mutex
	ctx   context.Context //nolint:containedctx // of the look in progress: io.ReaderAt has no room for it
	size  int64           // -1 until the first read
	spans []span          // sorted, apart from each other
	most  int64           // bytes that may be read
	used  int64           // bytes that were read
	grain int64           // least bytes of a read
	inner int             // how many files this one is in
	pack  string          // how the store's bytes are compressed, where only its container says so
}

// span is a run of bytes that was read.
type span struct {
	from int64
	data []byte
}

func (s span) end() int64 { return s.from + int64(len(s.data)) }

// New returns a file that has not been read yet.
func New(name string, s Store) *File { return &File{Name: name, store: s, size: -1} }

// Size is the number of bytes of the whole file; -1 before the first read.
func (f *File) Size() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.size
}

// Used is the number of bytes that were read of the store so far.
func (f *File) Used() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.used
}

// begin sets what the next reads may take.
func (f *File) begin(ctx context.Context, most, grain int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ctx, f.most, f.grain = ctx, most, grain
}

// left is how many bytes may still be read.
func (f *File) left() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return max(f.most-f.used, 0)
}

// Head returns the first n bytes, or all where there are fewer. Bytes that came
// before an error are returned with it.
func (f *File) Head(n int64) ([]byte, error) { return f.slice(0, n) }

// Tail returns the last n bytes, or all where there are fewer, and the offset of
// the first of them.
func (f *File) Tail(n int64) (data []byte, from int64, err error) {
	if f.Size() < 0 {
		f.mu.Lock()
		err := f.fetch(-n, n)
		f.mu.Unlock()
		if err != nil && f.Size() < 0 {
			return nil, 0, err
		}
	}
	from = max(f.Size()-n, 0)
	data, err = f.slice(from, n)
	return data, from, err
}

func (f *File) slice(from, n int64) ([]byte, error) {
	if size := f.Size(); size >= 0 {
		n = min(n, size-from)
	}
	if n <= 0 {
		return nil, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.want(from, n)
	data := f.held(from)
	if int64(len(data)) >= n || f.size >= 0 && from+int64(len(data)) >= f.size {
		err = nil
	}
	return data[:min(n, int64(len(data)))], err
}

// ReadAt implements io.ReaderAt.
func (f *File) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("a file has no bytes before its first")
	}
	data, err := f.slice(off, int64(len(p)))
	n := copy(p, data)
	if err == nil && n < len(p) {
		err = io.EOF
	}
	return n, err
}

// held is what is remembered from an offset on, without a gap.
func (f *File) held(from int64) []byte {
	for _, s := range f.spans {
		if s.from <= from && from < s.end() {
			return s.data[from-s.from:]
		}
	}
	return nil
}

// want reads what is missing of a range, the smallest run that closes it.
func (f *File) want(from, n int64) error {
	for n > 0 && (f.size < 0 || from < f.size) {
		if have := int64(len(f.held(from))); have > 0 {
			from, n = from+have, n-have
			continue
		}
		need := f.gap(from, n)
		if f.used+need > f.most {
			need = f.most - f.used
			if need <= 0 {
				return fmt.Errorf("%w (%d were)", ErrBudget, f.used)
			}
		}
		if err := f.fetch(from, need); err != nil {
			return err
		}
	}
	return nil
}

// gap is how much is read at once of n bytes that begin with a missing one.
func (f *File) gap(from, n int64) int64 {
	for _, s := range f.spans {
		if s.from > from && s.from < from+n {
			n = s.from - from
		}
	}
	if f.size < 0 || from+n < f.size {
		return max(n, min(f.grain, f.until(from)))
	}
	return n
}

// until is how far the next remembered byte or the end is.
func (f *File) until(from int64) int64 {
	end := f.size
	if end < 0 {
		end = from + f.grain
	}
	for _, s := range f.spans {
		if s.from > from {
			end = min(end, s.from)
		}
	}
	return end - from
}

func (f *File) fetch(from, n int64) error {
	data, size, err := f.store.Read(f.ctx, from, n)
	data = data[:min(n, int64(len(data)))]
	if size >= 0 && (err == nil || len(data) > 0) { // an answer, if perhaps not all of it
		f.size = size
	}
	if from < 0 {
		from = max(f.size-n, 0)
	}
	f.used += int64(len(data))
	f.remember(from, data)
	switch {
	case err != nil:
		return err
	case len(data) == 0 && from < f.size:
		return io.ErrUnexpectedEOF
	}
	return nil
}

// remember keeps bytes; runs that touch become one.
func (f *File) remember(from int64, data []byte) {
	if len(data) == 0 {
		return
	}
	i := slices.IndexFunc(f.spans, func(s span) bool { return s.end() == from })
	if i >= 0 {
		f.spans[i].data = append(f.spans[i].data, data...)
	} else {
		i = len(f.spans)
		if k := slices.IndexFunc(f.spans, func(s span) bool { return s.from > from }); k >= 0 {
			i = k
		}
		f.spans = slices.Insert(f.spans, i, span{from, slices.Clip(data)})
	}
	for i+1 < len(f.spans) && f.spans[i].end() >= f.spans[i+1].from {
		if next := f.spans[i+1]; next.end() > f.spans[i].end() {
			f.spans[i].data = append(f.spans[i].data[:next.from-f.spans[i].from], next.data...)
		}
		f.spans = slices.Delete(f.spans, i+1, i+2)
	}
}
