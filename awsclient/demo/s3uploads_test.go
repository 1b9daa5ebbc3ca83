package demo_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

func codeOf(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

func begin(t *testing.T, c *s3.Client, bucket, key string) string {
	t.Helper()
	out, err := c.CreateMultipartUpload(t.Context(), &s3.CreateMultipartUploadInput{Bucket: &bucket, Key: &key, ContentType: aws.String("text/x-parts")})
	if err != nil {
		t.Fatal(err)
	}
	return *out.UploadId
}

func sendPart(t *testing.T, c *s3.Client, bucket, key, id string, n int32, data []byte) types.CompletedPart {
	t.Helper()
	out, err := c.UploadPart(t.Context(), &s3.UploadPartInput{Bucket: &bucket, Key: &key, UploadId: &id, PartNumber: &n, Body: bytes.NewReader(data)})
	if err != nil {
		t.Fatal(err)
	}
	return types.CompletedPart{PartNumber: &n, ETag: out.ETag}
}

func TestPartsBecomeAnObject(t *testing.T) {
	c := s3.NewFromConfig(demo.New(demo.Options{}).Config())
	id := begin(t, c, "empty-bucket", "big.bin")
	first, second := bytes.Repeat([]byte("a"), 5<<20), []byte("the end")
	parts := []types.CompletedPart{
		sendPart(t, c, "empty-bucket", "big.bin", id, 1, first),
		sendPart(t, c, "empty-bucket", "big.bin", id, 7, second),
	}
	list, err := c.ListParts(t.Context(), &s3.ListPartsInput{Bucket: aws.String("empty-bucket"), Key: aws.String("big.bin"), UploadId: &id, MaxParts: aws.Int32(1)})
	if err != nil || len(list.Parts) != 1 || *list.Parts[0].Size != 5<<20 || !*list.IsTruncated || *list.NextPartNumberMarker != "1" {
		t.Fatalf("the first page of parts: %v, %v", list, err)
	}
	in := &s3.CompleteMultipartUploadInput{
		Bucket: aws.String("empty-bucket"), Key: aws.String("big.bin"), UploadId: &id, IfNoneMatch: aws.String("*"),
		MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
	}
	out, err := c.CompleteMultipartUpload(t.Context(), in)
	if err != nil || !strings.HasSuffix(*out.ETag, `-2"`) {
		t.Fatalf("complete: %v, %v", out, err)
	}
	got, err := c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("empty-bucket"), Key: aws.String("big.bin")})
	if err != nil {
		t.Fatal(err)
	}
	data, _ := io.ReadAll(got.Body)
	if !bytes.Equal(data, append(first, second...)) || *got.ContentType != "text/x-parts" {
		t.Errorf("%d bytes of %s", len(data), *got.ContentType)
	}
	if _, err := c.CompleteMultipartUpload(t.Context(), in); codeOf(err) != "NoSuchUpload" {
		t.Errorf("completed twice: %v", err)
	}
}

func TestUploadsThatCannotBeCompleted(t *testing.T) {
	c := s3.NewFromConfig(demo.New(demo.Options{}).Config())
	const bucket, key = "datalake", "parts.bin"
	id := begin(t, c, bucket, key)
	small := sendPart(t, c, bucket, key, id, 1, []byte("small"))
	last := sendPart(t, c, bucket, key, id, 2, []byte("last"))
	wrong := types.CompletedPart{PartNumber: aws.Int32(2), ETag: aws.String(`"00"`)}
	for _, tt := range []struct {
		name  string
		parts []types.CompletedPart
		code  string
	}{
		{"no parts", nil, "MalformedXML"},
		{"a small part that is not the last", []types.CompletedPart{small, last}, "EntityTooSmall"},
		{"out of order", []types.CompletedPart{last, small}, "InvalidPartOrder"},
		{"another tag", []types.CompletedPart{wrong}, "InvalidPart"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := c.CompleteMultipartUpload(t.Context(), &s3.CompleteMultipartUploadInput{
				Bucket: aws.String(bucket), Key: aws.String(key), UploadId: &id, MultipartUpload: &types.CompletedMultipartUpload{Parts: tt.parts},
			})
			if codeOf(err) != tt.code {
				t.Errorf("%v, want %s", err, tt.code)
			}
		})
	}
	abort := &s3.AbortMultipartUploadInput{Bucket: aws.String(bucket), Key: aws.String(key), UploadId: &id}
	if _, err := c.AbortMultipartUpload(t.Context(), abort); err != nil {
		t.Error(err)
	}
	if _, err := c.AbortMultipartUpload(t.Context(), abort); codeOf(err) != "NoSuchUpload" {
		t.Errorf("aborted twice: %v", err)
	}
}

