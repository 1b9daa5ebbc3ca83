package s3_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// TestManyVersionsOnAServer lists more versions than fit on a page, on a server
// that ignores the encoding and begins a page with the end of the one before.
func TestManyVersionsOnAServer(t *testing.T) {
	t.Parallel()
	s := gateway(t, "--versioning-dir", t.TempDir())
	c := sdk.New(sdk.Options{
		Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider("testtest", "testtesttest", ""),
		UsePathStyle: true, BaseEndpoint: aws.String(s.Endpoint()),
	})
	bucket := aws.String("bucket")
	if _, err := c.PutBucketVersioning(t.Context(), &sdk.PutBucketVersioningInput{
		Bucket: bucket, VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled},
	}); err != nil {
		t.Fatal(err)
	}
	const many = 1_010
	key := "a b+c%2F/k"
	put := func(key string, n int) {
		for i := range n {
			if _, err := c.PutObject(t.Context(), &sdk.PutObjectInput{Bucket: bucket, Key: &key, Body: strings.NewReader(fmt.Sprint(i))}); err != nil {
				t.Error(err)
			}
		}
	}
	put(key, many)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() { put(fmt.Sprint(key, i), 3) })
	}
	wg.Wait()
	if err := s3.Delete(t.Context(), s, s3.Object{Bucket: "bucket", Key: key}, ""); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	rows, pages := all(t, s3.VersionsOf(s, "bucket", key))
	for _, v := range rows {
		if seen[v.ID]++; seen[v.ID] > 1 || v.Key != key {
			t.Errorf("%s of %q is listed %d times", v.ID, v.Key, seen[v.ID])
		}
	}
	if len(rows) != many+1 || pages < 2 || !rows[0].Marker || !rows[0].Latest {
		t.Errorf("%d rows on %d pages, the first %+v", len(rows), pages, rows[0])
	}
	if rows, _ := all(t, s3.Versions(s, "bucket", "a b+c%2F/")); len(rows) != many+1+12 {
		t.Errorf("the level has %d rows", len(rows))
	}
	if err := s3.Undelete(t.Context(), s, "bucket", key); err != nil {
		t.Fatal(err)
	}
	if got := text(t, s, "bucket", key); got != fmt.Sprint(many-1) {
		t.Errorf("after undelete it holds %q", got)
	}
	if err := s3.BringBack(t.Context(), s, rows[many].Object("bucket"), nil); err != nil {
		t.Fatal(err)
	}
	if got := text(t, s, "bucket", key); got != "0" {
		t.Errorf("the first version brought back holds %q", got)
	}
}
