package s3_test

import (
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
)

func TestBrowseDownAndBackUp(t *testing.T) {
	s := at(t, "s3")
	s.Want("14 buckets", "datalake-versioned", "us-east-1", "2024-03-02")
	s.on("datalake -versioned").Keys("enter").Want("S3 › datalake", "raw/", "README.md", "107 B", "STANDARD")
	s.on("raw").Keys("enter", "j", "j", "enter").Want("datalake › raw/ › 2026/", "part-00000.parquet", "1.1 GB", "Nov 19")
	requests := len(s.account.Calls("*"))
	s.Keys("esc").Want("▸ 2026/").Keys("esc").Want("▸ raw/", "match raw").Keys("esc", "esc").Want("▸ datalake ")
	if n := len(s.account.Calls("*")); n != requests {
		t.Errorf("the way back made %d requests", n-requests)
	}
}

func TestABucketOfAnotherRegionOpensWithOneListing(t *testing.T) {
	s := at(t, "s3").on("logs-archive")
	s.Keys("enter").Want("web/", "README.txt")
	if n := s.asked("ListObjectsV2"); n != 1 {
		t.Errorf("%d listings, want 1: the list of buckets says where it is", n)
	}
	s = at(t, "s3://logs-archive/web/2022/")
	s.Want("logs-archive › web/ › 2022/", "09/", "12/")
}

func TestAddresses(t *testing.T) {
	tests := []struct {
		address string
		want    []string
	}{
		{"s3://datalake", []string{"S3 › datalake ", "README.md"}},
		{"s3://datalake/raw/2026/", []string{"S3 › datalake › raw/ › 2026/", "part-00011.parquet"}},
		{"s3://datalake/README.md", []string{"S3 › datalake › README.md", "as it arrived, one folder a day"}},
		{"s3a://datalake/config/pipeline.yaml", []string{"config/ › pipeline.yaml", "retries: 3"}},
		{"arn:aws:s3:::datalake-versioned", []string{"S3 › datalake-versioned ", "snapshots/"}},
		{"arn:aws:s3:::datalake/config/pipeline.yaml", []string{"config/ › pipeline.yaml", "retries: 3"}},
		{"s3://oddities//", []string{"S3 › oddities › / ", "leading.txt"}},
		{"s3://oddities/double//slash.txt", []string{"oddities › double/ › / › slash.txt", "double//slash.txt"}},
		{"s3://datalake/raw/2026", []string{"there is no object with this key", "s3://datalake/raw/2026/"}},
		{"s3://datalake/raw/1999/", []string{"there is nothing below raw/1999/"}},
		{"s3://empty-bucket/", []string{"this bucket is empty"}},
		{"s3://secret-vault/", []string{"not allowed: s3:ListBucket on arn:aws:s3:::secret-vault", "a policy denies this explicitly"}},
		{"s3://no-such-bucket-here/", []string{"The specified bucket does not exist"}},
		{"s3://my bucket/x", []string{"cannot be a bucket: names have letters, digits, dots and hyphens"}},
		{"arn:aws:s3:eu-west-1:123456789012:accesspoint/x", []string{"is not the ARN of a bucket or an object"}},
	}
	for _, tt := range tests {
		t.Run(tt.address, func(t *testing.T) { at(t, tt.address).Want(tt.want...) })
	}
}

func TestAnAddressLeadsUpLevelByLevel(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/04/orders.csv")
	s.Want("o-00000001")
	s.Keys("esc").Want("▸ orders.csv").Keys("esc").Want("▸ 04/").Keys("esc").Want("▸ 01/").Keys("esc").Want("▸ 2026/")
	s.Keys("esc").Want("▸ raw/").Keys("esc").Want("14 buckets")
}

func TestPrefixesAreNotCountedAsKeysOrVersions(t *testing.T) {
	s := at(t, "s3://datalake/")
	s.Want("6 prefixes and 1 key").Keys("r").Want("6 prefixes and 1 key")
	s.Keys("/").Type("nowhere").Want("none of the 6 prefixes and 1 key matches")
	at(t, "s3://datalake/curated/orders/").Want("12 prefixes").Lack("key ", "keys")
	at(t, "s3://datalake-versioned/").Want("4 prefixes").Keys("V").Want("4 prefixes").Lack("4 versions")
}

