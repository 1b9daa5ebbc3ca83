package demo_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
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

func TestVersionsOfALevelPageByPage(t *testing.T) {
	_, c := storage(t)
	in := &s3.ListObjectVersionsInput{Bucket: aws.String("datalake-versioned"), Delimiter: aws.String("/"), MaxKeys: aws.Int32(1)}
	var prefixes []string
	for range 10 {
		out, err := c.ListObjectVersions(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range out.CommonPrefixes {
			prefixes = append(prefixes, *p.Prefix)
		}
		if !*out.IsTruncated {
			break
		}
		in.KeyMarker, in.VersionIdMarker = out.NextKeyMarker, out.NextVersionIdMarker
	}
	if want := []string{"config/", "contracts/", "reports/", "snapshots/"}; !slices.Equal(prefixes, want) {
		t.Errorf("got %q, want %q", prefixes, want)
	}
}

func TestLockedVersionsStay(t *testing.T) {
	_, c := storage(t)
	bucket := aws.String("datalake-versioned")
	for key, bypassed := range map[string]string{
		"contracts/lease.txt": "AccessDenied", "contracts/supply.txt": "", "contracts/merger.txt": "AccessDenied",
	} {
		head, err := c.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: bucket, Key: &key})
		if err != nil {
			t.Fatal(err)
		}
		in := &s3.DeleteObjectInput{Bucket: bucket, Key: &key, VersionId: head.VersionId}
		if _, err := c.DeleteObject(t.Context(), in); code(err) != "AccessDenied" {
			t.Errorf("%s: %v", key, err)
		}
		in.BypassGovernanceRetention = aws.Bool(true)
		if _, err := c.DeleteObject(t.Context(), in); code(err) != bypassed {
			t.Errorf("%s, bypassed: %v", key, err)
		}
		in.VersionId = nil
		if _, err := c.DeleteObject(t.Context(), in); err != nil {
			t.Errorf("%s: a marker on top: %v", key, err)
		}
	}
}

func TestTagsAndRestoresAreChecked(t *testing.T) {
	_, c := storage(t)
	tag := func(key string, tags ...types.Tag) error {
		_, err := c.PutObjectTagging(t.Context(), &s3.PutObjectTaggingInput{
			Bucket: aws.String("datalake"), Key: &key, Tagging: &types.Tagging{TagSet: tags},
		})
		return err
	}
	restore := func(bucket, key string, r types.RestoreRequest) error {
		_, err := c.RestoreObject(t.Context(), &s3.RestoreObjectInput{Bucket: &bucket, Key: &key, RestoreRequest: &r})
		return err
	}
	one := types.Tag{Key: aws.String("a"), Value: aws.String("b")}
	tier := func(t types.Tier) *types.GlacierJobParameters { return &types.GlacierJobParameters{Tier: t} }
	for i, tt := range []struct {
		err  error
		want string
	}{
		{tag("README.md", one), ""},
		{tag("README.md", one, one), "InvalidTag"},
		{tag("README.md", slices.Repeat([]types.Tag{one}, 11)...), "BadRequest"},
		{tag("README.md", types.Tag{Key: aws.String("aws:x"), Value: aws.String("")}), "InvalidTag"},
		{tag("no-such-key", one), "NoSuchKey"},
		{restore("datalake", "README.md", types.RestoreRequest{Days: aws.Int32(1)}), "InvalidObjectState"},
		{restore("datalake", "raw/2024/03/orders.csv", types.RestoreRequest{}), "MalformedXML"},
		{restore("datalake", "raw/2024/03/orders.csv", types.RestoreRequest{Days: aws.Int32(1)}), ""},
		{restore("datalake", "raw/2024/03/orders.csv", types.RestoreRequest{Days: aws.Int32(1)}), "RestoreAlreadyInProgress"},
	} {
		if code(tt.err) != tt.want {
			t.Errorf("%d: %v, want %s", i, tt.err, tt.want)
		}
	}
	out := c.Options()
	out.Region = "us-east-1"
	key := "web/2022/09/01/access.log"
	_, err := s3.New(out).RestoreObject(t.Context(), &s3.RestoreObjectInput{
		Bucket: aws.String("logs-archive"), Key: &key, RestoreRequest: &types.RestoreRequest{Days: aws.Int32(1), GlacierJobParameters: tier(types.TierExpedited)},
	})
	if code(err) != "InvalidArgument" {
		t.Errorf("expedited from the deep archive: %v", err)
	}
}
