package s3

import (
	"context"
	"errors"
	"net/http"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Retention is how long Object Lock keeps a version; the zero value does not.
type Retention struct {
	Mode  string // GOVERNANCE or COMPLIANCE
	Until time.Time
}

// DescribeRetention asks GetObjectRetention. A bucket without Object Lock, and a
// version without a retention, have the zero Retention and no error.
func DescribeRetention(ctx context.Context, s *awsclient.Session, o Object) (Retention, error) {
	in := &sdk.GetObjectRetentionInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: o.version()}
	out, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.GetObjectRetentionOutput, error) { return c.GetObjectRetention(ctx, in) })
	switch {
	case lockless(err):
		return Retention{}, nil
	case err != nil:
		return Retention{}, wrap(err, "ask for the retention of %s", URI(o.Bucket, o.Key))
	case out.Retention == nil:
		return Retention{}, nil
	}
	return Retention{Mode: string(out.Retention.Mode), Until: aws.ToTime(out.Retention.RetainUntilDate)}, nil
}

// DescribeLegalHold asks GetObjectLegalHold, and is false also where the bucket
// has no Object Lock.
func DescribeLegalHold(ctx context.Context, s *awsclient.Session, o Object) (bool, error) {
	in := &sdk.GetObjectLegalHoldInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: o.version()}
	out, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.GetObjectLegalHoldOutput, error) { return c.GetObjectLegalHold(ctx, in) })
	switch {
	case lockless(err):
		return false, nil
	case err != nil:
		return false, wrap(err, "ask for the legal hold of %s", URI(o.Bucket, o.Key))
	}
	return out.LegalHold != nil && out.LegalHold.Status == types.ObjectLockLegalHoldStatusOn, nil
}

// lockless tells the answers that mean that there is no lock: the bucket has
// none, or the version.
func lockless(err error) bool {
	var e *awsclient.Error
	if !errors.As(awsclient.Classify(err), &e) {
		return false
	}
	return e.Code == "NoSuchObjectLockConfiguration" || e.Code == "ObjectLockConfigurationNotFoundError" ||
		e.Code == "InvalidRequest" && e.Status == http.StatusBadRequest
}
