package views_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

const (
	versionedBucket = "versioned"
	versionedKey    = "notes/a b+c%20d.txt"
)

// TestMotoVersions goes through the life of a versioned object over real HTTP, in
// front of an emulator.
func TestMotoVersions(t *testing.T) {
	url := startMoto(t)
	m := &emulator{url: url, s3: s3.NewFromConfig(aws.Config{
		Region: motoRegion, BaseEndpoint: &url, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("testing", "testing", ""),
	}, func(o *s3.Options) { o.UsePathStyle = true })}
	m.fillVersions(t)
	for _, journey := range []struct {
		name string
		run  func(*testing.T, *emulator)
	}{
		{"a level with its versions", motoLevelOfVersions},
		{"an older version", motoOlderVersion},
		{"undelete", motoUndelete},
		{"bring an older version back", motoBringBack},
		{"tags", motoTags},
		{"a version that is locked", motoLocked},
		{"the class of an object", motoClass},
		{"an archived object", motoArchived},
	} {
		t.Run(journey.name, func(t *testing.T) { journey.run(t, m) })
	}
}

func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (m *emulator) fillVersions(t *testing.T) {
	t.Helper()
	must[*s3.CreateBucketOutput](t)(m.s3.CreateBucket(t.Context(), &s3.CreateBucketInput{
		Bucket: aws.String(versionedBucket), ObjectLockEnabledForBucket: aws.Bool(true),
		CreateBucketConfiguration: &types.CreateBucketConfiguration{LocationConstraint: motoRegion},
	}))
	must[*s3.PutBucketVersioningOutput](t)(m.s3.PutBucketVersioning(t.Context(), &s3.PutBucketVersioningInput{
		Bucket:                  aws.String(versionedBucket),
		VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusEnabled},
	}))
	put := func(key, text string, change func(*s3.PutObjectInput)) {
		in := &s3.PutObjectInput{
			Bucket: aws.String(versionedBucket), Key: &key, Body: strings.NewReader(text),
			Metadata: map[string]string{"author": "ada"}, ContentType: aws.String("text/plain"), Tagging: aws.String("env=prod"),
		}
		if change != nil {
			change(in)
		}
		must[*s3.PutObjectOutput](t)(m.s3.PutObject(t.Context(), in))
	}
	for i := range 3 {
		put(versionedKey, fmt.Sprintf("draft %d\n", i+1), nil)
	}
	put(versionedKey+".bak", "a key that begins with the other\n", nil)
	put("kept/lease.txt", "locked\n", func(in *s3.PutObjectInput) {
		in.ChecksumAlgorithm = types.ChecksumAlgorithmCrc32 // S3 wants one of what it locks
		in.ObjectLockMode, in.ObjectLockRetainUntilDate = types.ObjectLockModeCompliance, aws.Time(time.Now().AddDate(10, 0, 0))
	})
	put("cold/old.log", "archived\n", func(in *s3.PutObjectInput) { in.StorageClass = types.StorageClassGlacier })
}

// versionsOf are the versions and markers of a key, as "id latest" each.
func (m *emulator) versionsOf(t *testing.T, key string) (versions, markers []string) {
	t.Helper()
	out := must[*s3.ListObjectVersionsOutput](t)(m.s3.ListObjectVersions(t.Context(), &s3.ListObjectVersionsInput{
		Bucket: aws.String(versionedBucket), Prefix: &key,
	}))
	for _, v := range out.Versions {
		if *v.Key == key {
			versions = append(versions, *v.VersionId)
		}
	}
	for _, v := range out.DeleteMarkers {
		if *v.Key == key {
			markers = append(markers, *v.VersionId)
		}
	}
	return versions, markers
}

func motoLevelOfVersions(t *testing.T, m *emulator) {
	d := m.open(t, "s3://versioned/notes/")
	d.Want("2 keys").Keys("V").Want("4 versions", "a b+c%20d.txt", "latest", "older")
	d.Keys("V").Want("2 keys").Keys("K").Want("versions of a b+c%20d.txt", "3 versions").Lack(".bak")
}

