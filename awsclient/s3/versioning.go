package s3

import (
	"context"
	"errors"

	"straws/awsclient"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Versioning is what a bucket does with an object that is deleted or replaced.
type Versioning int

// States of versioning.
const (
	VersioningUnknown   Versioning = iota // not asked
	VersioningHidden                      // not allowed to know
	VersioningOff                         // what is deleted is gone
	VersioningOn                          // a delete adds a marker on top
	VersioningSuspended                   // the version without an id is destroyed, older ones stay
)

// KnownVersioning is what LearnVersioning found, without a request.
func KnownVersioning(s *awsclient.Session, bucket string) Versioning {
	c := client(s)
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.versioning[bucket]
}

// LearnVersioning asks GetBucketVersioning, once per session and bucket, also
// where that is refused.
func LearnVersioning(ctx context.Context, s *awsclient.Session, bucket string) (Versioning, error) {
	if v := KnownVersioning(s, bucket); v != VersioningUnknown {
		return v, nil
	}
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketVersioningOutput, error) {
		return c.GetBucketVersioning(ctx, &sdk.GetBucketVersioningInput{Bucket: &bucket})
	})
	var refused *awsclient.Error
	if errors.As(awsclient.Classify(err), &refused) && refused.Kind == awsclient.Denied {
		client(s).learnVersioning(bucket, VersioningHidden)
	}
	if err != nil {
		return VersioningUnknown, wrap(err, "ask for the versioning of %s", bucket)
	}
	v := VersioningOff
	switch out.Status {
	case types.BucketVersioningStatusEnabled:
		v = VersioningOn
	case types.BucketVersioningStatusSuspended:
		v = VersioningSuspended
	}
	client(s).learnVersioning(bucket, v)
	return v, nil
}

func (c *service) learnVersioning(bucket string, v Versioning) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.versioning[bucket] = v
}
