package inside

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

const (
	maxPage   = 32 << 20 // bytes that a page may have when it is decompressed
	maxValues = 4 << 20  // of a page
)

var errPage = errors.New("a page claims to be larger than any is")

// pages walks along the pages at the beginning of a chunk, up to the last whole
// one that can be believed. What the library would do with the sizes in a header
// is to take them for true and reserve the memory.
func pages(b []byte, codec format.CompressionCodec) reach {
	var r reach
	data := 0
	for int(r.whole) < len(b) {
		at := b[r.whole:]
		h, n, err := header(at)
		if err != nil {
			if data == 0 { // the header itself goes on, or the page is damaged
				r.need = longHeader
			}
			break
		}
		if believable(h) != nil {
			break
		}
		size := int64(n) + int64(h.CompressedPageSize)
		if size > int64(len(at)) {
			if data == 0 {
				r.need = size - int64(len(at)) + pageHeader
			}
			break
		}
		if honest(h, at[n:size], codec) != nil {
			break
		}
		r.whole += size
		if h.Type != format.DictionaryPage {
			data++
		}
	}
	if data == 0 && r.need == 0 && len(b) == 0 {
		r.need = pageHeader
	}
	return r
}

// header decodes the header of a page at the beginning of b, and its length.
func header(b []byte) (format.PageHeader, int, error) {
	var h format.PageHeader
	n, err := checkThrift(b)
	if err != nil {
		return h, 0, err
	}
	if err := thrift.Unmarshal(&thrift.CompactProtocol{}, b[:n], &h); err != nil {
		return h, 0, fmt.Errorf("the header of a page: %w", err)
	}
	if h.CompressedPageSize < 0 || h.UncompressedPageSize < 0 {
		return h, 0, errPage
	}
	return h, n, nil
}

func believable(h format.PageHeader) error {
	most := int32(0)
	if d := h.DataPageHeader; d != nil {
		most = max(most, d.NumValues)
	}
	if d := h.DictionaryPageHeader; d != nil {
		most = max(most, d.NumValues)
	}
	if d := h.DataPageHeaderV2; d != nil {
		most = max(most, d.NumValues, d.NumRows)
	}
	if h.UncompressedPageSize > maxPage || h.CompressedPageSize > maxPage || most > maxValues {
		return errPage
	}
	return nil
}

// honest decompresses a page on trial, into no more than what it claims.
func honest(h format.PageHeader, page []byte, codec format.CompressionCodec) error {
	claimed := int64(h.UncompressedPageSize)
	if v2 := h.DataPageHeaderV2; v2 != nil {
		levels := int64(v2.RepetitionLevelsByteLength) + int64(v2.DefinitionLevelsByteLength)
		if levels < 0 || levels > int64(len(page)) || levels > claimed {
			return errPage
		}
		page, claimed = page[levels:], claimed-levels
		if v2.IsCompressed != nil && !*v2.IsCompressed {
			codec = format.Uncompressed
		}
	}
	switch codec {
	case format.Uncompressed:
		return nil
	case format.Snappy:
		if n, k := binary.Uvarint(page); len(page) > 0 && (k <= 0 || int64(n) != claimed) {
			return errPage
		}
		return nil
	case format.Lz4Raw:
		if _, err := lz4.UncompressBlock(page, make([]byte, claimed)); err != nil {
			return fmt.Errorf("decompress a page: %w", err)
		}
		return nil
	case format.Gzip, format.Zstd:
		how := map[format.CompressionCodec]string{format.Gzip: "gzip", format.Zstd: "zstd"}[codec]
		data, err := unpack(page, how, claimed+1)
		if err != nil || int64(len(data)) != claimed {
			return errPage
		}
		return nil
	default:
		return fmt.Errorf("%s is not known here", codec)
	}
}
