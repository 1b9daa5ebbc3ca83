package s3

import (
	"context"
	"errors"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// BucketDetails is what S3 tells of one bucket. What one is not allowed to know
// is in Unknown, with the reason.
type BucketDetails struct {
	Name       string
	ARN        string
	URI        string
	Region     string
	Created    time.Time
	Versioning string            `json:",omitempty"`
	Tags       map[string]string `json:",omitempty"`
	Unknown    map[string]string `json:",omitempty"` // why, by field
}

// DescribeBucket asks GetBucketVersioning and GetBucketTagging. It fails only
// when neither is answered.
func DescribeBucket(ctx context.Context, s *awsclient.Session, b Bucket) (BucketDetails, error) {
	d := BucketDetails{Name: b.Name, URI: URI(b.Name, ""), Created: b.Created, Unknown: map[string]string{}}
	v, errV := LearnVersioning(ctx, s, b.Name)
	if errV != nil {
		d.Unknown["Versioning"] = awsclient.Classify(errV).Error()
	}
	d.Versioning = map[Versioning]string{
		VersioningOff: "never enabled", VersioningOn: "enabled", VersioningSuspended: "suspended", VersioningHidden: "not allowed to know",
	}[v]
	var errT error
	if d.Tags, errT = tags(ctx, s, b.Name); errT != nil {
		d.Unknown["Tags"] = awsclient.Classify(errT).Error()
	}
	if errV != nil && errT != nil {
		return BucketDetails{}, errV
	}
	d.Region = Region(s, b.Name)
	d.ARN = ARN(d.Region, b.Name, "")
	return d, nil
}

func tags(ctx context.Context, s *awsclient.Session, bucket string) (map[string]string, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketTaggingOutput, error) {
		return c.GetBucketTagging(ctx, &sdk.GetBucketTaggingInput{Bucket: &bucket})
	})
	var e *awsclient.Error
	if errors.As(awsclient.Classify(err), &e) {
		if e.Code == "NoSuchTagSet" {
			return nil, nil
		}
		return nil, wrap(err, "ask for the tags of %s", bucket)
	}
	all := make(map[string]string, len(out.TagSet))
	for _, t := range out.TagSet {
		all[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	return all, nil
}
