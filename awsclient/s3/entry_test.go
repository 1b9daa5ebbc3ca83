package s3_test

import (
	"regexp"
	"testing"
	"unsafe"

	"straws/awsclient/s3"
)

func TestARowIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(s3.Entry{}); size > 64 {
		t.Errorf("an entry takes %d bytes beside its key; a million of them must stay small", size)
	}
}

func TestAListedTagIsTheObjectsTag(t *testing.T) {
	_, s := open(t)
	whole := regexp.MustCompile(`^"[0-9a-f]{32}(-[0-9]+)?"$`)
	for _, key := range []string{"README.md", "raw/2026/part-00000.parquet"} {
		e := find(t, s, "datalake", key)
		d, err := s3.Describe(t.Context(), s, s3.Object{Bucket: "datalake", Key: key})
		if err != nil || e.ETag() != d.ETag || !whole.MatchString(e.ETag()) {
			t.Errorf("%s: listed %s, described %s, %v", key, e.ETag(), d.ETag, err)
		}
	}
}
