package s3_test

import (
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/s3"
)

func TestARestoreIsBilledByTierAndClass(t *testing.T) {
	for _, tt := range []struct {
		class string
		tier  s3.Tier
		want  float64
	}{
		{"GLACIER", s3.Standard, 1.00005},
		{"GLACIER", s3.Bulk, 0},
		{"GLACIER", s3.Expedited, 3.01},
		{s3.DeepArchive, s3.Standard, 2.0001},
		{s3.DeepArchive, s3.Bulk, 0.250025},
		{s3.Tiered, s3.Standard, 0},
	} {
		if got := s3.RetrievalOf(tt.class, tt.tier).Cost(1, 100e9); got < tt.want-1e-9 || got > tt.want+1e-9 {
			t.Errorf("%s, %s: $%v, want $%v", tt.class, tt.tier, got, tt.want)
		}
	}
	if s3.RetrievalOf(s3.DeepArchive, s3.Expedited).Takes != "" {
		t.Error("the deep archive has no expedited tier")
	}
}

func TestARestoreTakesItsTime(t *testing.T) {
	a, s := open(t)
	o := s3.Object{Bucket: "datalake", Key: "raw/2024/02/orders.csv"}
	if err := s3.Restore(t.Context(), s, o, s3.Standard, 2); err != nil {
		t.Fatal(err)
	}
	if e := find(t, s, o.Bucket, o.Key); !e.Restoring() || !e.Archived() {
		t.Errorf("restoring %v, archived %v", e.Restoring(), e.Archived())
	}
	if err := s3.Restore(t.Context(), s, o, s3.Standard, 2); err == nil || !strings.Contains(awsclient.Classify(err).Error(), "it is being restored already") {
		t.Errorf("again: %v", err)
	}
	a.Advance(3 * time.Hour)
	if e := find(t, s, o.Bucket, o.Key); !e.Restoring() {
		t.Error("it is there too soon")
	}
	a.Advance(2 * time.Hour)
	if e := find(t, s, o.Bucket, o.Key); e.Restoring() || e.Archived() || !e.Restored() {
		t.Error("it is not there after five hours")
	}
	a.Advance(5 * 24 * time.Hour)
	if e := find(t, s, o.Bucket, o.Key); !e.Archived() {
		t.Error("the copy stays for ever")
	}
}

func TestDeniedKeysAreNamed(t *testing.T) {
	a, s := open(t)
	a.Fail("s3:CopyObject", demo.Fault{Code: "AccessDenied", Status: 403, Message: "User: arn:aws:iam::1:user/ada is not authorized to perform: " +
		"kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:1:key/abc because no identity-based policy allows the kms:GenerateDataKey action"})
	err := s3.ChangeClass(t.Context(), s, s3.Object{Bucket: "datalake-versioned", Key: "reports/summary.csv"}, "", "STANDARD_IA", nil)
	if got := awsclient.Classify(err).Error(); !strings.Contains(got, "kms:GenerateDataKey on arn:aws:kms:eu-west-1:1:key/abc") {
		t.Errorf("got %s", got)
	}
}
