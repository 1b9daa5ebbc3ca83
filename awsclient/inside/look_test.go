package inside_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"
	"time"

	"straws/awsclient/inside"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
)

// object is a stored file that counts what is read of it.
type object struct {
	io.ReaderAt

	size, read int64
	requests   int
}

func stored(b []byte) *object { return &object{ReaderAt: bytes.NewReader(b), size: int64(len(b))} }

func (o *object) Read(_ context.Context, from, n int64) (data []byte, size int64, err error) {
	if from < 0 {
		from = max(o.size+from, 0)
	}
	data = make([]byte, min(n, o.size-from))
	if _, err := o.ReadAt(data, from); err != nil && len(data) > 0 {
		return nil, o.size, fmt.Errorf("read: %w", err)
	}
	o.read += int64(len(data))
	o.requests++
	return data, o.size, nil
}

func look(t *testing.T, name string, o *object, l inside.Limits) *inside.Content {
	t.Helper()
	c, err := inside.Look(t.Context(), inside.New(name, o), l)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Views) == 0 {
		t.Fatal("there is nothing to show")
	}
	return c
}

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func zstandard(t testing.TB, b []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(b, nil)
}

func zipped(files ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		h := zip.FileHeader{Name: files[i], Method: zip.Deflate, Modified: time.Unix(1e9, 0)}
		if files[i+1] == "" {
			h.Method = zip.Store // a compressor for each of thousands takes long
		}
		f, _ := w.CreateHeader(&h)
		io.WriteString(f, files[i+1])
	}
	w.Close()
	return out.Bytes()
}

func tarred(files ...string) []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w.WriteHeader(&tar.Header{Name: files[i], Size: int64(len(files[i+1])), Mode: 0o644, ModTime: time.Unix(1e9, 0)})
		io.WriteString(w, files[i+1])
	}
	w.Close()
	return out.Bytes()
}

func drawn(w, h int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		img.Set(x, h/2, color.RGBA{R: 255, A: 255})
	}
	var out bytes.Buffer
	png.Encode(&out, img)
	return out.Bytes()
}

func avroFile() []byte {
	out := []byte("Obj\x01")
	out = binary.AppendVarint(out, 2)
	for _, s := range []string{"avro.codec", "deflate", "avro.schema", `{"type":"record","name":"order"}`} {
		out = append(binary.AppendVarint(out, int64(len(s))), s...)
	}
	return append(binary.AppendVarint(out, 0), "0123456789abcdef"...)
}

type sale struct {
	ID   int64     `parquet:"id"`
	Name string    `parquet:"name,dict"`
	At   time.Time `parquet:"at,timestamp(millisecond)"`
	Tags []string  `parquet:"tags,list"`
}