func motoOlderVersion(t *testing.T, m *emulator) {
	d := m.open(t, "s3://versioned/notes/")
	d.Keys("K", "G", "enter").Want("draft 1").Keys("esc", "i").Want("text/plain", "author  ada", "env  prod", "not configured")
	d.Keys("esc", "g", "space", "G", "space", "=").Want("-draft 1", "+draft 3")
}

func motoUndelete(t *testing.T, m *emulator) {
	d := m.open(t, "s3://versioned/notes/").Want("▸ a b+c%20d.txt")
	d.Keys("D").Want("a delete marker is added").Paste("a b+c%20d.txt").Keys("enter", "g").Want("1 key")
	if _, markers := m.versionsOf(t, versionedKey); len(markers) != 1 {
		t.Fatalf("the key has markers %q", markers)
	}
	d.Keys("V").Want("deleted").Keys("/").Type("deleted").Keys("enter", "W", "y").Want("undelete a b+c%20d.txt: done")
	if versions, markers := m.versionsOf(t, versionedKey); len(markers) != 0 || len(versions) != 3 {
		t.Errorf("the key has versions %q and markers %q", versions, markers)
	}
	d.Keys("esc", "esc").Want("2 keys")
}

func motoBringBack(t *testing.T, m *emulator) {
	d := m.open(t, "s3://versioned/notes/")
	d.Keys("K", "G", "w", "y").Want("bring back a b+c%20d.txt: 1 object")
	if versions, _ := m.versionsOf(t, versionedKey); len(versions) != 4 {
		t.Errorf("the key has versions %q", versions)
	}
	d.Keys("g", "enter").Want("draft 1").Keys("esc", "i").Want("author  ada", "env  prod")
}

func motoTags(t *testing.T, m *emulator) {
	d := m.open(t, "s3://versioned/notes/")
	d.Keys("e").Want("env", "prod").Keys("n").Type("team=data platform").Keys("enter", "ctrl+s").Want("+ team = data platform").Keys("y").Want("done")
	out := must[*s3.GetObjectTaggingOutput](t)(m.s3.GetObjectTagging(t.Context(), &s3.GetObjectTaggingInput{
		Bucket: aws.String(versionedBucket), Key: aws.String(versionedKey),
	}))
	var tags []string
	for _, tag := range out.TagSet {
		tags = append(tags, *tag.Key+"="+*tag.Value)
	}
	slices.Sort(tags)
	if !slices.Equal(tags, []string{"env=prod", "team=data platform"}) {
		t.Errorf("the tags are %q", tags)
	}
}

func motoLocked(t *testing.T, m *emulator) {
	d := m.open(t, "s3://versioned/kept/")
	d.Keys("K", "D").Want("permanent").Type("lease.txt").Keys("enter").Want("compliance mode keeps this version until")
	if versions, _ := m.versionsOf(t, "kept/lease.txt"); len(versions) != 1 {
		t.Errorf("the key has versions %q", versions)
	}
}

func motoClass(t *testing.T, m *emulator) {
	d := m.open(t, "s3://versioned/notes/")
	d.Keys("j", "C", "/").Type("STANDARD_IA").Keys("enter", "y").Want("reclassify a b+c%20d.txt.bak: 1 object")
	out := must[*s3.HeadObjectOutput](t)(m.s3.HeadObject(t.Context(), &s3.HeadObjectInput{
		Bucket: aws.String(versionedBucket), Key: aws.String(versionedKey + ".bak"),
	}))
	if out.StorageClass != types.StorageClassStandardIa || out.Metadata["author"] != "ada" {
		t.Errorf("it is in %s, by %q", out.StorageClass, out.Metadata["author"])
	}
}

func motoArchived(t *testing.T, m *emulator) {
	d := m.open(t, "s3://versioned/cold/")
	d.Keys("E", "enter", "enter").Want("standard tier").Keys("y").Want("restore old.log: done")
	d.Keys("i").Want("copy")
}
