package s3_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/s3"
)

func open(t testing.TB) (*demo.Account, *awsclient.Session) {
	t.Helper()
	a := demo.New(demo.Options{})
	cfg := a.Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	return a, s
}

// all reads a pager to its end.
func all[T any](t testing.TB, pager func(context.Context) ([]T, bool, error)) (rows []T, pages int) {
	t.Helper()
	for {
		items, more, err := pager(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, items...)
		pages++
		if !more {
			return rows, pages
		}
	}
}

func keysOf(entries []s3.Entry) []string {
	var keys []string
	for _, e := range entries {
		keys = append(keys, e.Key)
	}
	return keys
}

func find(t *testing.T, s *awsclient.Session, bucket, key string) s3.Entry {
	t.Helper()
	rows, _ := all(t, s3.List(s, bucket, key[:strings.LastIndex(key, "/")+1]))
	for _, e := range rows {
		if e.Key == key && !e.Prefix() {
			return e
		}
	}
	t.Fatalf("%s is not in %s", key, bucket)
	return s3.Entry{}
}

func TestBucketsNameTheirRegion(t *testing.T) {
	a, s := open(t)
	rows, _ := all(t, s3.Buckets(s))
	at := map[string]string{}
	for _, b := range rows {
		at[b.Name] = b.Region
		if b.Created.IsZero() {
			t.Errorf("%s was never created", b.Name)
		}
	}
	if at["datalake"] != "eu-west-1" || at["logs-archive"] != "us-east-1" {
		t.Errorf("regions: %v", at)
	}
	all(t, s3.List(s, "logs-archive", ""))
	if calls := a.Calls("s3:ListObjectsV2"); len(calls) != 1 || calls[0].Region != "us-east-1" {
		t.Errorf("a bucket of known region was asked for with %d requests, the first in %s", len(calls), calls[0].Region)
	}
}

func TestABucketOfUnknownRegionIsFollowedOnce(t *testing.T) {
	a, s := open(t)
	rows, _ := all(t, s3.List(s, "logs-archive", ""))
	if len(rows) == 0 {
		t.Fatal("nothing is listed")
	}
	all(t, s3.List(s, "logs-archive", "web/"))
	var regions []string
	for _, c := range a.Calls("s3:ListObjectsV2") {
		regions = append(regions, c.Region)
	}
	if want := []string{"eu-west-1", "us-east-1", "us-east-1"}; !slices.Equal(regions, want) {
		t.Errorf("asked in %v, want %v", regions, want)
	}
	if r := s3.Region(s, "logs-archive"); r != "us-east-1" {
		t.Errorf("the session believes it is in %s", r)
	}
}

func TestHeadRequestsFollowToo(t *testing.T) {
	_, s := open(t)
	d, err := s3.Describe(t.Context(), s, s3.Object{Bucket: "logs-archive", Key: "README.txt"})
	if err != nil || d.Region != "us-east-1" || d.Size == 0 || d.ContentType != "text/plain" || d.StorageClass != "STANDARD" {
		t.Errorf("describe: %+v, %v", d, err)
	}
}

func TestOneLevelAtATime(t *testing.T) {
	_, s := open(t)
	rows, _ := all(t, s3.List(s, "datalake", "raw/2026/01/04/"))
	if got, want := keysOf(rows), []string{
		"raw/2026/01/04/app.log", "raw/2026/01/04/customers.json", "raw/2026/01/04/events.jsonl", "raw/2026/01/04/orders.csv",
	}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, e := range rows {
		if e.Prefix() || e.Size == 0 || e.Class() != "STANDARD" || e.Modified().Year() != 2026 || e.ETag() == "" {
			t.Errorf("%s: %d bytes, class %q, %v, %s", e.Key, e.Size, e.Class(), e.Modified(), e.ETag())
		}
	}
	rows, _ = all(t, s3.List(s, "datalake", ""))
	if !rows[0].Prefix() || rows[0].Key != "config/" || rows[len(rows)-1].Key != "README.md" {
		t.Errorf("the top of the bucket: %q", keysOf(rows))
	}
}

