package inside

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Entry is one file in an archive.
type Entry struct {
	Name     string
	Size     int64 // bytes, decompressed
	Packed   int64 // bytes in the archive
	Modified time.Time
	Dir      bool
	Method   string // "deflate"; "" when it is stored as it is
	Link     string // where a link points
	Off      string // why it cannot be looked into; "" when it can

	open func() (*File, error)
}

// Open returns the entry as a file of its own, of which nothing is read yet.
func (e Entry) Open() (*File, error) {
	if e.open == nil {
		return nil, errors.New("this is no file")
	}
	return e.open()
}

const (
	tailOfZip   = 64<<10 + 22 // its comment may be that long, with the end record before it
	maxEntries  = 100_000
	headersRead = 64 // of a tar, each of which is a request
)

// zip lists the central directory, which is at the end of the file.
func (f *File) zip() *Content {
	c := &Content{Form: "zip"}
	if need := f.directory(); need > f.left() {
		c.More = need
		c.Notes = append(c.Notes, "the list of what is in it has "+size(need))
		return c
	}
	r, err := zip.NewReader(f, f.Size())
	if err != nil && r == nil {
		c.Err = fmt.Errorf("read the list of what is in it: %w", err)
		if errors.Is(err, ErrBudget) {
			c.More = step
		}
		return c
	}
	c.Form += ", " + plural(len(r.File), "entry", "entries")
	if len(r.File) > maxEntries {
		r.File = r.File[:maxEntries]
		c.Notes = append(c.Notes, fmt.Sprintf("the first %d entries are shown", maxEntries))
	}
	entries := make([]Entry, 0, len(r.File))
	for _, z := range r.File {
		entries = append(entries, f.zipped(z))
	}
	c.Views = []View{{Name: "entries", Shape: Archive, Entries: entries}}
	return c
}

// directory is how many bytes the list of a zip has that are not read yet, as
// the record at its end says; the reader checks it.
func (f *File) directory() int64 {
	tail, from, err := f.Tail(tailOfZip)
	if err != nil {
		return 0
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if i < 0 || len(tail) < i+22 {
		return 0
	}
	n := int64(binary.LittleEndian.Uint32(tail[i+12:]))
	at := int64(binary.LittleEndian.Uint32(tail[i+16:]))
	if k := bytes.LastIndex(tail, []byte("PK\x06\x06")); k >= 0 && len(tail) >= k+56 {
		n = int64(min(binary.LittleEndian.Uint64(tail[k+40:]), 1<<62))
		at = int64(min(binary.LittleEndian.Uint64(tail[k+48:]), 1<<62))
	}
	if at >= from { // it lies in the part that is read
		return 0
	}
	return min(n, f.Size())
}

func (f *File) zipped(z *zip.File) Entry {
	e := Entry{
		Name: z.Name, Size: int64(min(z.UncompressedSize64, 1<<62)), Packed: int64(min(z.CompressedSize64, 1<<62)),
		Modified: z.Modified, Dir: strings.HasSuffix(z.Name, "/"),
	}
	method, known := map[uint16]string{zip.Store: "", zip.Deflate: "deflate", 12: "bzip2", 93: "zstd"}[z.Method]
	e.Method = method
	switch {
	case e.Dir:
		return e
	case z.Flags&1 != 0:
		e.Off = "it is encrypted"
	case !known:
		e.Method = fmt.Sprintf("method %d", z.Method)
		e.Off = "it is compressed by " + e.Method + ", which is not known here"
	}
	e.open = func() (*File, error) {
		at, err := z.DataOffset()
		if err != nil {
			return nil, fmt.Errorf("find %s in the archive: %w", z.Name, err)
		}
		return f.section(z.Name, at, e.Packed, method), nil
	}
	return e
}

// section is a run of f's bytes as a file of its own.
func (f *File) section(name string, from, n int64, pack string) *File {
	if f.Size() >= 0 {
		n = max(min(n, f.Size()-from), 0)
	}
	return &File{Name: name, store: section{f, from, n}, size: n, inner: f.inner + 1, pack: pack}
}

func isTar(head []byte) bool {
	return len(head) >= 512 && bytes.Equal(head[257:262], []byte("ustar"))
}

// tar walks along the headers and skips what is between them.
func (f *File) tar(l Limits) *Content {
	c := &Content{Form: "tar"}
	f.begin(f.ctx, l.Most, 4<<10)
	at := &positioned{SectionReader: io.NewSectionReader(f, 0, f.Size())}
	r := tar.NewReader(at)
	var entries []Entry
	headers := int(headersRead * max(l.Most/Unasked().Most, 1))
	for {
		h, err := r.Next()
		if err == nil && len(entries) < maxEntries && (f.inner > 0 || len(entries) < headers) {
			entries = append(entries, f.tarred(h, at.at()))
			continue
		}
		c.ended(f, err, len(entries))
		break
	}
	c.Form += ", " + plural(len(entries), "entry", "entries")
	if c.More > 0 {
		c.Form += " so far"
	}
	c.Views = []View{{Name: "entries", Shape: Archive, Entries: entries}}
	return c
}

// ended says why the walk stopped.
func (c *Content) ended(f *File, err error, n int) {
	switch {
	case errors.Is(err, io.EOF):
	case err == nil, errors.Is(err, ErrBudget):
		c.More = step
		c.Notes = append(c.Notes, fmt.Sprintf("the archive goes on behind these %d entries", n))
	case errors.Is(err, errCut), f.inner > 0 && errors.Is(err, io.ErrUnexpectedEOF):
		c.Notes = append(c.Notes, fmt.Sprintf("the archive goes on behind these %d entries", n))
	default:
		c.Err = fmt.Errorf("read the next entry: %w", err)
	}
}

// positioned knows where a reader that skips has got to.
type positioned struct{ *io.SectionReader }

func (p *positioned) at() int64 {
	n, err := p.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0
	}
	return n
}

func (f *File) tarred(h *tar.Header, at int64) Entry {
	e := Entry{Name: h.Name, Size: h.Size, Packed: h.Size, Modified: h.ModTime, Dir: h.Typeflag == tar.TypeDir, Link: h.Linkname}
	if h.Typeflag == tar.TypeReg {
		e.open = func() (*File, error) { return f.section(h.Name, at, h.Size, ""), nil }
	}
	return e
}
