package demo_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

func storage(t testing.TB) (*demo.Account, *s3.Client) {
	t.Helper()
	a := demo.New(demo.Options{})
	return a, s3.NewFromConfig(a.Config())
}

func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// keys lists a whole bucket, decoded.
func keys(t *testing.T, c *s3.Client, in s3.ListObjectsV2Input) (keys, prefixes []string, pages int) {
	t.Helper()
	in.EncodingType = types.EncodingTypeUrl
	p := s3.NewListObjectsV2Paginator(c, &in)
	for p.HasMorePages() {
		out, err := p.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		pages++
		if n := len(out.Contents) + len(out.CommonPrefixes); n > 1000 || n != int(*out.KeyCount) {
			t.Errorf("page of %d entries, KeyCount %d", n, *out.KeyCount)
		}
		for _, o := range out.Contents {
			k, _ := url.QueryUnescape(*o.Key)
			keys = append(keys, k)
		}
		for _, o := range out.CommonPrefixes {
			k, _ := url.QueryUnescape(*o.Prefix)
			prefixes = append(prefixes, k)
		}
	}
	return keys, prefixes, pages
}

func TestBucketsArePagedAndFiltered(t *testing.T) {
	_, c := storage(t)
	plain, err := c.ListBuckets(t.Context(), &s3.ListBucketsInput{})
	if err != nil || len(plain.Buckets) < 10 || plain.Buckets[0].BucketRegion != nil {
		t.Fatalf("plain listing: %d buckets, region %v, %v", len(plain.Buckets), plain.Buckets[0].BucketRegion, err)
	}
	var names []string
	p := s3.NewListBucketsPaginator(c, &s3.ListBucketsInput{MaxBuckets: aws.Int32(3)})
	for p.HasMorePages() {
		out, err := p.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Buckets) > 3 {
			t.Errorf("page of %d buckets", len(out.Buckets))
		}
		for _, b := range out.Buckets {
			names = append(names, *b.Name)
			if aws.ToString(b.BucketRegion) == "" {
				t.Errorf("%s has no region", *b.Name)
			}
		}
	}
	if len(names) != len(plain.Buckets) || !slices.IsSorted(names) {
		t.Errorf("pages gave %d of %d buckets", len(names), len(plain.Buckets))
	}
	out, err := c.ListBuckets(t.Context(), &s3.ListBucketsInput{Prefix: aws.String("datalake")})
	if err != nil || len(out.Buckets) != 2 {
		t.Errorf("prefix datalake: %d buckets, %v", len(out.Buckets), err)
	}
}

func TestABucketOfAnotherRegionRedirects(t *testing.T) {
	_, c := storage(t)
	in := &s3.ListObjectsV2Input{Bucket: aws.String("logs-archive")}
	_, err := c.ListObjectsV2(t.Context(), in)
	var resp *awshttp.ResponseError
	if code(err) != "PermanentRedirect" || !errors.As(err, &resp) || resp.HTTPStatusCode() != 301 ||
		resp.Response.Header.Get("x-amz-bucket-region") != "us-east-1" {
		t.Fatalf("got %v, want a 301 to us-east-1", err)
	}
	_, err = c.HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: in.Bucket})
	if code(err) != "MovedPermanently" {
		t.Errorf("HEAD: got %v, want MovedPermanently", err)
	}
	out, err := c.ListObjectsV2(t.Context(), in, func(o *s3.Options) { o.Region = "us-east-1" })
	if err != nil || len(out.Contents) == 0 {
		t.Errorf("in its own region: %v", err)
	}
}

func TestBucketsThatRefuse(t *testing.T) {
	_, c := storage(t)
	_, err := c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String("secret-vault")})
	if code(err) != "AccessDenied" || !strings.Contains(err.Error(), "s3:ListBucket") {
		t.Errorf("secret-vault: %v", err)
	}
	var missing *types.NoSuchBucket
	_, err = c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String("no-such-bucket")})
	if !errors.As(err, &missing) {
		t.Errorf("no-such-bucket: %v", err)
	}
	out, err := c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String("empty-bucket")})
	if err != nil || *out.KeyCount != 0 || *out.IsTruncated {
		t.Errorf("empty-bucket: %v", err)
	}
}