func TestAPageIsARequest(t *testing.T) {
	a, s := open(t)
	next := s3.List(s, "big-million", "events/")
	for page := 1; page <= 3; page++ {
		rows, more, err := next(t.Context())
		if err != nil || len(rows) != 1000 || !more {
			t.Fatalf("page %d: %d rows, more %t, %v", page, len(rows), more, err)
		}
		if got := len(a.Calls("s3:ListObjectsV2")); got != page {
			t.Errorf("%d requests for %d pages", got, page)
		}
	}
}

func TestAFailedPageCanBeAskedForAgain(t *testing.T) {
	a, s := open(t)
	next := s3.List(s, "big-million", "events/")
	first, _, err := next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.Fail("s3:ListObjectsV2", demo.Fault{Code: "AccessDenied", Status: 403, Times: 1})
	if _, _, err := next(t.Context()); err == nil {
		t.Fatal("want an error")
	}
	second, _, err := next(t.Context())
	if err != nil || second[0].Key <= first[999].Key || second[0].Key != "events/part-0001000.json" {
		t.Errorf("after the error: %q, %v", second[0].Key, err)
	}
}

func TestOddKeysKeepTheirBytes(t *testing.T) {
	_, s := open(t)
	rows, _ := all(t, s3.List(s, "oddities", ""))
	got := keysOf(rows)
	for _, want := range []string{
		"/", "../", "double/", "control\x01\x02bytes.txt", "escape\x1b[2J\x1b[31mred.txt", "line\nbreak.txt",
		"invalid-\xff\xfe.txt", "plus+and space.txt", "percent%2Fencoded.txt", "quotes'and\"double.txt", "same", "same/",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not listed", want)
		}
	}
	for _, key := range []string{"/leading.txt", "double//slash.txt", "../up.txt", "dots/../../etc/passwd"} {
		e := find(t, s, "oddities", key)
		c, err := s3.Head(t.Context(), s, "oddities", e, 64<<10)
		if err != nil || !strings.Contains(string(c.Data), key) {
			t.Errorf("read %q: %q, %v", key, c.Data, err)
		}
	}
}

func TestHead(t *testing.T) {
	_, s := open(t)
	tests := []struct {
		name, bucket, key string
		want              string // the text begins with it
		read              int64
		unzipped          bool
	}{
		{"text", "datalake", "README.md", "# datalake\n", 107, false},
		{"the start of a big one", "datalake", "raw/2025/01/orders.csv", "time,order,customer", 64 << 10, false},
		{"gzip by its name", "datalake", "raw/2026/01/01/events.json.gz", `{"ts":"2026-`, 0, true},
		{"gzip by its encoding", "datalake", "raw/2026/01/01/app.log", "2026-01-01T", 0, true},
		{"empty", "oddities", "empty.txt", "", 0, false},
		{"elsewhere", "logs-archive", "README.txt", "Web logs", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := s3.Head(t.Context(), s, tt.bucket, find(t, s, tt.bucket, tt.key), 64<<10)
			if err != nil || !strings.HasPrefix(string(c.Data), tt.want) || c.Unzipped != tt.unzipped {
				t.Fatalf("got %.40q, unzipped %t, %v", c.Data, c.Unzipped, err)
			}
			if tt.read > 0 && c.Read != tt.read || c.Size < c.Read {
				t.Errorf("read %d of %d bytes, want %d", c.Read, c.Size, tt.read)
			}
		})
	}
}

func TestHeadThatCannotBe(t *testing.T) {
	a, s := open(t)
	archived := find(t, s, "datalake", "raw/2024/01/orders.csv")
	if !archived.Archived() {
		t.Error("the listing does not say that it is archived")
	}
	if _, err := s3.Head(t.Context(), s, "datalake", archived, 10); !errors.Is(err, s3.ErrArchived) {
		t.Errorf("archived: %v", err)
	}
	restored := find(t, s, "datalake", "raw/2024/11/orders.csv")
	if c, err := s3.Head(t.Context(), s, "datalake", restored, 10); restored.Archived() || err != nil || string(c.Data) != "time,order" {
		t.Errorf("restored: %q, %v", c.Data, err)
	}
	e := find(t, s, "datalake", "README.md")
	a.Fail("s3:GetObject", demo.Fault{Code: "PreconditionFailed", Status: 412})
	_, err := s3.Head(t.Context(), s, "datalake", e, 10)
	if got := kind(err); got != awsclient.Conflict {
		t.Errorf("changed since listed: kind %v, %v", got, err)
	}
	a.Heal("*")
	_, err = s3.Head(t.Context(), s, "datalake", s3.Entry{Key: "nothing"}, 10)
	if got := kind(err); got != awsclient.NotFound {
		t.Errorf("not there: kind %v, %v", got, err)
	}
}

