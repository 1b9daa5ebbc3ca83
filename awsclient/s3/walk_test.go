package s3_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"straws/awsclient/demo"
	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// walked are the keys that a walk finds, sorted.
func walked(t *testing.T, w *s3.Walk) ([]string, error) {
	t.Helper()
	var keys []string
	for {
		objects, more, err := w.Next(t.Context())
		for _, o := range objects {
			keys = append(keys, o.Key)
		}
		if err != nil || !more {
			slices.Sort(keys)
			if n := w.Keys(); int(n) != len(keys) {
				t.Errorf("%d keys counted, %d returned", n, len(keys))
			}
			return keys, err
		}
	}
}

// flat lists everything below a prefix with one lister and no delimiter.
func flat(t *testing.T, c *sdk.Client, bucket, prefix string) []string {
	t.Helper()
	var keys []string
	p := sdk.NewListObjectsV2Paginator(c, &sdk.ListObjectsV2Input{Bucket: &bucket, Prefix: &prefix, EncodingType: "url"})
	for p.HasMorePages() {
		out, err := p.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range out.Contents {
			key, err := url.QueryUnescape(*o.Key)
			if err != nil {
				t.Fatal(err)
			}
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func TestAWalkFindsEveryKeyOnce(t *testing.T) {
	account, session := open(t)
	c := sdk.NewFromConfig(account.Config())
	for _, tt := range []struct{ bucket, prefix string }{
		{"datalake", ""},
		{"datalake", "raw/"},
		{"datalake", "raw/2026/01/"},
		{"datalake", "ra"},
		{"oddities", ""},
		{"oddities", "double/"},
		{"empty-bucket", ""},
		{"invoices-2026", ""},
		{"big-tree", "device=007/"},
		{"big-million", "events/part-00"},
		{"acme-backups", ""},
	} {
		t.Run(tt.bucket+"/"+tt.prefix, func(t *testing.T) {
			s := session
			if tt.bucket == "acme-backups" {
				c = sdk.NewFromConfig(account.Config(), func(o *sdk.Options) { o.Region = "eu-central-1" })
			}
			want := flat(t, c, tt.bucket, tt.prefix)
			w := s3.NewWalk(s, tt.bucket, tt.prefix)
			got, err := walked(t, w)
			if err != nil || !w.Whole() {
				t.Fatalf("whole: %v, %v", w.Whole(), err)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d keys, want %d", len(got), len(want))
			}
		})
	}
}

func TestAWalkAsksLittleMoreThanOneLister(t *testing.T) {
	account, session := open(t)
	if got, err := walked(t, s3.NewWalk(session, "big-tree", "device=03")); err != nil || len(got) != 100_000 {
		t.Fatalf("%d keys, %v", len(got), err)
	}
	if n := len(account.Calls("s3:ListObjectsV2")); n > 150 {
		t.Errorf("%d requests for 100 pages of keys", n)
	}
}

func TestAPartThatFailsIsNamedAndTheRestIsKept(t *testing.T) {
	account, session := open(t)
	f := demo.Denied
	f.When = func(in any) bool {
		p := *in.(*sdk.ListObjectsV2Input).Prefix
		return strings.HasPrefix(p, "raw/2025/")
	}
	account.Fail("s3:ListObjectsV2", f)
	w := s3.NewWalk(session, "datalake", "raw/")
	got, err := walked(t, w)
	if err == nil || w.Whole() || !strings.Contains(err.Error(), "could not list s3://datalake/raw/2025/: not allowed: s3:ListBucket") {
		t.Errorf("whole: %v, %v", w.Whole(), err)
	}
	if !slices.Contains(got, "raw/2024/01/orders.csv") || slices.Contains(got, "raw/2025/01/orders.csv") {
		t.Errorf("%d keys", len(got))
	}
	f.When = nil
	account.Fail("s3:ListObjectsV2", f)
	if _, err := walked(t, s3.NewWalk(session, "datalake", "raw/")); err == nil || strings.Contains(err.Error(), "could not list") {
		t.Errorf("a walk that found nothing: %v", err)
	}
}

func TestAWalkEndsWithItsContext(t *testing.T) {
	account, session := open(t)
	ctx, cancel := context.WithCancel(t.Context())
	w := s3.NewWalk(session, "big-tree", "")
	if _, _, err := w.Next(ctx); err != nil {
		t.Fatal(err)
	}
	cancel()
	for {
		_, more, err := w.Next(ctx)
		if errors.Is(err, context.Canceled) {
			break
		}
		if err != nil || !more {
			t.Fatalf("more: %v, %v", more, err)
		}
	}
	if n := len(account.Calls("s3:ListObjectsV2")); n > 60 || w.Whole() {
		t.Errorf("%d requests, whole: %v", n, w.Whole())
	}
}

func TestAFlatLevelIsListedByManyToo(t *testing.T) {
	account, session := open(t)
	got, err := walked(t, s3.NewWalk(session, "big-million", "events/part-03"))
	if err != nil || len(got) != 100_000 || got[0] != "events/part-0300000.json" || len(slices.Compact(got)) != len(got) {
		t.Fatalf("%d keys, %v", len(got), err)
	}
	calls := account.Calls("s3:ListObjectsV2")
	if n := len(calls); n > 150 {
		t.Errorf("%d requests for 100 pages of keys", n)
	}
	begun := map[string]bool{}
	for _, c := range calls {
		if in := c.Input.(*sdk.ListObjectsV2Input); in.StartAfter != nil && *in.MaxKeys > 1 {
			begun[*in.StartAfter] = true
		}
	}
	if len(begun) < 8 {
		t.Errorf("the level was listed from %d places", len(begun))
	}
}

func TestNamesOfEveryKindAreFoundOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: takes some thousand keys")
	}
	const n = 18_000 // more than one lister reads before it shares
	for kind, name := range map[string]func(i int) string{
		"hexadecimal":      func(i int) string { return fmt.Sprintf("%08x.bin", uint32(i)*2654435761) },
		"keys and folders": func(i int) string { return fmt.Sprintf("é%05d%s", i, map[bool]string{true: "/in"}[i%997 == 0]) },
	} {
		t.Run(kind, func(t *testing.T) {
			account, session := open(t)
			c := sdk.NewFromConfig(account.Config())
			for i := range n {
				if _, err := c.PutObject(t.Context(), &sdk.PutObjectInput{Bucket: aws.String("empty-bucket"), Key: aws.String(name(i))}); err != nil {
					t.Fatal(err)
				}
			}
			want := flat(t, c, "empty-bucket", "")
			got, err := walked(t, s3.NewWalk(session, "empty-bucket", ""))
			if err != nil || len(want) != n || !slices.Equal(got, want) {
				t.Errorf("%d keys, want %d; %v", len(got), len(want), err)
			}
		})
	}
}