func TestTheRowsDoNotWaitForTheVersioning(t *testing.T) {
	s := at(t, "s3", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:GetBucketVersioning", demo.Hang) })
	s.Impatient()
	s.on("datalake -versioned").Keys("enter").Want("README.md")
	if n := s.asked("ListObjectsV2"); n != 1 {
		t.Errorf("%d listings", n)
	}
	s.on("README").Keys("D").Want("not known: take it as permanent")
}

func TestLeavingALongListingEndsIt(t *testing.T) {
	s := at(t, "s3", func(_ *awsclient.Options, a *demo.Account) {
		a.Fail("s3:ListObjectsV2", demo.Fault{Hang: true, When: continued(4)})
	})
	s.on("big-million").Keys("enter")
	s.Impatient()
	s.Keys("enter").Want("part-0000000.json", "3,000+ keys", "loading")
	s.Keys("G").Want("part-0002999.json")
	s.Keys("esc", "esc", "esc").Want("14 buckets").Patient()
	s.Settle()
	if n := s.asked("ListObjectsV2"); n != 5 {
		t.Errorf("%d listings, want 5: one of the bucket's top, four below events/", n)
	}
}

// continued picks the nth and later pages of a listing.
func continued(n int) func(any) bool {
	pages := 0
	return func(in any) bool {
		if list, ok := prefixed(in); !ok || list == "" {
			return false
		}
		pages++
		return pages >= n
	}
}

func TestOddKeysAreShownSafelyAndCopiedExactly(t *testing.T) {
	tests := []struct{ name, find, shown, uri string }{
		{"control bytes", "bytes.txt", `control\x01\x02bytes.txt`, "s3://oddities/control\x01\x02bytes.txt"},
		{"escape sequence", "red.txt", `escape\x1b[2J\x1b[31mred.txt`, "s3://oddities/escape\x1b[2J\x1b[31mred.txt"},
		{"invalid UTF-8", "invalid", `invalid-\xff\xfe.txt`, "s3://oddities/invalid-\xff\xfe.txt"},
		{"right to left", "bidi", `bidi-\u202egnp.exe`, "s3://oddities/bidi-\u202egnp.exe"},
		{"a space and a plus", "plus", "plus+and space.txt", "s3://oddities/plus+and space.txt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, "s3://oddities/").on(tt.find)
			s.Want("▸ " + tt.shown).Keys("y").Want("command: Read").Keys("/").Type("URI").Keys("enter")
			if got := s.Clipboard(); got != tt.uri {
				t.Errorf("copied %q, want %q", got, tt.uri)
			}
		})
	}
}

func TestEveryFormOfAnObject(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/04/").on("orders")
	s.Keys("y").Want("orders.csv", "raw/2026/01/04/orders.csv", "s3://datalake/raw/2026/01/04/orders.csv",
		"arn:aws:s3:::datalake/raw/2026/01/04/orders.csv", "https://datalake.s3.eu-west-1.amazonaws.com/raw/2026/01/04/orders.csv",
		"aws s3 cp s3://datalake/raw/2026/01/04/orders.csv - --region eu-west-1")
}

func TestDetails(t *testing.T) {
	tests := []struct {
		name, address, row string
		want               []string
	}{
		{"an object", "s3://datalake/raw/2026/01/01/", "app.log", []string{"encoding  gzip", "class  STANDARD", "ETag"}},
		{"a prefix", "s3://datalake/", "raw/", []string{`"URI": "s3://datalake/raw/"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { at(t, tt.address).on(tt.row).Keys("i").Want(tt.want...) })
	}
}

func TestFilterAndSort(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/04/")
	s.Keys("/").Type("*.csv").Keys("enter").Want("orders.csv").Lack("app.log")
	s.Keys("esc", "/").Type(">100kb").Keys("enter").Want("app.log", "events.jsonl").Lack("orders.csv", "customers.json")
	s.Keys("esc", "o").Want("sort by").Keys("/").Type("SIZE").Keys("enter", "g").Want("▸ customers.json")
	s = at(t, "s3://datalake/raw/2026/")
	s.Keys("/").Type("parquet").Keys("enter", "*").Want("12 marked · 14.1 GB")
}

func TestTheOverviewShowsTheBuckets(t *testing.T) {
	s := at(t, "")
	frame := s.Want("S3  14 buckets").Frame()
	if !strings.Contains(s.row("logs-archive"), "us-east-1") {
		t.Errorf("no region:\n%s", frame)
	}
}
