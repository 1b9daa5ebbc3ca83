package demo_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func TestVersions(t *testing.T) {
	_, c := storage(t)
	bucket, key := aws.String("datalake-versioned"), aws.String("config/limits.json")
	out, err := c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: key})
	if err != nil || !aws.ToBool(out.DeleteMarker) {
		t.Fatalf("delete: %+v, %v", out, err)
	}
	if _, err := c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: key}); code(err) != "NoSuchKey" {
		t.Errorf("read under a marker: %v", err)
	}
	if _, err := c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: key, VersionId: out.VersionId}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, c, s3.GetObjectInput{Bucket: bucket, Key: key}); string(got) != "{\"limit\": 300}\n" {
		t.Errorf("after undo: %q", got)
	}
	whole := versionIDs(t, c, 1000)
	if one := versionIDs(t, c, 1); len(whole) < 40 || !slices.Equal(whole, one) {
		t.Errorf("%d versions at once, %d one by one", len(whole), len(one))
	}
}

// versionIDs lists every version and marker of the versioned bucket.
func versionIDs(t *testing.T, c *s3.Client, limit int32) (ids []string) {
	t.Helper()
	in := &s3.ListObjectVersionsInput{Bucket: aws.String("datalake-versioned"), MaxKeys: &limit}
	for {
		out, err := c.ListObjectVersions(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range out.Versions {
			ids = append(ids, *v.Key+" "+*v.VersionId)
		}
		for _, v := range out.DeleteMarkers {
			ids = append(ids, *v.Key+" "+*v.VersionId)
		}
		if !*out.IsTruncated {
			slices.Sort(ids)
			return ids
		}
		in.KeyMarker, in.VersionIdMarker = out.NextKeyMarker, out.NextVersionIdMarker
	}
}
