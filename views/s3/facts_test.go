package s3_test

import (
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
)

func TestFactsOfABucket(t *testing.T) {
	tests := []struct {
		bucket     string
		want, lack []string
	}{
		{"datalake -versioned", []string{
			"S3 › datalake facts", "arn:aws:s3:::datalake", "eu-west-1", "2024-03-02 06:30:00 UTC", "aws:kms", "never enabled",
			"all of it: ACLs and policies", "not public", "below raw/2024/ · to GLACIER after 180 days", "below tmp/ · expires after 7 days",
			"open uploads end after 14 days", "s3://acme-logs/s3/datalake/", "paid by the bucket's owner", "Standard ", "Glacier ",
		}, []string{"loading", "✗"}},
		{"datalake-versioned", []string{"enabled", "older versions expire after 90 days, but for the newest 3", "markers with nothing below them go", "to acme-backups as STANDARD_IA"}, nil},
		{"acme-web-assets", []string{"us-east-1", "✗ PUBLIC", "✗ opens it to everybody"}, nil},
		{"acme-backups", []string{"governance, for 30 days", "the requester", "eu-central-1"}, nil},
		{"big-million", []string{"1,000,000"}, nil},
		{"oddities", []string{"no block of its own"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.bucket, func(t *testing.T) {
			s := sized(t, "s3", 200, 80).on(tt.bucket)
			if n := len(s.account.Calls("*")) - s.asked("ListBuckets"); n > 3 {
				t.Errorf("%d requests before anybody has asked", n)
			}
			s.Keys("i").Want(tt.want...).Lack(tt.lack...)
		})
	}
}

func TestEachFactIsDeniedByItself(t *testing.T) {
	s := sized(t, "s3", 200, 80, func(_ *awsclient.Options, a *demo.Account) {
		a.Fail("s3:GetBucketEncryption", demo.Denied)
		a.Fail("cloudwatch:GetMetricData", demo.Denied)
		a.Fail("s3:GetBucketReplication", demo.Internal)
	}).on("invoices")
	s.Keys("i").Want("not allowed: s3:GetEncryptionConfiguration", "not allowed: cloudwatch:GetMetricData", "S3 failed at GetBucketReplication",
		"finance", "no bucket policy", "3 sections could not be read")
	s.Keys("y").Want("policy: s3:GetEncryptionConfiguration", "this page").Keys("esc")
	s = sized(t, "s3", 200, 80).on("secret-vault")
	s.Keys("i").Want("secret-vault", "not allowed: s3:GetBucketVersioning", "explicit deny")
}

func TestFactsInAReadOnlySession(t *testing.T) {
	s := sized(t, "s3", 200, 80, func(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true }).on("datalake -versioned")
	s.Keys("i").Want("never enabled", "Standard ").Lack("✗")
}
