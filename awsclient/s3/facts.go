package s3

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Fact is one setting of a bucket, in words.
type Fact struct{ Label, Value string }

// Topic is a part of what can be known of a bucket: one request, allowed or
// denied by itself.
type Topic struct {
	Title string
	None  string // what it means that nothing is configured
	// Ask returns what is configured; nothing, and no error, when nothing is.
	Ask func(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error)
}

// Topics are the settings of a bucket, those that matter most first.
func Topics() []Topic {
	return []Topic{
		{"versioning", "never enabled: what is deleted or replaced is gone", versioningFacts},
		{"encryption", "not configured", encryptionFacts},
		{"public access", "no block of its own: only the account's applies", publicAccessFacts},
		{"policy", "no bucket policy", policyFacts},
		{"lifecycle", "no rules: nothing moves or expires by itself", lifecycleFacts},
		{"object lock", "not enabled", lockFacts},
		{"access log", "not kept", loggingFacts},
		{"requests", "paid by the bucket's owner", paymentFacts},
		{"replication", "not configured", replicationFacts},
		{"tags", "none", tagFacts},
	}
}

// unset turns the refusal that means "not configured" into no error at all.
func unset(err error, code, what, bucket string) error {
	var e *awsclient.Error
	if err == nil || errors.As(awsclient.Classify(err), &e) && e.Code == code {
		return nil
	}
	return wrap(err, "ask for the %s of %s", what, bucket)
}

func versioningFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketVersioningOutput, error) {
		return c.GetBucketVersioning(ctx, &sdk.GetBucketVersioningInput{Bucket: &bucket})
	})
	if err != nil || out.Status == "" {
		return nil, unset(err, "", "versioning", bucket)
	}
	facts := []Fact{{"state", strings.ToLower(string(out.Status))}}
	if out.MFADelete != "" {
		facts = append(facts, Fact{"MFA delete", strings.ToLower(string(out.MFADelete))})
	}
	return facts, nil
}

func encryptionFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketEncryptionOutput, error) {
		return c.GetBucketEncryption(ctx, &sdk.GetBucketEncryptionInput{Bucket: &bucket})
	})
	if err != nil || out.ServerSideEncryptionConfiguration == nil {
		return nil, unset(err, "ServerSideEncryptionConfigurationNotFoundError", "encryption", bucket)
	}
	var facts []Fact
	for _, r := range out.ServerSideEncryptionConfiguration.Rules {
		if by := r.ApplyServerSideEncryptionByDefault; by != nil {
			facts = append(facts, Fact{"by default", string(by.SSEAlgorithm)}, Fact{"KMS key", aws.ToString(by.KMSMasterKeyID)})
		}
		if aws.ToBool(r.BucketKeyEnabled) {
			facts = append(facts, Fact{"bucket key", "enabled: fewer requests to KMS"})
		}
	}
	return facts, nil
}

func loggingFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketLoggingOutput, error) {
		return c.GetBucketLogging(ctx, &sdk.GetBucketLoggingInput{Bucket: &bucket})
	})
	if err != nil || out.LoggingEnabled == nil {
		return nil, unset(err, "", "access log", bucket)
	}
	return []Fact{{"written to", URI(aws.ToString(out.LoggingEnabled.TargetBucket), aws.ToString(out.LoggingEnabled.TargetPrefix))}}, nil
}

func paymentFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketRequestPaymentOutput, error) {
		return c.GetBucketRequestPayment(ctx, &sdk.GetBucketRequestPaymentInput{Bucket: &bucket})
	})
	if err != nil || out.Payer != types.PayerRequester {
		return nil, unset(err, "", "request payment", bucket)
	}
	return []Fact{{"paid by", "the requester"}}, nil
}

func tagFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketTaggingOutput, error) {
		return c.GetBucketTagging(ctx, &sdk.GetBucketTaggingInput{Bucket: &bucket})
	})
	if err != nil {
		return nil, unset(err, "NoSuchTagSet", "tags", bucket)
	}
	all := make(map[string]string, len(out.TagSet))
	for _, t := range out.TagSet {
		all[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	var facts []Fact
	for _, k := range slices.Sorted(maps.Keys(all)) {
		facts = append(facts, Fact{k, all[k]})
	}
	return facts, nil
}
