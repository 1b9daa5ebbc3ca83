package demo

import (
	"crypto/md5" //nolint:gosec // an ETag is an MD5
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// bucket holds objects by key. Its files are put in at the first look, and a
// series of keys is never put in at all.
type bucket struct {
	name, region string
	created      time.Time
	versioned    bool
	locks        bool // has Object Lock
	denies       bool // refuses everybody
	tags         map[string]string

	fill    func(*bucket)
	series  *series
	gone    map[string]bool // keys of the series that were deleted or replaced
	keys    []string        // sorted, of everything in objects
	objects map[string][]*version
	ids     uint64    // version and upload ids given out
	uploads []*upload // multipart uploads that are not complete
}

// version is one state of an object: its only one in a bucket without versioning.
type version struct {
	id       string // "null" in a bucket without versioning
	marker   bool   // a delete marker
	content  content
	modified time.Time
	class    string // storage class; STANDARD when empty
	kind     string // Content-Type
	encoding string // Content-Encoding
	meta     map[string]string
	tags     map[string]string
	etag     string
	restored time.Time // until when a copy of an archived object can be read

	headers headers
	kmsKey  string // ARN of the key it is encrypted with; S3's own when empty
	lock    lock
	parts   []int64    // sizes of the parts of a multipart upload
	public  bool       // the ACL lets everybody read it
	tier    string     // archive tier, of INTELLIGENT_TIERING
	thawing *restoring // a copy is being made
}

// headers are what an uploader may set beside the type.
type headers struct {
	cacheControl, disposition, language, redirect string
}

// lock is what keeps a version from being deleted.
type lock struct {
	mode  string // GOVERNANCE or COMPLIANCE; none when empty
	until time.Time
	hold  bool
}

// restoring is a request for a readable copy of an archived object.
type restoring struct {
	ready time.Time
	days  int32 // that the copy stays; for good when 0
}

// series is a long run of keys in ascending order, made up as they are asked for.
type series struct {
	count int
	key   func(i int) string
	at    func(i int) *version
}

// find returns the first index whose key is not before key.
func (s *series) find(key string) int {
	lo, hi := 0, s.count
	for lo < hi {
		if mid := (lo + hi) / 2; s.key(mid) < key {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// current is what a read without a version id sees; nil when there is nothing,
// a delete marker included.
func (b *bucket) current(key string) *version {
	if vs := b.objects[key]; len(vs) > 0 {
		if vs[0].marker {
			return nil
		}
		return vs[0]
	}
	if b.series != nil && !b.gone[key] {
		if i := b.series.find(key); i < b.series.count && b.series.key(i) == key {
			return b.series.at(i)
		}
	}
	return nil
}

// version finds one state of a key; the current one for an empty id.
func (b *bucket) version(key, id string) *version {
	if id == "" {
		return b.current(key)
	}
	for _, v := range b.objects[key] {
		if v.id == id {
			return v
		}
	}
	return nil
}

// put makes v the current version of key. In a bucket without versioning it
// replaces what was there.
func (b *bucket) put(key string, v *version) *version {
	v.id = "null"
	if b.versioned {
		b.ids++
		v.id = fmt.Sprintf("%016x%016x", mixed(b.ids), mixed(b.ids<<20))
	}
	if v.etag == "" && v.content != nil {
		v.etag = etag(key, v)
	}
	if b.objects == nil {
		b.objects = map[string][]*version{}
	}
	if i, ok := slices.BinarySearch(b.keys, key); !ok {
		b.keys = slices.Insert(b.keys, i, key)
	}
	if !b.versioned {
		b.objects[key] = nil
	}
	b.objects[key] = slices.Insert(b.objects[key], 0, v)
	b.hide(key)
	return v
}

// remove deletes a key as a plain delete does: for good, or under a marker,
// which it returns.
func (b *bucket) remove(key string, at time.Time) *version {
	if b.versioned {
		return b.put(key, &version{marker: true, modified: at})
	}
	b.drop(key)
	b.hide(key)
	return nil
}

// removeVersion deletes one state for good and returns it; nil when there is none.
func (b *bucket) removeVersion(key, id string) *version {
	vs := b.objects[key]
	i := slices.IndexFunc(vs, func(v *version) bool { return v.id == id })
	if i < 0 {
		return nil
	}
	v := vs[i]
	b.objects[key] = slices.Delete(vs, i, i+1)
	if len(b.objects[key]) == 0 {
		b.drop(key)
	}
	return v
}

// drop forgets a stored key.
func (b *bucket) drop(key string) {
	if i, ok := slices.BinarySearch(b.keys, key); ok {
		b.keys = slices.Delete(b.keys, i, i+1)
	}
	delete(b.objects, key)
}

// hide keeps a key of the series from being seen again.
func (b *bucket) hide(key string) {
	if b.series == nil {
		return
	}
	if b.gone == nil {
		b.gone = map[string]bool{}
	}
	b.gone[key] = true
}

// madePart is the size of the parts that a made body was uploaded in.
const madePart = 16 << 20

// etag is the MD5 of a body held in memory, and for one that is made as it is
// read a stable tag of the kind that S3 gives to an upload in parts: of what was
// in it, such a tag says nothing.
func etag(key string, v *version) string {
	if h, ok := v.content.(held); ok {
		sum := md5.Sum(h) //nolint:gosec // an ETag is an MD5
		return hex.EncodeToString(sum[:])
	}
	sum := md5.Sum(fmt.Appendf(nil, "%s\x00%d\x00%d", key, v.content.size(), v.modified.UnixNano())) //nolint:gosec // as above
	return fmt.Sprintf("%x-%d", sum, 1+v.content.size()/madePart)
}