func kind(err error) awsclient.Kind {
	var e *awsclient.Error
	if errors.As(awsclient.Classify(err), &e) {
		return e.Kind
	}
	return awsclient.Unknown
}

func TestRefusals(t *testing.T) {
	_, s := open(t)
	tests := []struct {
		name, bucket string
		kind         awsclient.Kind
		says         string
	}{
		{"denied", "secret-vault", awsclient.Denied, "s3:ListBucket on arn:aws:s3:::secret-vault"},
		{"missing", "no-such-bucket-at-all", awsclient.NotFound, "does not exist"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := s3.List(s, tt.bucket, "")(t.Context())
			if kind(err) != tt.kind || !strings.Contains(awsclient.Classify(err).Error(), tt.says) {
				t.Errorf("got %v (kind %v), want %q", awsclient.Classify(err), kind(err), tt.says)
			}
		})
	}
}

func TestDeleteHitsExactlyTheKey(t *testing.T) {
	_, s := open(t)
	before, _ := all(t, s3.List(s, "oddities", ""))
	const key = "control\x01\x02bytes.txt"
	if err := s3.Delete(t.Context(), s, s3.Object{Bucket: "oddities", Key: key}, ""); err != nil {
		t.Fatal(err)
	}
	after, _ := all(t, s3.List(s, "oddities", ""))
	if len(after) != len(before)-1 || slices.Contains(keysOf(after), key) {
		t.Errorf("%d rows before, %d after", len(before), len(after))
	}
}

func TestVersioningIsAskedOnce(t *testing.T) {
	a, s := open(t)
	for range 2 {
		for bucket, want := range map[string]s3.Versioning{"datalake": s3.VersioningOff, "datalake-versioned": s3.VersioningOn} {
			got, err := s3.LearnVersioning(t.Context(), s, bucket)
			if err != nil || got != want || s3.KnownVersioning(s, bucket) != want {
				t.Errorf("%s: %v, %v", bucket, got, err)
			}
		}
	}
	if n := len(a.Calls("s3:GetBucketVersioning")); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

func TestARefusalToTellTheVersioningIsRemembered(t *testing.T) {
	a, s := open(t)
	a.Fail("s3:GetBucketVersioning", demo.Denied)
	if _, err := s3.LearnVersioning(t.Context(), s, "datalake"); kind(err) != awsclient.Denied {
		t.Errorf("got %v", err)
	}
	if v, err := s3.LearnVersioning(t.Context(), s, "datalake"); err != nil || v != s3.VersioningHidden {
		t.Errorf("got %v, %v", v, err)
	}
	if n := len(a.Calls("s3:GetBucketVersioning")); n != 1 {
		t.Errorf("asked %d times", n)
	}
}

func TestARowAsJSON(t *testing.T) {
	_, s := open(t)
	data, err := json.Marshal(find(t, s, "datalake", "README.md"))
	var row map[string]any
	if err != nil || json.Unmarshal(data, &row) != nil || row["Key"] != "README.md" || row["Size"] != 107.0 || row["StorageClass"] != "STANDARD" {
		t.Errorf("got %s, %v", data, err)
	}
}

func BenchmarkListAMillionKeys(b *testing.B) {
	_, s := open(b)
	for b.Loop() {
		rows, _ := all(b, s3.List(s, "big-million", "events/"))
		if len(rows) != 1_000_000 {
			b.Fatalf("%d rows", len(rows))
		}
	}
}
