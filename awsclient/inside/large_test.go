package inside_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"straws/awsclient/inside"

	"github.com/parquet-go/parquet-go"
)

// holed is a file of which most is zeros that nobody keeps.
type holed struct {
	head, tail []byte
	size       int64
}

// ReadAt implements io.ReaderAt.
func (h holed) ReadAt(p []byte, off int64) (int, error) {
	clear(p)
	if off < int64(len(h.head)) {
		copy(p, h.head[off:])
	}
	if start := h.size - int64(len(h.tail)); off+int64(len(p)) > start {
		copy(p[max(start-off, 0):], h.tail[max(off-start, 0):])
	}
	if off+int64(len(p)) > h.size {
		return int(h.size - off), io.EOF
	}
	return len(p), nil
}

func TestTwoGigabytesOfParquetShowTheirFirstRowsFromLessThanAMegabyte(t *testing.T) {
	data := parquetFile(t, 5000)
	footer := 8 + int(binary.LittleEndian.Uint32(data[len(data)-8:]))
	h := holed{data[:len(data)-footer], data[len(data)-footer:], 2 << 30}
	o := &object{ReaderAt: h, size: h.size}
	c := look(t, "big.parquet", o, inside.Limits{})
	if c.Views[0].Name != "rows" || len(c.Views[0].Table.Rows) < 1000 || c.Err != nil {
		t.Fatalf("%s: %s %v %v", c.Form, told(c.Views[0]), c.Notes, c.Err)
	}
	if o.read >= 1_000_000 {
		t.Errorf("%d bytes were read", o.read)
	}
	t.Logf("%d bytes in %d requests", o.read, o.requests)
}

// noise is text that cannot be compressed.
func noise(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < n {
		fmt.Fprintf(&b, "%016x", r.Uint64())
	}
	return b.String()[:n]
}

func TestRowsThatNeedMoreSaySoAndComeWhenAsked(t *testing.T) {
	type wide struct {
		ID   int64     `parquet:"id"`
		At   time.Time `parquet:"at,timestamp(millisecond)"`
		Text string    `parquet:"text"`
	}
	text := noise(20_000)
	rows := make([]wide, 150)
	for i := range rows {
		rows[i] = wide{int64(i), time.UnixMilli(1), text[i:] + text[:i]}
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[wide](&b, parquet.PageBufferSize(8<<20))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	o := stored(b.Bytes())
	f := inside.New("wide.parquet", o)
	l := inside.Unasked()
	c, err := inside.Look(t.Context(), f, l)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Views[0].Table.Columns) != 2 || c.More == 0 || !strings.Contains(fmt.Sprint(c.Notes), "1 column is not read yet") {
		t.Fatalf("%s %v, %d more", told(c.Views[0]), c.Notes, c.More)
	}
	if o.read > l.Most {
		t.Errorf("%d bytes were read unasked", o.read)
	}
	if c, err = inside.Look(t.Context(), f, l.Plus(c.More)); err != nil || len(c.Views[0].Table.Columns) != 3 {
		t.Errorf("%s %v, %v", told(c.Views[0]), c.Notes, err)
	}
}

func TestALargePictureIsReadWhenAsked(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 600, 600))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = byte(r.Uint32())
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	o := stored(b.Bytes())
	f := inside.New("noise.png", o)
	l := inside.Unasked()
	c, err := inside.Look(t.Context(), f, l)
	if err != nil || c.Views[0].Shape != inside.Hex || c.More == 0 || o.read > l.Most {
		t.Fatalf("%s, %d more, %d read, %v %v", c.Form, c.More, o.read, c.Notes, err)
	}
	if c, err = inside.Look(t.Context(), f, l.Plus(c.More)); err != nil || c.Views[0].Shape != inside.Picture || o.read != o.size {
		t.Errorf("%s, %d of %d read, %v %v", c.Form, o.read, o.size, c.Notes, err)
	}
}

func TestTheListOfALargeZipIsReadWhenAsked(t *testing.T) {
	var files []string
	for i := range 20_000 {
		files = append(files, fmt.Sprintf("a/rather/long/name/of/a/file/in/a/folder-%06d.txt", i), "")
	}
	o := stored(zipped(files...))
	f := inside.New("many.zip", o)
	l := inside.Unasked()
	c, err := inside.Look(t.Context(), f, l)
	if err != nil || c.More == 0 || o.read > l.Most {
		t.Fatalf("%s, %d more, %d read, %v %v", c.Form, c.More, o.read, c.Notes, err)
	}
	if c, err = inside.Look(t.Context(), f, l.Plus(c.More)); err != nil || c.Form != "zip, 20,000 entries" {
		t.Errorf("%s, %d more, %v %v", c.Form, c.More, c.Notes, err)
	}
}

func TestTheEndsOfTexts(t *testing.T) {
	var csv, lines strings.Builder
	csv.WriteString("id,größe\n")
	for i := range 50_000 {
		fmt.Fprintf(&csv, "%d,é%d\n", i, i)
		fmt.Fprintf(&lines, "{\"i\":%d}\n", i)
	}
	utf16 := []byte("\xff\xfe")
	for _, r := range csv.String() {
		utf16 = binary.LittleEndian.AppendUint16(utf16, uint16(r))
	}
	for _, tt := range []struct{ name, body, form, want string }{
		{"a.csv", csv.String(), "CSV", "49999 é49999"},
		{"a.jsonl", lines.String(), "JSON lines", "\"i\": 49999"},
		{"a.txt", csv.String(), "text", "49999,é49999"},
		{"b.txt", string(utf16), "text, UTF-16 LE", "49999,é49999"},
	} {
		for cut := range int64(4) { // wherever a character is cut in two
			o := stored([]byte(tt.body))
			c, err := inside.Tail(t.Context(), inside.New(tt.name, o), inside.Limits{Head: 10_000 + cut})
			if err != nil {
				t.Fatal(err)
			}
			v := c.Views[0]
			got := v.Text
			if v.Shape == inside.Rows {
				got = strings.Join(v.Table.Rows[len(v.Table.Rows)-1], " ")
				if v.Table.Columns[1].Name != "größe" {
					t.Errorf("%s: columns %v", tt.name, v.Table.Columns)
				}
			}
			if c.Form != tt.form || !strings.Contains(got, tt.want) || strings.Contains(got, "\uFFFD") {
				t.Errorf("%s: %s %.80q %v", tt.name, c.Form, got, c.Notes)
			}
			if o.read > 15_000 {
				t.Errorf("%s: %d bytes were read", tt.name, o.read)
			}
		}
	}
}
