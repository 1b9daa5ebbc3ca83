package s3_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// prefixOf is the row of a prefix.
func prefixOf(t *testing.T, s *awsclient.Session, bucket, prefix string) s3.Entry {
	t.Helper()
	rows, _ := all(t, s3.List(s, bucket, prefix[:strings.LastIndex(strings.TrimSuffix(prefix, "/"), "/")+1]))
	for _, e := range rows {
		if e.Key == prefix && e.Prefix() {
			return e
		}
	}
	t.Fatalf("%s is not in %s", prefix, bucket)
	return s3.Entry{}
}

func plan(t *testing.T, s *awsclient.Session, r s3.Relocation) s3.CopyPlan {
	t.Helper()
	plans, _ := all(t, s3.PlanCopy(s, r))
	last := plans[len(plans)-1]
	for i, p := range plans[:len(plans)-1] {
		if p.Settled || p.Objects > plans[i+1].Objects {
			t.Errorf("plan %d of %d: %d objects, settled %t", i, len(plans), p.Objects, p.Settled)
		}
	}
	return last
}

func TestAPlanCountsWhatIsBelowAndWhatIsThere(t *testing.T) {
	_, s := open(t)
	raw := prefixOf(t, s, "datalake", "raw/2026/")
	r := s3.Relocation{Bucket: "datalake", Base: "raw/", Roots: []s3.Entry{raw}, To: s3.Address{Bucket: "datalake", Key: "backup/"}}
	rows, _ := all(t, s3.Below(s, "datalake", "raw/2026/", ""))
	p := plan(t, s, r)
	if p.Objects != len(rows) || p.Existing != 0 || p.Bytes == 0 || !p.Settled {
		t.Errorf("%d objects, %d of them exist; %d are listed", p.Objects, p.Existing, len(rows))
	}
	for _, i := range []int{0, 7, len(p.Items) - 1} {
		from := p.Items[i].Key
		if _, err := s3.Copy(t.Context(), s, s3.Object{Bucket: "datalake", Key: from}, s3.Object{Bucket: "datalake", Key: r.Target(from)}, s3.CopyOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	again := plan(t, s, r)
	if again.Existing != 3 || !again.Exists(r.Target(p.Items[7].Key)) || again.Exists(r.Target(p.Items[8].Key)) {
		t.Errorf("%d exist", again.Existing)
	}
}

func TestTargetsAreLookedForAmongMillions(t *testing.T) {
	a, s := open(t)
	r := s3.Relocation{Bucket: "empty-bucket", Base: "", To: s3.Address{Bucket: "big-million", Key: "events/"}}
	c := sdk.NewFromConfig(a.Config())
	for i := range 40 { // every second one exists, far apart
		key := fmt.Sprintf("part-%07d.%s", i*25_000, map[bool]string{true: "json", false: "new"}[i%2 == 0])
		if _, err := c.PutObject(t.Context(), &sdk.PutObjectInput{Bucket: aws.String("empty-bucket"), Key: &key}); err != nil {
			t.Fatal(err)
		}
	}
	r.Roots, _ = all(t, s3.List(s, "empty-bucket", ""))
	before := len(a.Calls("s3:ListObjectsV2"))
	if p := plan(t, s, r); p.Objects != 40 || p.Existing != 20 {
		t.Errorf("%d objects, %d of them exist", p.Objects, p.Existing)
	}
	if n := len(a.Calls("s3:ListObjectsV2")) - before; n > 90 {
		t.Errorf("%d listings for 40 keys among a million", n)
	}
}

func TestWhatCannotBeMoved(t *testing.T) {
	_, s := open(t)
	raw, readme := prefixOf(t, s, "datalake", "raw/"), find(t, s, "datalake", "config/pipeline.yaml")
	for _, tt := range []struct {
		name, want string
		r          s3.Relocation
	}{
		{"onto itself", "onto itself", s3.Relocation{Bucket: "datalake", Base: "config/", Roots: []s3.Entry{readme}, To: s3.Address{Bucket: "datalake", Key: "config/"}}},
		{"a prefix onto itself", "onto itself", s3.Relocation{Bucket: "datalake", Roots: []s3.Entry{raw}, To: s3.Address{Bucket: "datalake"}}},
		{"a prefix into itself", "into itself", s3.Relocation{Bucket: "datalake", Roots: []s3.Entry{raw}, To: s3.Address{Bucket: "datalake", Key: "raw/old/"}}},
		{"no bucket", "name is missing", s3.Relocation{Bucket: "datalake", Roots: []s3.Entry{raw}}},
		{"a long key", "1 to 1024", s3.Relocation{Bucket: "datalake", Roots: []s3.Entry{raw}, To: s3.Address{Bucket: "datalake", Key: strings.Repeat("k", 1021)}}},
		{"no key", "1 to 1024", s3.Relocation{Bucket: "datalake", Base: "config/pipeline.yaml", Roots: []s3.Entry{readme}, To: s3.Address{Bucket: "logs"}}},
		{"a name that begins alike", "", s3.Relocation{Bucket: "datalake", Base: "raw/", Roots: []s3.Entry{raw}, To: s3.Address{Bucket: "datalake", Key: "raw2/"}}},
		{"another bucket", "", s3.Relocation{Bucket: "datalake", Roots: []s3.Entry{raw}, To: s3.Address{Bucket: "acme-logs"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.r.Check()
			if tt.want == "" != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestArchivedObjectsAreLeftOut(t *testing.T) {
	_, s := open(t)
	p := plan(t, s, s3.Relocation{
		Bucket: "datalake", Base: "raw/", Roots: []s3.Entry{prefixOf(t, s, "datalake", "raw/2024/")},
		To: s3.Address{Bucket: "empty-bucket"},
	})
	if p.Archived == 0 || p.Objects != 1 {
		t.Errorf("%d archived, %d not", p.Archived, p.Objects)
	}
}

func TestTheCommandsOfAPlan(t *testing.T) {
	a, s := open(t)
	c := sdk.NewFromConfig(a.Config())
	for key, class := range map[string]types.StorageClass{
		"p/": "", "p/a": "", "p/b[1]*?": "STANDARD_IA", "p/c/": "", "p/c/d": "", "p/e": "GLACIER", "q": "STANDARD_IA", "z": "GLACIER",
	} {
		if _, err := c.PutObject(t.Context(), &sdk.PutObjectInput{Bucket: aws.String("empty-bucket"), Key: &key, StorageClass: class}); err != nil {
			t.Fatal(err)
		}
	}
	rows, _ := all(t, s3.List(s, "empty-bucket", ""))
	r := s3.Relocation{Bucket: "empty-bucket", Roots: rows, To: s3.Address{Bucket: "datalake", Key: "to/"}}
	var got []string
	for _, words := range plan(t, s, r).Commands(r, true) {
		got = append(got, strings.Join(words, " "))
	}
	want := []string{
		"s3 mv s3://empty-bucket/p/b[1]*? s3://datalake/to/p/b[1]*? --storage-class STANDARD_IA",
		"s3 mv --recursive s3://empty-bucket/p/ s3://datalake/to/p/ --ignore-glacier-warnings --exclude b[[]1][*][?]",
		"s3api copy-object --bucket datalake --key to/p/ --copy-source empty-bucket/p/",
		"s3api delete-object --bucket empty-bucket --key p/",
		"s3api copy-object --bucket datalake --key to/p/c/ --copy-source empty-bucket/p/c/",
		"s3api delete-object --bucket empty-bucket --key p/c/",
		"s3 mv s3://empty-bucket/q s3://datalake/to/q --storage-class STANDARD_IA",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