func TestListingsGroupByDelimiter(t *testing.T) {
	_, c := storage(t)
	tests := []struct {
		name, bucket, prefix, delimiter string
		keys, prefixes                  []string
	}{
		{"top of a bucket", "datalake", "", "/", []string{"README.md"}, []string{"config/", "curated/", "exports/", "input/", "raw/", "tmp/"}},
		{"a marker is inside its own prefix", "datalake", "raw/", "/", []string{"raw/"}, []string{"raw/2024/", "raw/2025/", "raw/2026/"}},
		{"one day", "datalake", "raw/2026/11/04/", "/", nil, nil},
		{"another delimiter", "datalake", "curated/orders/month=0", "=", nil, nil},
		{"made-up prefixes", "big-tree", "device=042/day=00", "/", nil, []string{
			"device=042/day=000/", "device=042/day=001/", "device=042/day=002/", "device=042/day=003/", "device=042/day=004/",
			"device=042/day=005/", "device=042/day=006/", "device=042/day=007/", "device=042/day=008/", "device=042/day=009/",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ks, ps, _ := keys(t, c, s3.ListObjectsV2Input{Bucket: &tt.bucket, Prefix: &tt.prefix, Delimiter: &tt.delimiter})
			if len(ks)+len(ps) == 0 {
				t.Fatal("nothing is listed")
			}
			if tt.keys != nil && !slices.Equal(ks, tt.keys) {
				t.Errorf("keys %q, want %q", ks, tt.keys)
			}
			if tt.prefixes != nil && !slices.Equal(ps, tt.prefixes) {
				t.Errorf("prefixes %q, want %q", ps, tt.prefixes)
			}
		})
	}
}

func TestPagesMeetWithoutGapOrRepeat(t *testing.T) {
	_, c := storage(t)
	whole, _, _ := keys(t, c, s3.ListObjectsV2Input{Bucket: aws.String("datalake")})
	small, _, pages := keys(t, c, s3.ListObjectsV2Input{Bucket: aws.String("datalake"), MaxKeys: aws.Int32(7)})
	if len(whole) < 400 || !slices.Equal(whole, small) || !slices.IsSorted(whole) {
		t.Errorf("%d keys whole, %d keys in %d pages of 7", len(whole), len(small), pages)
	}
	rest, _, _ := keys(t, c, s3.ListObjectsV2Input{Bucket: aws.String("datalake"), StartAfter: &whole[10]})
	if !slices.Equal(rest, whole[11:]) {
		t.Errorf("after %q: %d keys, want %d", whole[10], len(rest), len(whole)-11)
	}
	big, _, pages := keys(t, c, s3.ListObjectsV2Input{Bucket: aws.String("big-million"), Prefix: aws.String("events/part-000")})
	if len(big) != 10_000 || pages != 10 || !slices.IsSorted(big) {
		t.Errorf("%d keys in %d pages, want 10,000 in 10", len(big), pages)
	}
	_, err := c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String("datalake"), ContinuationToken: aws.String("%%")})
	if code(err) != "InvalidArgument" {
		t.Errorf("a bad token: %v", err)
	}
}

