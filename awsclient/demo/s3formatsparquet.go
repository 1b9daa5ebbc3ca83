package demo

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// pieces is a body of runs of bytes, each repeated so many times: a file of
// gigabytes in the memory of one of its pages.
type pieces []piece

type piece struct {
	data  []byte
	times int64
}

func (p piece) size() int64 { return int64(len(p.data)) * p.times }

func (p pieces) size() int64 {
	var n int64
	for _, one := range p {
		n += one.size()
	}
	return n
}

func (p pieces) read(from, n int64) io.Reader { return io.LimitReader(&piecesReader{p, from}, n) }

type piecesReader struct {
	pieces pieces
	at     int64
}

// Read copies what is left of the repetition that the offset falls into.
func (r *piecesReader) Read(p []byte) (int, error) {
	at := r.at
	for _, one := range r.pieces {
		if at < one.size() {
			n := copy(p, one.data[at%int64(len(one.data)):])
			r.at += int64(n)
			return n, nil
		}
		at -= one.size()
	}
	return 0, io.EOF
}

// soldItem is a row of the Parquet files.
type soldItem struct {
	Time     time.Time `parquet:"time,timestamp(millisecond)"`
	Order    string    `parquet:"order"`
	Customer string    `parquet:"customer,dict"`
	Item     string    `parquet:"item,dict"`
	Amount   float64   `parquet:"amount"`
	Currency string    `parquet:"currency,dict"`
	Note     *string   `parquet:"note,optional"`
	Tags     []string  `parquet:"tags,list"`
}

// parquetFile is a Parquet file of about so many bytes, with row groups of 128 MB
// whose pages are all alike, behind a footer that is true.
func parquetFile(size int64) pieces {
	const groupBytes = 128 << 20
	page := parquetPages()
	groups := max(size/groupBytes, 1)
	var unit int64
	for _, c := range page.chunks {
		unit += int64(len(c.data))
	}
	times := max(size/groups/unit, 1)
	out := pieces{{[]byte("PAR1"), 1}}
	at := int64(4)
	meta := page.meta
	one := meta.RowGroups[0]
	meta.RowGroups, meta.NumRows = nil, 0
	for range groups {
		g := one
		g.Columns = slices.Clone(one.Columns)
		g.NumRows, g.TotalByteSize, g.TotalCompressedSize = one.NumRows*times, 0, 0
		g.FileOffset = at
		for i, c := range page.chunks {
			m := &g.Columns[i].MetaData
			*m = c.meta(at, times)
			g.TotalByteSize += m.TotalUncompressedSize
			g.TotalCompressedSize += m.TotalCompressedSize
			out = append(out, piece{c.dictionary, 1}, piece{c.data, times})
			at += m.TotalCompressedSize
		}
		meta.RowGroups = append(meta.RowGroups, g)
		meta.NumRows += g.NumRows
	}
	footer, err := thrift.Marshal(&thrift.CompactProtocol{}, &meta)
	if err != nil {
		panic(err) // of a structure made here
	}
	footer = binary.LittleEndian.AppendUint32(footer, uint32(len(footer)))
	return append(out, piece{append(footer, "PAR1"...), 1})
}

// parquetChunk is one column of a small file: its dictionary, if it has one, and
// its only page.
type parquetChunk struct {
	of               format.ColumnMetaData
	dictionary, data []byte
}

// meta describes a chunk at an offset with the page so many times.
func (c parquetChunk) meta(at, times int64) format.ColumnMetaData {
	m := c.of
	ratio := float64(m.TotalUncompressedSize) / float64(max(m.TotalCompressedSize, 1))
	m.DictionaryPageOffset, m.DataPageOffset = 0, at+int64(len(c.dictionary))
	if len(c.dictionary) > 0 {
		m.DictionaryPageOffset = at
	}
	m.NumValues *= times
	m.Statistics.NullCount *= times
	m.TotalCompressedSize = int64(len(c.dictionary)) + int64(len(c.data))*times
	m.TotalUncompressedSize = int64(float64(m.TotalCompressedSize) * ratio)
	m.EncodingStats, m.BloomFilterOffset = nil, 0
	return m
}

// smallParquet is a written file in its parts.
type smallParquet struct {
	meta   format.FileMetaData
	chunks []parquetChunk
}

// parquetPages are the pages of every Parquet file here, written once.
var parquetPages = sync.OnceValue(func() smallParquet { return writeParquet(date(2026, 11, 19), 600) }) //nolint:gochecknoglobals // never changes

func writeParquet(day time.Time, rows int) smallParquet {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[soldItem](&b, parquet.Compression(&parquet.Snappy), parquet.CreatedBy("straws-demo", "1.0", "0"))
	goods, notes := []string{"basket", "candle", "kettle", "pillow", "teapot"}, []string{"gift", "express", "by hand"}
	for i := range rows {
		r := mixed(uint64(day.Unix()) + uint64(i))
		row := soldItem{
			Time: spread(day, int64(i), int64(rows)), Order: fmt.Sprintf("o-%08d", i+1), Customer: fmt.Sprintf("c-%05d", r%400),
			Item: goods[r>>20%5], Amount: float64(1000+r>>32%90_000) / 100, Currency: "EUR", Tags: []string{"web", "eu"}[:1+r>>40%2],
		}
		if r>>50%3 == 0 {
			row.Note = &notes[r>>52%3]
		}
		if _, err := w.Write([]soldItem{row}); err != nil {
			panic(err) // it writes to memory
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		panic(err)
	}
	s := smallParquet{meta: *f.Metadata()}
	for i := range s.meta.RowGroups[0].Columns {
		c := &s.meta.RowGroups[0].Columns[i]
		m := c.MetaData
		from, end := m.DataPageOffset, m.DataPageOffset+m.TotalCompressedSize
		p := parquetChunk{of: m}
		if d := m.DictionaryPageOffset; d > 0 {
			p.dictionary, end = b.Bytes()[d:from], d+m.TotalCompressedSize
		}
		p.data = b.Bytes()[from:end]
		c.OffsetIndexOffset, c.OffsetIndexLength, c.ColumnIndexOffset, c.ColumnIndexLength = 0, 0, 0, 0
		s.chunks = append(s.chunks, p)
	}
	return s
}
