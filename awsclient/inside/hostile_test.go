package inside_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"straws/awsclient/inside"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// allowed is what a look at a hostile file may reserve in all, whatever it says.
const allowed = 512 << 20

// bear looks at bytes under a name, and into the first entries of an archive.
func bear(t *testing.T, name string, data []byte) {
	t.Helper()
	o := stored(data)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c, err := inside.Look(t.Context(), inside.New(name, o), inside.Limits{})
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > allowed {
		t.Errorf("looking at %d bytes reserved %d MB", len(data), n>>20)
	}
	if err != nil {
		t.Fatal(err)
	}
	if o.read > inside.Unasked().Most {
		t.Errorf("%d bytes were read", o.read)
	}
	for _, v := range c.Views {
		if v.Shape == inside.Rows {
			for _, r := range v.Table.Rows {
				if len(r) > len(v.Table.Columns) {
					t.Fatalf("a row of %d cells in a table of %d columns", len(r), len(v.Table.Columns))
				}
			}
		}
		for _, e := range v.Entries[:min(len(v.Entries), 3)] {
			if f, err := e.Open(); err == nil {
				_, _ = inside.Look(t.Context(), f, inside.Glance())
			}
		}
	}
	_, _ = inside.Tail(t.Context(), inside.New(name, o), inside.Limits{})
}

// lyingFooter is a Parquet file whose footer is what a test says.
func lyingFooter(t testing.TB, change func(*format.FileMetaData)) []byte {
	t.Helper()
	data := parquetFile(t, 100)
	n := int(binary.LittleEndian.Uint32(data[len(data)-8:]))
	body := data[:len(data)-8-n]
	var meta format.FileMetaData
	if err := thrift.Unmarshal(&thrift.CompactProtocol{}, data[len(data)-8-n:len(data)-8], &meta); err != nil {
		t.Fatal(err)
	}
	change(&meta)
	footer, err := thrift.Marshal(&thrift.CompactProtocol{}, &meta)
	if err != nil {
		t.Fatal(err)
	}
	out := append(bytes.Clone(body), footer...)
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(footer))), "PAR1"...)
}

func TestHostileFilesAreHarmless(t *testing.T) {
	manyColumns := strings.Repeat("a,", 1_000_000) + "\n" + strings.Repeat("1,", 1_000_000)
	var entries []string
	for i := range 65_000 {
		entries = append(entries, fmt.Sprintf("file-%d", i), "")
	}
	for _, tt := range []struct {
		name string
		data []byte
	}{
		{"one line of 6 MB.txt", bytes.Repeat([]byte("x"), 6<<20)},
		{"a million columns.csv", []byte(manyColumns)},
		{"a lone quote.csv", []byte("a,b\n\"1,2\n" + strings.Repeat("3,4\n", 10_000))},
		{"deep.json", bytes.Repeat([]byte("["), 1<<20)},
		{"deep.jsonl", []byte(strings.Repeat(`{"a":`, 1<<16) + "\n{\n")},
		{"escapes.json", []byte("{\"\x1b[2J\":\"\\")},
		{"bomb.gz", gzipped(make([]byte, 64<<20))},
		{"bomb in a bomb.gz", gzipped(gzipped(make([]byte, 16<<20)))},
		{"bomb.zst", zstandard(t, make([]byte, 32<<20))},
		{"bomb.zip", zipped("zero", string(make([]byte, 16<<20)))},
		{"many.zip", zipped(entries...)},
		{"a.parquet", []byte("PAR1PAR1")},
		{"length.parquet", []byte("PAR1\xff\xff\xff\x7fPAR1")},
		{"empty footer.parquet", []byte("PAR1\x00\x00\x00\x00\x00PAR1")},
		{"long list.parquet", []byte("PAR1\x29\xfc\xff\xff\xff\xff\x07\x07\x00\x00\x00PAR1")},
		{"outside.parquet", lyingFooter(t, func(m *format.FileMetaData) {
			m.RowGroups[0].Columns[0].MetaData.DataPageOffset = 1 << 40
		})},
		{"before.parquet", lyingFooter(t, func(m *format.FileMetaData) {
			m.RowGroups[0].Columns[0].MetaData.DataPageOffset = -5
		})},
		{"fewer columns.parquet", lyingFooter(t, func(m *format.FileMetaData) {
			m.RowGroups[0].Columns = m.RowGroups[0].Columns[:1]
		})},
		{"statistics.parquet", lyingFooter(t, func(m *format.FileMetaData) {
			m.RowGroups[0].Columns[0].MetaData.Statistics.MinValue = []byte("x")
		})},
		{"rows.parquet", lyingFooter(t, func(m *format.FileMetaData) {
			m.RowGroups[0].NumRows, m.NumRows = 1<<60, 1<<60
			m.RowGroups[0].Columns[0].MetaData.NumValues = 1 << 60
		})},
		{"type.parquet", lyingFooter(t, func(m *format.FileMetaData) {
			m.RowGroups[0].Columns[0].MetaData.Type = 99
			m.RowGroups[0].Columns[0].MetaData.Codec = 99
		})},
		{"children.parquet", lyingFooter(t, func(m *format.FileMetaData) { m.Schema[0].NumChildren = 1 << 30 })},
		{"no schema.parquet", lyingFooter(t, func(m *format.FileMetaData) { m.Schema = nil })},
		{"huge.png", append(drawn(2, 2)[:16], 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 8, 6, 0, 0, 0, 0, 0, 0, 0)},
		{"cut.png", drawn(300, 300)[:60]},
		{"a.avro", []byte("Obj\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")},
		{"a.tar", bytes.Repeat(tarred("x", "y")[:1024], 3)},
	} {
		t.Run(tt.name, func(t *testing.T) { bear(t, tt.name, tt.data) })
	}
}

func FuzzLook(f *testing.F) {
	for name, data := range map[string][]byte{
		"a.txt": []byte("hello\n"), "a.csv": []byte("a,b\n1,\"2\n3\"\n"), "a.json": []byte(`{"a":[1,"\u0000"]}`),
		"a.jsonl": []byte("{\"a\":1}\n{\"a\":2}\n"), "a.gz": gzipped([]byte("hello")), "a.zst": zstandard(f, []byte("hello")),
		"a.zip": zipped("x", "hello"), "a.tar": tarred("x", "hello"), "a.png": drawn(3, 3), "a.avro": avroFile(),
		"b.txt": []byte("\xff\xfeh\x00i\x00"), "a.bz2": []byte("BZh91AY&SY"), "a.sz": []byte("\xff\x06\x00\x00sNaPpY"),
		"a.lz4": []byte("\x04\x22\x4d\x18\x64\x40\xa7"), "a.gif": []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "a.bmp": []byte("BM"),
		"a.tif": []byte("II*\x00\x08\x00\x00\x00"), "a.webp": []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "a.jpg": []byte("\xff\xd8\xff\xdb"),
	} {
		f.Add(name, data)
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) { bear(t, name, data) })
}

func FuzzParquet(f *testing.F) {
	f.Add(parquetFile(f, 3))
	f.Add(lyingFooter(f, func(m *format.FileMetaData) { m.RowGroups[0].NumRows = 1 << 40 }))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 12 {
			return
		}
		// What is behind a mark is more interesting than how marks are found.
		copy(data, "PAR1")
		copy(data[len(data)-4:], "PAR1")
		bear(t, "a.parquet", data)
	})
}