func TestEveryOddKeyIsListedReadAndDeletedAsItIs(t *testing.T) {
	_, c := storage(t)
	bucket := aws.String("oddities")
	all, _, _ := keys(t, c, s3.ListObjectsV2Input{Bucket: bucket})
	for _, want := range []string{"control\x01\x02bytes.txt", "invalid-\xff\xfe.txt", "plus+and space.txt", "percent%2Fencoded.txt", "../up.txt", "double//slash.txt"} {
		if !slices.Contains(all, want) {
			t.Errorf("%q is not listed", want)
		}
	}
	if !slices.ContainsFunc(all, func(k string) bool { return len(k) == 1024 }) {
		t.Error("no key of 1,024 bytes")
	}
	for _, k := range all {
		if _, err := c.GetObject(t.Context(), &s3.GetObjectInput{Bucket: bucket, Key: &k}); err != nil {
			t.Errorf("read %q: %v", k, err)
		}
		if _, err := c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: bucket, Key: &k}); err != nil {
			t.Errorf("delete %q: %v", k, err)
		}
	}
	if left, _, _ := keys(t, c, s3.ListObjectsV2Input{Bucket: bucket}); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func TestNamesThatXMLCannotCarry(t *testing.T) {
	_, c := storage(t)
	bucket, key := aws.String("oddities"), "control\x01\x02bytes.txt"
	var unread *smithy.DeserializationError
	if _, err := c.ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{Bucket: bucket}); !errors.As(err, &unread) {
		t.Errorf("a listing without encoding: %v, want a broken page", err)
	}
	out, err := c.DeleteObjects(t.Context(), &s3.DeleteObjectsInput{Bucket: bucket, Delete: &types.Delete{
		Objects: []types.ObjectIdentifier{{Key: &key}, {Key: aws.String("same")}, {Key: aws.String("same/inside.txt"), ETag: aws.String("other")}},
	}})
	if err != nil || len(out.Deleted) != 2 || len(out.Errors) != 1 || *out.Errors[0].Code != "PreconditionFailed" {
		t.Fatalf("DeleteObjects: %+v, %v", out, err)
	}
	left, _, _ := keys(t, c, s3.ListObjectsV2Input{Bucket: bucket})
	if !slices.Contains(left, key) || slices.Contains(left, "same") || !slices.Contains(left, "same/inside.txt") {
		t.Errorf("left: %q", left)
	}
}

func read(t *testing.T, c *s3.Client, in s3.GetObjectInput) []byte {
	t.Helper()
	out, err := c.GetObject(t.Context(), &in)
	if err != nil {
		t.Fatalf("read %s: %v", *in.Key, err)
	}
	defer out.Body.Close()
	data, err := io.ReadAll(out.Body)
	if err != nil || int64(len(data)) != *out.ContentLength {
		t.Fatalf("read %s: %d bytes of %d, %v", *in.Key, len(data), *out.ContentLength, err)
	}
	return data
}

func TestFilesAreWhatTheirNamesSay(t *testing.T) {
	_, c := storage(t)
	all, _, _ := keys(t, c, s3.ListObjectsV2Input{Bucket: aws.String("datalake"), Prefix: aws.String("raw/2026/01/")})
	seen := map[string]bool{}
	for _, k := range all {
		data := read(t, c, s3.GetObjectInput{Bucket: aws.String("datalake"), Key: &k})
		_, kind, _ := strings.Cut(k[strings.LastIndex(k, "/"):], ".")
		seen[kind] = true
		var err error
		switch kind {
		case "csv":
			_, err = csv.NewReader(bytes.NewReader(data)).ReadAll()
		case "json":
			err = json.Unmarshal(data, new([]map[string]any))
		case "jsonl":
			for line := range bytes.Lines(data) {
				err = errors.Join(err, json.Unmarshal(line, new(map[string]any)))
			}
		case "json.gz":
			var r *gzip.Reader
			if r, err = gzip.NewReader(bytes.NewReader(data)); err == nil {
				_, err = io.ReadAll(r)
			}
		}
		if err != nil {
			t.Errorf("%s: %v", k, err)
		}
	}
	for _, kind := range []string{"csv", "json", "jsonl", "json.gz", "log"} {
		if !seen[kind] {
			t.Errorf("no %s file", kind)
		}
	}
}

