package s3

import (
	"context"
	"fmt"
	"strings"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func lifecycleFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketLifecycleConfigurationOutput, error) {
		return c.GetBucketLifecycleConfiguration(ctx, &sdk.GetBucketLifecycleConfigurationInput{Bucket: &bucket})
	})
	if err != nil {
		return nil, unset(err, "NoSuchLifecycleConfiguration", "lifecycle", bucket)
	}
	var facts []Fact
	for i, r := range out.Rules {
		facts = append(facts, Fact{ruleName(r.ID, i), ruleText(r)})
	}
	return facts, nil
}

// ruleText says of a lifecycle rule whether it is on, what it is about and what
// it does.
func ruleText(r types.LifecycleRule) string {
	words := []string{strings.ToLower(string(r.Status))}
	if about := ruleScope(r); about != "" {
		words = append(words, about)
	}
	for _, t := range r.Transitions {
		words = append(words, fmt.Sprintf("to %s %s", t.StorageClass, when(t.Days, t.Date)))
	}
	if e := r.Expiration; e != nil {
		if aws.ToBool(e.ExpiredObjectDeleteMarker) {
			words = append(words, "markers with nothing below them go")
		} else {
			words = append(words, "expires "+when(e.Days, e.Date))
		}
	}
	for _, t := range r.NoncurrentVersionTransitions {
		words = append(words, fmt.Sprintf("older versions to %s after %s", t.StorageClass, times(aws.ToInt32(t.NoncurrentDays), "day")))
	}
	if e := r.NoncurrentVersionExpiration; e != nil {
		text := "older versions expire after " + times(aws.ToInt32(e.NoncurrentDays), "day")
		if n := aws.ToInt32(e.NewerNoncurrentVersions); n > 0 {
			text += fmt.Sprintf(", but for the newest %d", n)
		}
		words = append(words, text)
	}
	if a := r.AbortIncompleteMultipartUpload; a != nil {
		words = append(words, "open uploads end after "+times(aws.ToInt32(a.DaysAfterInitiation), "day"))
	}
	return strings.Join(words, " · ")
}

// ruleScope is what a rule is about, "" for everything.
func ruleScope(r types.LifecycleRule) string {
	prefix := aws.ToString(r.Prefix) //nolint:staticcheck // rules of before 2018 still have it
	var tags []types.Tag
	var over, under *int64
	if f := r.Filter; f != nil {
		if aws.ToString(f.Prefix) != "" {
			prefix = *f.Prefix
		}
		if f.Tag != nil {
			tags = append(tags, *f.Tag)
		}
		over, under = f.ObjectSizeGreaterThan, f.ObjectSizeLessThan
		if a := f.And; a != nil {
			prefix, tags, over, under = aws.ToString(a.Prefix), a.Tags, a.ObjectSizeGreaterThan, a.ObjectSizeLessThan
		}
	}
	var words []string
	if prefix != "" {
		words = append(words, "below "+prefix)
	}
	for _, t := range tags {
		words = append(words, "tagged "+aws.ToString(t.Key)+"="+aws.ToString(t.Value))
	}
	if over != nil {
		words = append(words, fmt.Sprintf("over %d bytes", *over))
	}
	if under != nil {
		words = append(words, fmt.Sprintf("under %d bytes", *under))
	}
	return strings.Join(words, ", ")
}

// when is the moment of a step: so many days after the upload, or a date.
func when(days *int32, date *time.Time) string {
	if date != nil {
		return "on " + date.UTC().Format(time.DateOnly)
	}
	return "after " + times(aws.ToInt32(days), "day")
}
