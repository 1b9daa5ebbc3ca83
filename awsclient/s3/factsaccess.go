package s3

import (
	"context"
	"fmt"
	"strings"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

func publicAccessFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetPublicAccessBlockOutput, error) {
		return c.GetPublicAccessBlock(ctx, &sdk.GetPublicAccessBlockInput{Bucket: &bucket})
	})
	if err != nil || out.PublicAccessBlockConfiguration == nil {
		return nil, unset(err, "NoSuchPublicAccessBlockConfiguration", "public access block", bucket)
	}
	c := out.PublicAccessBlockConfiguration
	facts := []Fact{
		{"new public ACLs", word(c.BlockPublicAcls, "refused", "✗ accepted")},
		{"public ACLs", word(c.IgnorePublicAcls, "ignored", "✗ in force")},
		{"new public policies", word(c.BlockPublicPolicy, "refused", "✗ accepted")},
		{"a public policy", word(c.RestrictPublicBuckets, "opens it to the account only", "✗ opens it to everybody")},
	}
	if aws.ToBool(c.BlockPublicAcls) && aws.ToBool(c.IgnorePublicAcls) && aws.ToBool(c.BlockPublicPolicy) && aws.ToBool(c.RestrictPublicBuckets) {
		return []Fact{{"blocked", "all of it: ACLs and policies, old and new"}}, nil
	}
	return facts, nil
}

func word(b *bool, yes, no string) string {
	if aws.ToBool(b) {
		return yes
	}
	return no
}

func policyFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketPolicyStatusOutput, error) {
		return c.GetBucketPolicyStatus(ctx, &sdk.GetBucketPolicyStatusInput{Bucket: &bucket})
	})
	if err != nil || out.PolicyStatus == nil {
		return nil, unset(err, "NoSuchBucketPolicy", "policy", bucket)
	}
	return []Fact{{"by its policy", word(out.PolicyStatus.IsPublic, "✗ PUBLIC", "not public")}}, nil
}

func lockFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetObjectLockConfigurationOutput, error) {
		return c.GetObjectLockConfiguration(ctx, &sdk.GetObjectLockConfigurationInput{Bucket: &bucket})
	})
	if err != nil || out.ObjectLockConfiguration == nil || out.ObjectLockConfiguration.ObjectLockEnabled == "" {
		return nil, unset(err, "ObjectLockConfigurationNotFoundError", "object lock", bucket)
	}
	facts := []Fact{{"state", "enabled"}}
	if r := out.ObjectLockConfiguration.Rule; r != nil && r.DefaultRetention != nil {
		d := r.DefaultRetention
		for _, span := range []struct {
			n    *int32
			unit string
		}{{d.Days, "day"}, {d.Years, "year"}} {
			if n := aws.ToInt32(span.n); n > 0 {
				facts = append(facts, Fact{"by default", fmt.Sprintf("%s, for %s", strings.ToLower(string(d.Mode)), times(n, span.unit))})
			}
		}
	}
	return facts, nil
}

// times is "1 day" or "30 days".
func times(n int32, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

func replicationFacts(ctx context.Context, s *awsclient.Session, bucket string) ([]Fact, error) {
	out, err := at(s, bucket, func(c *sdk.Client) (*sdk.GetBucketReplicationOutput, error) {
		return c.GetBucketReplication(ctx, &sdk.GetBucketReplicationInput{Bucket: &bucket})
	})
	if err != nil || out.ReplicationConfiguration == nil {
		return nil, unset(err, "ReplicationConfigurationNotFoundError", "replication", bucket)
	}
	var facts []Fact
	for i, r := range out.ReplicationConfiguration.Rules {
		value := strings.ToLower(string(r.Status))
		if r.Destination != nil {
			value += ", to " + strings.TrimPrefix(aws.ToString(r.Destination.Bucket), "arn:aws:s3:::")
			if r.Destination.StorageClass != "" {
				value += " as " + string(r.Destination.StorageClass)
			}
		}
		if r.Filter != nil && aws.ToString(r.Filter.Prefix) != "" {
			value += ", what is below " + *r.Filter.Prefix
		}
		facts = append(facts, Fact{ruleName(r.ID, i), value})
	}
	return facts, nil
}

// ruleName is a rule's id, or its place among the rules.
func ruleName(id *string, i int) string {
	if name := aws.ToString(id); name != "" {
		return name
	}
	return fmt.Sprintf("rule %d", i+1)
}
