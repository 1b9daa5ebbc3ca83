package s3_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

func TestEveryOpenUploadIsListedOnce(t *testing.T) {
	a, s := open(t)
	c := sdk.NewFromConfig(a.Config())
	var want []string
	for i := range 1_030 { // more than a page, with the names that markers stumble over
		key := fmt.Sprintf("many/%04d a+b%%2F\x01", i/2)
		if _, err := c.CreateMultipartUpload(t.Context(), &sdk.CreateMultipartUploadInput{Bucket: aws.String("empty-bucket"), Key: &key}); err != nil {
			t.Fatal(err)
		}
		want = append(want, key)
	}
	rows, _ := all(t, s3.Uploads(s, "empty-bucket", "many/"))
	var got []string
	ids := map[string]bool{}
	for _, u := range rows {
		got = append(got, u.Key)
		ids[u.ID] = true
	}
	if !slices.Equal(got, want) || len(ids) != len(want) {
		t.Errorf("%d uploads, %d of them different, want %d", len(got), len(ids), len(want))
	}
	if n := len(a.Calls("s3:ListMultipartUploads")); n != 2 {
		t.Errorf("%d listings", n)
	}
}

func TestTheSizeOfAnUpload(t *testing.T) {
	_, s := open(t)
	rows, _ := all(t, s3.Uploads(s, "datalake", "raw/"))
	if len(rows) != 2 || rows[0].Parts != 4 || rows[0].Bytes/1e6 != 213 || !strings.HasPrefix(rows[0].Key, "raw/2026/") || rows[0].Initiated.IsZero() {
		t.Errorf("got %+v", rows)
	}
	if err := s3.AbortUpload(t.Context(), s, rows[0]); err != nil {
		t.Fatal(err)
	}
	if err := s3.AbortUpload(t.Context(), s, rows[0]); err != nil {
		t.Errorf("one that has ended: %v", err)
	}
	if rows, _ := all(t, s3.Uploads(s, "datalake", "raw/")); len(rows) != 1 {
		t.Errorf("%d are left", len(rows))
	}
}
