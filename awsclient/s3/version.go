package s3

import (
	"encoding/json"
	"fmt"
	"time"
	"unique"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Version is one row of a listing of versions: a state that an object has or
// had, a delete marker, or the common prefix of several keys.
type Version struct {
	Entry

	ID     string // "null" of what was stored without versioning; "" of a prefix
	Latest bool   // what a read of the key finds
	Marker bool   // a delete marker: it has no content, and hides what is below it
}

// Object names the version.
func (v Version) Object(bucket string) Object {
	return Object{Bucket: bucket, Key: v.Key, Version: v.ID}
}

// MarshalJSON writes the row as S3's own fields.
func (v Version) MarshalJSON() ([]byte, error) {
	if v.Prefix() {
		return v.Entry.MarshalJSON()
	}
	row := struct {
		Key          string
		VersionID    string `json:"VersionId"`
		IsLatest     bool
		DeleteMarker bool       `json:",omitempty"`
		Size         *int64     `json:",omitempty"`
		LastModified *time.Time `json:",omitempty"`
		StorageClass string     `json:",omitempty"`
		ETag         string     `json:",omitempty"`
	}{Key: v.Key, VersionID: v.ID, IsLatest: v.Latest, DeleteMarker: v.Marker, StorageClass: v.Class(), ETag: v.ETag()}
	if !v.Marker {
		row.Size = &v.Size
	}
	if t := v.Modified(); !t.IsZero() {
		row.LastModified = &t
	}
	out, err := json.Marshal(row)
	if err != nil {
		return nil, fmt.Errorf("write the row of %q: %w", v.Key, err)
	}
	return out, nil
}

func objectVersion(key string, o types.ObjectVersion) Version {
	e := objectEntry(key, types.Object{Size: o.Size, LastModified: o.LastModified, ETag: o.ETag, RestoreStatus: o.RestoreStatus})
	if o.StorageClass != "" {
		e.class = unique.Make(string(o.StorageClass))
	}
	return Version{Entry: e, ID: versionID(o.VersionId), Latest: aws.ToBool(o.IsLatest)}
}

func deleteMarker(key string, o types.DeleteMarkerEntry) Version {
	e := objectEntry(key, types.Object{LastModified: o.LastModified})
	return Version{Entry: e, ID: versionID(o.VersionId), Latest: aws.ToBool(o.IsLatest), Marker: true}
}

// versionID is the id by which a version is asked for. Servers without
// versioning leave it out.
func versionID(id *string) string {
	if aws.ToString(id) == "" {
		return "null"
	}
	return *id
}
