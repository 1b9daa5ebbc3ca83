package s3_test

import (
	"slices"
	"testing"

	"straws/awsclient/demo"
	"straws/awsclient/s3"
)

func TestComplete(t *testing.T) {
	a, s := open(t)
	tests := []struct {
		text string
		want []string
	}{
		{"s3", []string{"s3://"}},
		{"s3://data", []string{"s3://datalake-versioned/", "s3://datalake/"}},
		{"s3://datalake/r", []string{"s3://datalake/raw/"}},
		{"s3://datalake/raw/2026/01/04/o", []string{"s3://datalake/raw/2026/01/04/orders.csv"}},
		{"s3://oddities/double/", []string{"s3://oddities/double//"}},
		{"s3://secret-vault/", nil},
		{"/home", nil},
	}
	for _, tt := range tests {
		if got := s3.Complete(t.Context(), s, tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.text, got, tt.want)
		}
	}
	s3.Complete(t.Context(), s, "s3://big-million/events/part-0")
	if n := len(a.Calls("s3:ListObjectsV2")); n != 5 {
		t.Errorf("%d listings for five completions", n)
	}
}

func TestCompleteKnowsTheBucketsThatWereListed(t *testing.T) {
	a, s := open(t)
	all(t, s3.Buckets(s))
	a.Fail("s3:ListBuckets", demo.Denied)
	if got := s3.Complete(t.Context(), s, "s3://logs"); !slices.Equal(got, []string{"s3://logs-archive/"}) {
		t.Errorf("got %q", got)
	}
	if n := len(a.Calls("s3:ListBuckets")); n != 1 {
		t.Errorf("the buckets were listed %d times", n)
	}
}
