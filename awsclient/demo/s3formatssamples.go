package demo

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"strings"
	"sync"
	"time"
	"unicode/utf16"

	"github.com/klauspost/compress/zstd"
)

// sample is a small file of some format.
type sample struct {
	name string
	body content
}

// fillSamples adds a file of each format below samples/.
func fillSamples(b *bucket) {
	for _, s := range samples() {
		b.file("samples/"+s.name, s.body, date(2026, 9, 1), "")
	}
}

// samples are made once: some take a while.
var samples = sync.OnceValue(func() []sample { //nolint:gochecknoglobals // never changes
	at := date(2026, 9, 1)
	return []sample{
		{"orders.csv", orders(at, 400)},
		{"orders.tsv", held(bytes.ReplaceAll(all(orders(at, 400)), []byte(","), []byte("\t")))},
		{"orders.csv.gz", zipped(orders(at, 4000))},
		{"events.jsonl.zst", held(zstandard(all(events(at, 1200))))},
		{"letter-utf16.txt", held(utf16LE(bookText))},
		{"letter-latin1.txt", held("Gr\xfc\xdfe aus K\xf6ln, und viele sch\xf6ne Tage am See.\n")},
		{"sunset.png", held(sunset(240, 135, func(w io.Writer, i image.Image) error { return png.Encode(w, i) }))},
		{"sunset.jpeg", held(sunset(480, 270, func(w io.Writer, i image.Image) error { return jpeg.Encode(w, i, nil) }))},
		{"orders.avro", held(avroSample())},
		{"job.py", held(pythonSample)},
		{"report.zip", held(zipSample(at))},
		{"report.tar.gz", held(tarSample(at))},
		{"archive.log.gz", endless(at)},
	}
})

func all(c content) []byte {
	data, err := io.ReadAll(c.read(0, c.size()))
	if err != nil {
		panic(err) // it is made in memory
	}
	return data
}

func zstandard(data []byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // the options are right
	}
	return w.EncodeAll(data, nil)
}

func utf16LE(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

// sunset is a picture with some colours in it.
func sunset(w, h int, encode func(io.Writer, image.Image) error) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			dy := float64(y) / float64(h)
			c := color.RGBA{R: uint8(90 + 160*dy), G: uint8(90 + 60*dy*dy), B: uint8(170 - 90*dy), A: 255}
			far := math.Hypot(float64(x-w/2), float64(y-h*6/10)) / float64(h)
			switch {
			case dy > 0.65: // water
				shine := 0.5 + 0.5*math.Sin(float64(y)*0.9)*math.Exp(-math.Abs(float64(x-w/2))/float64(w)*6)
				c = color.RGBA{R: uint8(30 + 190*shine*(1-dy)), G: uint8(60 + 80*shine), B: uint8(110 + 40*shine), A: 255}
			case far < 0.16:
				c = color.RGBA{R: 255, G: 220, B: 120, A: 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := encode(&b, img); err != nil {
		panic(err) // it writes to memory
	}
	return b.Bytes()
}

func avroSample() []byte {
	out := []byte("Obj\x01")
	out = binary.AppendVarint(out, 2)
	for _, s := range []string{
		"avro.codec", "null", "avro.schema",
		`{"type":"record","name":"Order","namespace":"com.acme","fields":[{"name":"id","type":"string"},{"name":"amount","type":"double"}]}`,
	} {
		out = append(binary.AppendVarint(out, int64(len(s))), s...)
	}
	out = append(binary.AppendVarint(out, 0), "straws-demo-sync"...)
	row := append([]byte{6}, "o-1"...)
	row = binary.LittleEndian.AppendUint64(row, math.Float64bits(12.5))
	out = binary.AppendVarint(out, 1)
	out = append(binary.AppendVarint(out, int64(len(row))), row...)
	return append(out, "straws-demo-sync"...)
}

const pythonSample = `"""Sums the orders of a day."""
import csv
import sys


def total(path: str) -> float:
    # One pass, whatever the size.
    with open(path, newline="") as f:
        return sum(float(row["amount"]) for row in csv.DictReader(f))


if __name__ == "__main__":
    print(f"{total(sys.argv[1]):.2f} EUR")
`

func reportFiles(at time.Time) []struct{ name, text string } {
	return []struct{ name, text string }{
		{"report/README.md", "# Report\n\nMade every night by `job.py`.\n"},
		{"report/job.py", pythonSample},
		{"report/data/orders.csv", string(all(orders(at, 300)))},
		{"report/data/summary.json", `{"day": "2026-09-01", "orders": 300, "by item": {"teapot": 61, "kettle": 58}}`},
	}
}

func zipSample(at time.Time) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range reportFiles(at) {
		e, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: at})
		if err == nil {
			_, err = io.WriteString(e, f.text)
		}
		if err != nil {
			panic(err) // it writes to memory
		}
	}
	w.Close() //nolint:errcheck // writes to memory
	return b.Bytes()
}

func tarSample(at time.Time) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, f := range reportFiles(at) {
		if err := w.WriteHeader(&tar.Header{Name: f.name, Size: int64(len(f.text)), Mode: 0o644, ModTime: at}); err != nil {
			panic(err) // it writes to memory
		}
		io.WriteString(w, f.text) //nolint:errcheck // writes to memory
	}
	w.Close() //nolint:errcheck // writes to memory
	z.Close() //nolint:errcheck // writes to memory
	return b.Bytes()
}

// endless is a gzip file of 2 GB: one member over and over, as gzip allows.
func endless(day time.Time) pieces {
	var text strings.Builder
	for i := range 2000 {
		r := mixed(uint64(i))
		fmt.Fprintf(&text, "%s INFO  request %08x took %d ms\n", spread(day, int64(i), 2000).Format(time.RFC3339), uint32(r), r>>40%900)
	}
	one := zipped(held(text.String()))
	return pieces{{one, (2<<30 + int64(len(one)) - 1) / int64(len(one))}}
}
