package views_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// twins is the emulator with the pairs of buckets.
type twins struct {
	*emulator

	t      *testing.T
	filled map[string]bool // buckets by name
}

// local is the folder of this machine that goes with a bucket.
func local(bucket string) string { return filepath.Join(os.Getenv("HOME"), bucket) }

// fill makes a bucket with versions, and puts something of every kind into it.
func (tw twins) fill(bucket string) {
	tw.t.Helper()
	ctx := tw.t.Context()
	put := func(key, text string, change ...func(*s3.PutObjectInput)) error {
		in := &s3.PutObjectInput{
			Bucket: &bucket, Key: &key, Body: strings.NewReader(text), ContentType: aws.String("text/x-test"),
			Metadata: map[string]string{"by": "me"}, Tagging: aws.String("team=data"),
		}
		for _, f := range change {
			f(in)
		}
		_, err := tw.s3.PutObject(ctx, in)
		return err
	}
	class := func(c s3types.StorageClass) func(*s3.PutObjectInput) {
		return func(in *s3.PutObjectInput) { in.StorageClass = c }
	}
	failed := []error{
		second(tw.s3.CreateBucket(ctx, &s3.CreateBucketInput{
			Bucket: &bucket, CreateBucketConfiguration: &s3types.CreateBucketConfiguration{LocationConstraint: motoRegion},
		})),
		second(tw.s3.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
			Bucket: &bucket, VersioningConfiguration: &s3types.VersioningConfiguration{Status: s3types.BucketVersioningStatusEnabled},
		})),
		put("a.txt", "alpha"), put("ia.bin", "in access", class(s3types.StorageClassStandardIa)),
		put("cold.bin", "frozen", class(s3types.StorageClassGlacier)),
		put("--dash.txt", "dash"), put("odd\x7fkey.txt", "odd"), put("dir/b.csv", "1,2"), put("dir/c d+e%.csv", "3,4"),
		put("dir/", ""), put("dir/sub/d.json", "{}"), put("dir/sub/[x]*.bin", "in access", class(s3types.StorageClassStandardIa)), put("many.txt", "first", class(s3types.StorageClassStandardIa)), put("many.txt", "second"), put("many.txt", "third"), put("gone.txt", "gone"),
		second(tw.s3.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: &bucket, Key: aws.String("gone.txt")})),
		tw.upload(bucket, "dir/open.bin"),
		os.MkdirAll(filepath.Join(local(bucket), "up", "sub"), 0o700),
		os.WriteFile(filepath.Join(local(bucket), "up", "x y.csv"), []byte("5,6"), 0o600),
		os.WriteFile(filepath.Join(local(bucket), "up", "sub", "z+%.json"), []byte("[]"), 0o600),
	}
	for _, err := range failed {
		if err != nil {
			tw.t.Fatal(err)
		}
	}
}

// upload leaves an upload open.
func (tw twins) upload(bucket, key string) error {
	ctx := tw.t.Context()
	u, err := tw.s3.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return err
	}
	return second(tw.s3.UploadPart(ctx, &s3.UploadPartInput{
		Bucket: &bucket, Key: &key, UploadId: u.UploadId, PartNumber: aws.Int32(1), Body: strings.NewReader("part"),
	}))
}

// rows are what the lists of a bucket show, but for ids and times.
func (tw twins) rows(bucket string) []string { return tw.each(bucket, nil) }

// state is all that is in a bucket, with headers and tags.
func (tw twins) state(bucket string) []string { return tw.each(bucket, tw.more) }

func (tw twins) each(bucket string, more func(bucket string, v s3types.ObjectVersion) string) []string {
	tw.t.Helper()
	ctx := tw.t.Context()
	out, err := tw.s3.ListObjectVersions(ctx, &s3.ListObjectVersionsInput{Bucket: &bucket})
	if err != nil {
		tw.t.Fatal(err)
	}
	lines := make([]string, len(out.Versions))
	var wg sync.WaitGroup
	for i, v := range out.Versions {
		wg.Go(func() {
			lines[i] = fmt.Sprintf("%q %s latest %t %s", *v.Key, *v.ETag, *v.IsLatest, v.StorageClass)
			if more != nil {
				lines[i] += more(bucket, v)
			}
		})
	}
	wg.Wait()
	for _, m := range out.DeleteMarkers {
		lines = append(lines, fmt.Sprintf("%q deleted, latest %t", *m.Key, *m.IsLatest))
	}
	ups, err := tw.s3.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: &bucket})
	if err != nil {
		tw.t.Fatal(err)
	}
	for _, u := range ups.Uploads {
		lines = append(lines, fmt.Sprintf("%q open", *u.Key))
	}
	lines = append(lines, tw.files(bucket)...)
	slices.Sort(lines)
	return lines
}

// files are those in the folder that goes with a bucket, with their content.
func (tw twins) files(bucket string) (lines []string) {
	tw.t.Helper()
	err := filepath.WalkDir(local(bucket), func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		lines = append(lines, fmt.Sprintf("%q here %q", strings.TrimPrefix(path, local(bucket)), text))
		return err
	})
	if err != nil {
		tw.t.Fatal(err)
	}
	return lines
}

// more is what the lists do not tell of a version. Of what is archived the
// emulator does not tell the tags.
func (tw twins) more(bucket string, v s3types.ObjectVersion) string {
	ctx := tw.t.Context()
	head, err := tw.s3.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: v.Key, VersionId: v.VersionId})
	if err != nil {
		return err.Error()
	}
	var pairs []string
	if tags, err := tw.s3.GetObjectTagging(ctx, &s3.GetObjectTaggingInput{Bucket: &bucket, Key: v.Key, VersionId: v.VersionId}); err == nil {
		for _, tag := range tags.TagSet {
			pairs = append(pairs, *tag.Key+"="+*tag.Value)
		}
	}
	slices.Sort(pairs)
	restore, _, _ := strings.Cut(aws.ToString(head.Restore), ",")
	return fmt.Sprintf(" %s %v %v %s", aws.ToString(head.ContentType), head.Metadata, pairs, restore)
}
