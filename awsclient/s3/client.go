// Package s3 lists buckets and objects, reads and deletes objects, in plain
// domain types. Keys are kept byte for byte as S3 has them.
package s3

import (
	"errors"
	"net/http"
	"sync"
	"sync/atomic"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// service is the client of a session and region, with what it has learnt of
// buckets.
type service struct {
	*sdk.Client

	mu         sync.Mutex
	regions    map[string]string     // by bucket
	versioning map[string]Versioning // by bucket
	changes    map[string]*atomic.Int64
	listed     []string // names of buckets; nil before the first listing
}

func client(s *awsclient.Session) *service {
	return awsclient.Client(s, func(c aws.Config) *service {
		return &service{
			Client: sdk.NewFromConfig(c, func(o *sdk.Options) {
				o.UsePathStyle = s.PathStyle()
				o.APIOptions = append(o.APIOptions, requester(s))
				o.DisableLogOutputChecksumValidationSkipped = true
				// Servers that only speak like S3 stumble over checksums nobody asked for.
				o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
				o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
			}),
			regions:    map[string]string{},
			versioning: map[string]Versioning{},
			changes:    map[string]*atomic.Int64{},
		}
	})
}

// Region is where the session believes the bucket to be: what a listing of
// buckets or an earlier redirect said, and the session's own region otherwise.
func Region(s *awsclient.Session, bucket string) string {
	c := client(s)
	c.mu.Lock()
	defer c.mu.Unlock()
	if r := c.regions[bucket]; r != "" {
		return r
	}
	return s.Region()
}

func (c *service) learnRegion(bucket, region string) {
	if region == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.regions[bucket] = region
}

// at sends a request to the region of the bucket. S3 redirects a request to the
// wrong region, which the SDK does not follow: it is sent once more, to where
// the answer points.
func at[T any](s *awsclient.Session, bucket string, call func(*sdk.Client) (T, error)) (T, error) {
	region := Region(s, bucket)
	out, err := call(client(s.In(region)).Client)
	if err == nil {
		return out, nil
	}
	if to := redirect(err); to != "" && to != region {
		client(s).learnRegion(bucket, to)
		return call(client(s.In(to)).Client)
	}
	return out, err
}

// redirect is the region that a refusal points to, or "".
func redirect(err error) string {
	var e *awsclient.Error
	if errors.As(awsclient.Classify(err), &e) && e.Region != "" {
		return e.Region
	}
	// A HEAD request to the wrong region may be answered with a bare 400.
	var resp *awshttp.ResponseError
	if errors.As(err, &resp) && resp.HTTPStatusCode() == http.StatusBadRequest {
		return resp.Response.Header.Get("X-Amz-Bucket-Region")
	}
	return ""
}