func TestOpenUploadsAreListedInOrder(t *testing.T) {
	c := s3.NewFromConfig(demo.New(demo.Options{}).Config())
	bucket := aws.String("empty-bucket")
	for _, key := range []string{"b", "a\x01", "dir/x", "dir/y", "b"} {
		begin(t, c, *bucket, key)
	}
	in := &s3.ListMultipartUploadsInput{Bucket: bucket, MaxUploads: aws.Int32(2), EncodingType: types.EncodingTypeUrl}
	var got []string
	for {
		out, err := c.ListMultipartUploads(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range out.Uploads {
			got = append(got, *u.Key)
		}
		if !*out.IsTruncated {
			break
		}
		marker := strings.ReplaceAll(*out.NextKeyMarker, "%01", "\x01") // encoded, as S3 gives it
		in.KeyMarker, in.UploadIdMarker = &marker, out.NextUploadIdMarker
	}
	if want := "a%01 b b dir/x dir/y"; strings.Join(got, " ") != want {
		t.Errorf("listed %q, want %q", got, want)
	}
	out, err := c.ListMultipartUploads(t.Context(), &s3.ListMultipartUploadsInput{Bucket: bucket, Delimiter: aws.String("/"), Prefix: aws.String("d")})
	if err != nil || len(out.CommonPrefixes) != 1 || len(out.Uploads) != 0 {
		t.Errorf("with a delimiter: %v, %v", out, err)
	}
}

func TestPartsAreCopiedFromObjectsOfAnySize(t *testing.T) {
	c := s3.NewFromConfig(demo.New(demo.Options{}).Config())
	put, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: aws.String("datalake"), Key: aws.String("from"), Body: strings.NewReader("0123456789")})
	if err != nil {
		t.Fatal(err)
	}
	id := begin(t, c, "empty-bucket", "to")
	part := func(source, span string) (*s3.UploadPartCopyOutput, error) {
		return c.UploadPartCopy(t.Context(), &s3.UploadPartCopyInput{
			Bucket: aws.String("empty-bucket"), Key: aws.String("to"), UploadId: &id, PartNumber: aws.Int32(1),
			CopySource: &source, CopySourceRange: &span, CopySourceIfMatch: put.ETag,
		})
	}
	if _, err := part("datalake/from", "bytes=5-10"); codeOf(err) != "InvalidArgument" {
		t.Errorf("a range behind the end: %v", err)
	}
	out, err := part("datalake/from", "bytes=5-9")
	if err != nil {
		t.Fatal(err)
	}
	done, err := c.CompleteMultipartUpload(t.Context(), &s3.CompleteMultipartUploadInput{
		Bucket: aws.String("empty-bucket"), Key: aws.String("to"), UploadId: &id,
		MultipartUpload: &types.CompletedMultipartUpload{Parts: []types.CompletedPart{{PartNumber: aws.Int32(1), ETag: out.CopyPartResult.ETag}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("empty-bucket"), Key: aws.String("to"), IfMatch: done.ETag})
	if err != nil {
		t.Fatal(err)
	}
	if data, _ := io.ReadAll(got.Body); string(data) != "56789" {
		t.Errorf("copied %q", data)
	}
}
