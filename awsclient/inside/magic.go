package inside

import (
	"bytes"

	"github.com/dustin/go-humanize"
)

// magic names the formats that are recognised and not read further; "" for
// what could be anything.
func magic(head []byte) string {
	for _, m := range []struct {
		at         int
		mark, name string
	}{
		{0, "ORC", "ORC"},
		{0, "%PDF-", "PDF"},
		{0, "\x7fELF", "ELF program"},
		{0, "SQLite format 3\x00", "SQLite database"},
		{0, "ARROW1", "Arrow file"},
		{0, "FEA1", "Feather file"},
		{0, "7z\xbc\xaf\x27\x1c", "7-Zip archive"},
		{0, "Rar!\x1a\x07", "RAR archive"},
		{0, "\xfd7zXZ\x00", "xz"},
		{0, "PGDMP", "PostgreSQL dump"},
		{0, "\x89HDF\r\n\x1a\n", "HDF5"},
		{0, "\xca\xfe\xba\xbe", "Java class or universal binary"},
		{0, "\x00asm", "WebAssembly"},
		{0, "SEQ\x06", "Hadoop sequence file"},
		{0, "ID3", "MP3"},
		{0, "fLaC", "FLAC"},
		{0, "OggS", "Ogg"},
		{4, "ftyp", "MP4 or a relative of it"},
		{0, "\x1aE\xdf\xa3", "Matroska or WebM"},
		{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"},
		{0, "wOF2", "web font"},
	} {
		if len(head) > m.at && bytes.HasPrefix(head[m.at:], []byte(m.mark)) {
			return m.name
		}
	}
	return ""
}

// size writes a number of bytes for a sentence.
func size(n int64) string { return humanize.Bytes(uint64(max(n, 0))) }
