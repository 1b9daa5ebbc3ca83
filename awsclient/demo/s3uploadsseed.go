package demo

import (
	"fmt"
	"time"
)

// leaveOpen is an upload that nobody has brought to an end.
func (b *bucket) leaveOpen(key string, begun time.Time, sizes ...int64) {
	u := &upload{
		id: b.newUploadID(), key: key, begun: begun, parts: map[int32]part{},
		made: &version{kind: contentType(key)},
	}
	for i, n := range sizes {
		u.parts[int32(i+1)] = part{
			content: binaryRows("PART", n), etag: fmt.Sprintf("%032x", mixed(uint64(n)+uint64(i))), modified: begun.Add(time.Duration(i+1) * time.Minute),
		}
	}
	b.uploads = append(b.uploads, u)
}

// openBackups are dumps that were interrupted.
func openBackups(b *bucket) {
	b.leaveOpen("postgres/2026-06-13.dump", date(2026, 6, 13), 536_870_912, 536_870_912, 536_870_912)
	b.leaveOpen("postgres/2026-11-10.dump", date(2026, 11, 10), 536_870_912)
}

// openArrivals are what a crashed job left in the data lake.
func openArrivals(b *bucket) {
	b.leaveOpen("raw/2026/part-00012.parquet", date(2026, 11, 19), 67_108_864, 67_108_864, 67_108_864, 12_582_912)
	b.leaveOpen("raw/2026/part-00013.parquet", date(2026, 11, 19).Add(time.Minute), 67_108_864)
	b.leaveOpen("tmp/export.csv", date(2026, 3, 2))
}