func TestReads(t *testing.T) {
	_, c := storage(t)
	whole := read(t, c, s3.GetObjectInput{Bucket: aws.String("datalake"), Key: aws.String("raw/2026/01/04/orders.csv")})
	get := func(bucket, key, span, match string) s3.GetObjectInput {
		in := s3.GetObjectInput{Bucket: &bucket, Key: &key}
		if span != "" {
			in.Range = &span
		}
		if match != "" {
			in.IfMatch = &match
		}
		return in
	}
	const file = "raw/2026/01/04/orders.csv"
	tests := []struct {
		name string
		in   s3.GetObjectInput
		want []byte
		code string
	}{
		{"head", get("datalake", file, "bytes=0-99", ""), whole[:100], ""},
		{"middle", get("datalake", file, "bytes=50-3000", ""), whole[50:3001], ""},
		{"tail", get("datalake", file, "bytes=-70", ""), whole[len(whole)-70:], ""},
		{"from", get("datalake", file, "bytes=1000-", ""), whole[1000:], ""},
		{"more than there is", get("datalake", file, "bytes=0-99999999", ""), whole, ""},
		{"behind the end", get("datalake", file, "bytes=99999999-", ""), nil, "InvalidRange"},
		{"empty object", get("oddities", "empty.txt", "bytes=0-65535", ""), nil, "InvalidRange"},
		{"changed since listed", get("datalake", file, "", `"other"`), nil, "PreconditionFailed"},
		{"archived", get("datalake", "raw/2024/01/orders.csv", "", ""), nil, "InvalidObjectState"},
		{"not there", get("datalake", "nothing", "", ""), nil, "NoSuchKey"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.code == "" {
				if got := read(t, c, tt.in); !bytes.Equal(got, tt.want) {
					t.Errorf("got %d bytes %.60q, want %d bytes %.60q", len(got), got, len(tt.want), tt.want)
				}
				return
			}
			if _, err := c.GetObject(t.Context(), &tt.in); code(err) != tt.code {
				t.Errorf("got %v, want %s", err, tt.code)
			}
		})
	}
	restored := get("datalake", "raw/2024/11/orders.csv", "bytes=0-9", "")
	if got := read(t, c, restored); string(got) != "time,order" {
		t.Errorf("restored copy: %q", got)
	}
	_, err := c.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: aws.String("datalake"), Key: aws.String("nothing")})
	var missing *types.NotFound
	if !errors.As(err, &missing) {
		t.Errorf("HEAD of nothing: %v", err)
	}
}

func TestWrites(t *testing.T) {
	a, c := storage(t)
	bucket, key := aws.String("datalake"), aws.String("tmp/new file.txt")
	put, err := c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("hello"), IfNoneMatch: aws.String("*")})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, c, s3.GetObjectInput{Bucket: bucket, Key: key, IfMatch: put.ETag}); string(got) != "hello" {
		t.Errorf("read back %q", got)
	}
	_, err = c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("again"), IfNoneMatch: aws.String("*")})
	if code(err) != "PreconditionFailed" {
		t.Errorf("overwrite: %v", err)
	}
	a.Fail("s3:PutObject", demo.Fault{Code: "InternalError", Status: 500, Times: 1})
	_, err = c.PutObject(t.Context(), &s3.PutObjectInput{Bucket: bucket, Key: key, Body: strings.NewReader("second try")})
	if got := read(t, c, s3.GetObjectInput{Bucket: bucket, Key: key}); err != nil || string(got) != "second try" {
		t.Errorf("a retried upload left %q, %v", got, err)
	}
	_, err = c.CopyObject(t.Context(), &s3.CopyObjectInput{Bucket: bucket, Key: aws.String("tmp/copy"), CopySource: aws.String("datalake/tmp/new%20file.txt")})
	if got := read(t, c, s3.GetObjectInput{Bucket: bucket, Key: aws.String("tmp/copy")}); err != nil || string(got) != "second try" {
		t.Errorf("copy %q, %v", got, err)
	}
	gone := "events/part-0000001.json"
	if _, err := c.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String("big-million"), Key: &gone}); err != nil {
		t.Fatal(err)
	}
	if ks, _, _ := keys(t, c, s3.ListObjectsV2Input{Bucket: aws.String("big-million"), Prefix: aws.String("events/part-000000")}); len(ks) != 9 || slices.Contains(ks, gone) {
		t.Errorf("after a delete: %q", ks)
	}
}

func BenchmarkListAMillionKeys(b *testing.B) {
	_, c := storage(b)
	for b.Loop() {
		n := 0
		p := s3.NewListObjectsV2Paginator(c, &s3.ListObjectsV2Input{Bucket: aws.String("big-million"), EncodingType: types.EncodingTypeUrl})
		for p.HasMorePages() {
			out, err := p.NextPage(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			n += len(out.Contents)
		}
		if n != 1_000_000 {
			b.Fatalf("%d keys", n)
		}
	}
}