func parquetFile(t testing.TB, rows int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := parquet.NewGenericWriter[sale](&out, parquet.Compression(&parquet.Zstd))
	for i := range rows {
		if _, err := w.Write([]sale{{int64(i), fmt.Sprint("n-", i%7), time.UnixMilli(1_700_000_000_000), []string{"a", "b"}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// told is the first view in few words.
func told(v inside.View) string {
	switch v.Shape {
	case inside.Rows:
		var names []string
		for _, c := range v.Table.Columns {
			names = append(names, c.Name)
		}
		if len(v.Table.Rows) == 0 {
			return strings.Join(names, " ") + " | none"
		}
		return fmt.Sprintf("%s | %s | %d rows", strings.Join(names, " "), strings.Join(v.Table.Rows[0], " "), len(v.Table.Rows))
	case inside.Archive:
		var names []string
		for _, e := range v.Entries {
			names = append(names, fmt.Sprint(e.Name, " ", e.Size))
		}
		return strings.Join(names, ", ")
	case inside.Picture:
		return v.Image.Bounds().Max.String()
	case inside.Hex:
		return fmt.Sprintf("%x", v.Bytes[:min(len(v.Bytes), 4)])
	case inside.Text, inside.JSON:
	}
	return v.Text
}

func TestFormatsAreRecognisedAndShown(t *testing.T) {
	const csv = "id,name,amount\n1,ann,2.50\n2,\"bob, jr\",3\n"
	utf16le, utf16be := []byte{}, []byte{}
	for _, r := range "größer\n" {
		utf16le, utf16be = append(utf16le, byte(r), byte(r>>8)), append(utf16be, byte(r>>8), byte(r))
	}
	for _, tt := range []struct {
		name string
		data []byte
		form string
		want string
	}{
		{"a.txt", []byte("hello\n"), "text", "hello\n"},
		{"bom.txt", []byte("\xef\xbb\xbfhello"), "text, UTF-8 with BOM", "hello"},
		{"a.txt", append([]byte("\xff\xfe"), utf16le...), "text, UTF-16 LE", "größer\n"},
		{"a.txt", utf16le, "text, UTF-16 LE", "größer\n"},
		{"a.txt", utf16be, "text, UTF-16 BE", "größer\n"},
		{"a.txt", []byte("gr\xf6\xdfer als zuvor und noch viel mehr\n"), "text, Latin-1", "größer als zuvor und noch viel mehr\n"},
		{"a.txt", []byte("price 5 \x80 for all of this text here\n"), "text, Windows-1252", "price 5 € for all of this text here\n"},
		{"a.json", []byte(`{"a":[1,{"b":"},{"}],"c":{}}`), "JSON", "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"},{\"\n    }\n  ],\n  \"c\": {}\n}"},
		{"noname", []byte(`[1, 2]`), "JSON", "[\n  1,\n  2\n]"},
		{"a.jsonl", []byte("{\"a\":1}\n{\"a\":2}\n"), "JSON lines", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n"},
		{"events.json", []byte("{\"a\":1}\n{\"a\":2}\n"), "JSON lines", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n"},
		{"a.csv", []byte(csv), "CSV", "id name amount | 1 ann 2.50 | 2 rows"},
		{"a.csv", []byte(strings.ReplaceAll("a,b\n1,2\n", ",", ";")), "CSV with ;", "a b | 1 2 | 1 rows"},
		{"a.tsv", []byte("x\ty\n1\t2\n"), "TSV", "x y | 1 2 | 1 rows"},
		{"a.psv", []byte("x|y\n1|2\n3|4\n"), "CSV with |", "x y | 1 2 | 2 rows"},
		{"no header.csv", []byte("1,2\n3,4\n"), "CSV", "1 2 | 1 2 | 2 rows"},
		{"ragged.csv", []byte("a,b\n1\n1,2,3\n"), "CSV", "a b 3 | 1 | 2 rows"},
		{"a.csv.gz", gzipped([]byte(csv)), "gzip, CSV", "id name amount | 1 ann 2.50 | 2 rows"},
		{"no-name", zstandard(t, []byte("{\"a\":1}\n{\"a\":2}\n")), "zstd, JSON lines", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n"},
		{"a.gz", gzipped(gzipped([]byte("twice"))), "gzip, gzip, text", "twice"},
		{"a.zip", zipped("x.txt", "hello", "d/", ""), "zip, 2 entries", "x.txt 5, d/ 0"},
		{"a.tar", tarred("x.txt", "hello", "y.txt", "there"), "tar, 2 entries", "x.txt 5, y.txt 5"},
		{"a.tgz", gzipped(tarred("x.txt", "hello")), "gzip, tar, 1 entry", "x.txt 5"},
		{"a.png", drawn(40, 20), "PNG, 40 × 20 dots", "(40,20)"},
		{"a.png", drawn(2000, 10), "PNG, 2000 × 10 dots", "(512,2)"},
		{"a.avro", avroFile(), "Avro, deflate", "{\n  \"type\": \"record\",\n  \"name\": \"order\"\n}"},
		{"a.orc", []byte("ORC\x00\x01\x02"), "ORC", "4f524300"},
		{"a.bin", []byte("\x00\x01\x02\x03"), "binary", "00010203"},
		{"empty", nil, "empty", "this object is empty"},
		{"a.parquet", parquetFile(t, 3), "Parquet (zstd), 3 rows in 1 row group, 4 columns", "id name at tags | 0 n-0 2023-11-14 22:13:20Z a, b | 3 rows"},
	} {
		t.Run(tt.name+" "+tt.form, func(t *testing.T) {
			c := look(t, tt.name, stored(tt.data), inside.Limits{})
			if c.Form != tt.form || told(c.Views[0]) != tt.want {
				t.Errorf("%s:\n%s\nwant %s:\n%s\n%v %v", c.Form, told(c.Views[0]), tt.form, tt.want, c.Notes, c.Err)
			}
		})
	}
}
