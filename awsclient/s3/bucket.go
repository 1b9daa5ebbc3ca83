package s3

import (
	"context"
	"fmt"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// bucketsAPage is asked for always: without it S3 does not name regions, and
// refuses accounts of more than 10,000 buckets.
const bucketsAPage = 1000

// Bucket is one bucket of the account, in whatever region.
type Bucket struct {
	Name    string    `json:"name"`
	Region  string    `json:"region,omitempty"` // "" where the server does not say
	Created time.Time `json:"created"`
}

// Buckets returns a pager over the account's buckets in every region, ordered
// by name. Each call sends one ListBuckets.
func Buckets(s *awsclient.Session) func(context.Context) ([]Bucket, bool, error) {
	var token *string
	return func(ctx context.Context) ([]Bucket, bool, error) {
		c := client(s)
		out, err := c.ListBuckets(ctx, &sdk.ListBucketsInput{MaxBuckets: aws.Int32(bucketsAPage), ContinuationToken: token})
		if err != nil {
			return nil, false, fmt.Errorf("list buckets: %w", err)
		}
		rows := make([]Bucket, len(out.Buckets))
		for i, b := range out.Buckets {
			rows[i] = Bucket{Name: aws.ToString(b.Name), Region: aws.ToString(b.BucketRegion), Created: aws.ToTime(b.CreationDate)}
			c.learnRegion(rows[i].Name, rows[i].Region)
		}
		c.learnBuckets(rows, token == nil)
		token = out.ContinuationToken
		return rows, aws.ToString(token) != "", nil
	}
}
