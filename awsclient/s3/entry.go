package s3

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unique"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Entry is one row of a listing: an object, or the common prefix of several.
// It is kept small, because there may be millions of it.
type Entry struct {
	Key   string // whole and raw, of an object; with its trailing slash, of a prefix
	Size  int64  // bytes
	class unique.Handle[string]
	at    uint32 // seconds since 1970; 0 for none
	tag   [16]byte
	parts uint16 // of a multipart upload
	flags flags
}

type flags uint8

const (
	isPrefix    flags = 1 << iota
	isTagged          // tag and parts hold the ETag
	isRestored        // a copy of an archived object can be read for some time
	isRestoring       // such a copy is being made
)

// Prefix reports whether the row stands for everything below Key.
func (e Entry) Prefix() bool { return e.flags&isPrefix != 0 }

// Class is the storage class; "" for a prefix.
func (e Entry) Class() string {
	if e.class == (unique.Handle[string]{}) {
		return ""
	}
	return e.class.Value()
}

// Modified is the time of the last upload, to the second; zero for a prefix.
func (e Entry) Modified() time.Time {
	if e.at == 0 {
		return time.Time{}
	}
	return time.Unix(int64(e.at), 0).UTC()
}

// Archived reports whether the object has to be restored before it can be read,
// as far as the listing tells.
func (e Entry) Archived() bool {
	c := e.Class()
	return (c == "GLACIER" || c == "DEEP_ARCHIVE") && e.flags&isRestored == 0
}

// Restoring reports whether AWS is making a copy of an archived object.
func (e Entry) Restoring() bool { return e.flags&isRestoring != 0 }

// Restored reports whether there is a copy of an archived object, for some days.
func (e Entry) Restored() bool { return e.flags&isRestored != 0 }

// setRestore keeps what a listing tells of an archived object's copy.
func (e *Entry) setRestore(r *types.RestoreStatus) {
	switch {
	case r == nil:
	case aws.ToBool(r.IsRestoreInProgress):
		e.flags |= isRestoring
	case r.RestoreExpiryDate != nil:
		e.flags |= isRestored
	}
}

// ETag is the object's tag in quotes, as If-Match takes it; "" when it is none
// of S3's own kinds, and for a prefix.
func (e Entry) ETag() string {
	switch {
	case e.flags&isTagged == 0:
		return ""
	case e.parts > 0:
		return fmt.Sprintf(`"%x-%d"`, e.tag, e.parts)
	}
	return fmt.Sprintf(`"%x"`, e.tag)
}

// setETag keeps a tag in 18 bytes, if it is the MD5 of one or of many parts.
func (e *Entry) setETag(tag string) {
	sum, parts, many := strings.Cut(strings.Trim(tag, `"`), "-")
	n, err := strconv.ParseUint(parts, 10, 16)
	if many && (err != nil || n == 0) || len(sum) != hex.EncodedLen(len(e.tag)) {
		return
	}
	var raw [16]byte
	if _, err := hex.Decode(raw[:], []byte(sum)); err != nil || hex.EncodeToString(raw[:]) != sum {
		return
	}
	e.tag, e.parts = raw, uint16(n)
	e.flags |= isTagged
}

// MarshalJSON writes the row as S3's own fields.
func (e Entry) MarshalJSON() ([]byte, error) {
	row := struct {
		Key          string     `json:",omitempty"`
		Prefix       string     `json:",omitempty"`
		Size         *int64     `json:",omitempty"`
		LastModified *time.Time `json:",omitempty"`
		StorageClass string     `json:",omitempty"`
		ETag         string     `json:",omitempty"`
	}{StorageClass: e.Class(), ETag: e.ETag()}
	if e.Prefix() {
		row.Prefix = e.Key
	} else {
		row.Key, row.Size = e.Key, &e.Size
	}
	if t := e.Modified(); !t.IsZero() {
		row.LastModified = &t
	}
	out, err := json.Marshal(row)
	if err != nil {
		return nil, fmt.Errorf("write the row of %q: %w", e.Key, err)
	}
	return out, nil
}

func prefixEntry(prefix string) Entry { return Entry{Key: prefix, flags: isPrefix} }

func objectEntry(key string, o types.Object) Entry {
	e := Entry{Key: key, Size: aws.ToInt64(o.Size)}
	if o.LastModified != nil {
		e.at = uint32(min(max(o.LastModified.Unix(), 0), math.MaxUint32))
	}
	if o.StorageClass != "" {
		e.class = unique.Make(string(o.StorageClass))
	}
	e.setRestore(o.RestoreStatus)
	e.setETag(aws.ToString(o.ETag))
	return e
}
