package inside

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
)

// window bounds the memory of a decompressor that the file itself may ask for.
const window = 32 << 20

// packing is the compression that bytes begin with; "" for none.
func packing(head []byte) string {
	for _, p := range []struct{ mark, name string }{
		{"\x1f\x8b", "gzip"},
		{"\x28\xb5\x2f\xfd", "zstd"},
		{"BZh", "bzip2"},
		{"\xff\x06\x00\x00sNaPpY", "snappy"},
		{"\x04\x22\x4d\x18", "lz4"},
	} {
		if bytes.HasPrefix(head, []byte(p.mark)) {
			return p.name
		}
	}
	return ""
}

// unpacked decompresses what was read, as far as that goes, and looks into it.
func (f *File) unpacked(head []byte, how string, l Limits) *Content {
	if int64(len(head)) < min(l.Head, f.Size()) {
		head, _ = f.Head(l.Head)
	}
	cut := f.Size() > int64(len(head))
	data, err := unpack(head, how, l.Out)
	full := int64(len(data)) >= l.Out
	broken := err != nil && (!cut || !errors.Is(err, io.ErrUnexpectedEOF))
	if len(data) == 0 {
		return &Content{Form: how, Err: orNil(broken, err), Views: nil, Notes: []string{"nothing could be decompressed of it"}}
	}
	in := f.contained(data, cut || full || broken)
	c := in.look(data, l, nil)
	c.Views = c.Views[: len(c.Views)-1 : len(c.Views)-1] // its bytes: those of the file itself are shown
	c.Views = append(c.Views, View{Name: "hex of what is in it", Shape: Hex, Bytes: data[:min(len(data), 1<<20)]})
	c.Form, c.Ends = how+", "+c.Form, false
	c.Notes = notes(c.Notes, head, data, cut, full)
	if c.More = 0; cut || full {
		c.More = min(step, max(f.Size()-int64(len(head)), 1))
	}
	if broken {
		c.Err = fmt.Errorf("decompress %s: %w", how, err)
	}
	return c
}

// notes says how far decompression went, in place of what the inner file said of
// its own size, which nobody knows.
func notes(inner []string, head, data []byte, cut, full bool) []string {
	var out []string
	switch {
	case full:
		out = append(out, fmt.Sprintf("the first %s of what is in it are shown", size(int64(len(data)))))
	case cut:
		out = append(out, fmt.Sprintf("the first %s were read: %s of what is in it", size(int64(len(head))), size(int64(len(data)))))
	}
	for _, n := range inner {
		if !strings.HasPrefix(n, "the first ") {
			out = append(out, n)
		}
	}
	return out
}

func orNil(wanted bool, err error) error {
	if wanted {
		return err
	}
	return nil
}

// contained is a file that came out of f.
func (f *File) contained(data []byte, cut bool) *File {
	m := memory{data: data, size: int64(len(data))}
	if cut {
		m.size = 1 << 62 // nobody knows
	}
	in := &File{Name: unpackedName(f.Name), store: m, size: m.size, most: int64(len(data)), inner: f.inner + 1, ctx: f.ctx}
	in.spans = []span{{0, data}}
	return in
}

// unpackedName is the name without what says that it is compressed.
func unpackedName(name string) string {
	switch ext := strings.ToLower(path.Ext(name)); ext {
	case ".gz", ".gzip", ".zst", ".zstd", ".bz2", ".snappy", ".sz", ".lz4":
		return name[:len(name)-len(ext)]
	case ".tgz", ".tbz", ".tzst":
		return name[:len(name)-len(ext)] + ".tar"
	case ".svgz":
		return name[:len(name)-1]
	}
	return name
}

// unpack decompresses at most limit bytes. The error is why it ended early;
// what came until then is returned with it.
func unpack(data []byte, how string, limit int64) ([]byte, error) {
	var r io.Reader
	in := bytes.NewReader(data)
	switch how {
	case "gzip":
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("its header: %w", err)
		}
		r = z
	case "zstd":
		z, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(window), zstd.WithDecoderMaxWindow(window))
		if err != nil {
			return nil, fmt.Errorf("its header: %w", err)
		}
		defer z.Close()
		r = z
	case "bzip2":
		r = bzip2.NewReader(in)
	case "snappy":
		r = snappy.NewReader(in)
	case "lz4":
		r = lz4.NewReader(in)
	case "deflate":
		r = flate.NewReader(in)
	default:
		return nil, fmt.Errorf("%s is not known here", how)
	}
	var out bytes.Buffer
	_, err := io.Copy(&out, io.LimitReader(r, limit))
	return out.Bytes(), err
}
