package s3_test

import (
	"errors"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// onServer is a session on a real S3 server with two more buckets, and a client
// beside it.
func onServer(t *testing.T) (*awsclient.Session, *sdk.Client) {
	t.Helper()
	s := gateway(t)
	c := sdk.New(sdk.Options{
		Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider("testtest", "testtesttest", ""),
		UsePathStyle: true, BaseEndpoint: aws.String(s.Endpoint()),
	})
	for _, bucket := range []string{"one", "two"} {
		if _, err := c.CreateBucket(t.Context(), &sdk.CreateBucketInput{Bucket: &bucket}); err != nil {
			t.Fatal(err)
		}
	}
	return s, c
}

func TestCopiesAndMovesOnAServer(t *testing.T) {
	s, c := onServer(t)
	body := strings.Repeat("0123456789abcdef\n", 1_000_000)
	put := func(key string) {
		t.Helper()
		_, err := c.PutObject(t.Context(), &sdk.PutObjectInput{
			Bucket: aws.String("one"), Key: &key, Body: strings.NewReader(body), ContentType: aws.String("text/x-test"),
			Metadata: map[string]string{"by": "me"}, Tagging: aws.String("team=data"),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, o := range map[string]s3.CopyOptions{"at once": {}, "in parts": inParts} {
		from, to := s3.Object{Bucket: "one", Key: "a b+%ü/" + name}, s3.Object{Bucket: "two", Key: "to/" + name}
		put(from.Key)
		var m s3.Moved
		if err := s3.Move(t.Context(), s, from, to, o, &m); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if text(t, s, to.Bucket, to.Key) != body || !gone(t, s, from.Bucket, from.Key) {
			t.Errorf("%s: it was not moved", name)
		}
		d, err := s3.Describe(t.Context(), s, to)
		if err != nil || d.ContentType != "text/x-test" || d.Metadata["by"] != "me" {
			t.Errorf("%s: the copy is %+v, %v", name, d, err)
		}
		tags, err := c.GetObjectTagging(t.Context(), &sdk.GetObjectTaggingInput{Bucket: &to.Bucket, Key: &to.Key})
		if err != nil || len(tags.TagSet) != 1 {
			t.Errorf("%s: tags %v, %v", name, tags, err)
		}
		put(from.Key)
		_, err = s3.Copy(t.Context(), s, from, to, o)
		if !errors.Is(err, s3.ErrExists) {
			t.Errorf("%s: copied onto what exists: %v", name, err)
		}
	}
	rows, _ := all(t, s3.Uploads(s, "two", ""))
	if len(rows) != 0 {
		t.Errorf("%d uploads stay open", len(rows))
	}
}

func TestOpenUploadsOnAServer(t *testing.T) {
	s, c := onServer(t)
	for _, key := range []string{"in/a b", "in/c", "out/d"} {
		u, err := c.CreateMultipartUpload(t.Context(), &sdk.CreateMultipartUploadInput{Bucket: aws.String("one"), Key: &key})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.UploadPart(t.Context(), &sdk.UploadPartInput{Bucket: aws.String("one"), Key: &key, UploadId: u.UploadId, PartNumber: aws.Int32(1), Body: strings.NewReader("1234")})
		if err != nil {
			t.Fatal(err)
		}
	}
	rows, _ := all(t, s3.Uploads(s, "one", "in/"))
	if len(rows) != 2 || rows[0].Key != "in/a b" || rows[0].Bytes != 4 || rows[1].Parts != 1 {
		t.Fatalf("got %+v", rows)
	}
	if err := s3.AbortUpload(t.Context(), s, rows[0]); err != nil {
		t.Fatal(err)
	}
	if rows, _ := all(t, s3.Uploads(s, "one", "")); len(rows) != 2 || rows[0].Key != "in/c" {
		t.Errorf("left: %+v", rows)
	}
}

func TestAConditionalDeletionOnAServer(t *testing.T) {
	s, c := onServer(t)
	o := s3.Object{Bucket: "one", Key: "k"}
	put := func(text string) string {
		out, err := c.PutObject(t.Context(), &sdk.PutObjectInput{Bucket: &o.Bucket, Key: &o.Key, Body: strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		return *out.ETag
	}
	old := put("old")
	now := put("new")
	if err := s3.Delete(t.Context(), s, o, old); kindOf(err) != awsclient.Conflict || gone(t, s, o.Bucket, o.Key) {
		t.Errorf("another object was deleted: %v", err)
	}
	if err := s3.Delete(t.Context(), s, o, now); err != nil || !gone(t, s, o.Bucket, o.Key) {
		t.Errorf("it was not deleted: %v", err)
	}
}
