package demo

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func registerS3Facts(r *router) {
	handle(r, "s3:GetBucketEncryption", bucketEncryption)
	handle(r, "s3:GetPublicAccessBlock", publicAccessBlock)
	handle(r, "s3:GetBucketPolicyStatus", bucketPolicyStatus)
	handle(r, "s3:GetBucketLifecycleConfiguration", bucketLifecycle)
	handle(r, "s3:GetObjectLockConfiguration", bucketLock)
	handle(r, "s3:GetBucketLogging", bucketLogging)
	handle(r, "s3:GetBucketRequestPayment", bucketPayment)
	handle(r, "s3:GetBucketReplication", bucketReplication)
	handle(r, "cloudwatch:GetMetricData", metricData)
}

// missing is how S3 says that a setting was never made.
func missing(code, message string) error { return apiError(code, message, http.StatusNotFound) }

func bucketEncryption(ctx context.Context, a *Account, in *s3.GetBucketEncryptionInput) (*s3.GetBucketEncryptionOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	// S3 encrypts every bucket since 2023: there is no answer without a rule.
	by := &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAes256}
	if key := settingsOf(b.name).key; key != "" {
		by = &types.ServerSideEncryptionByDefault{SSEAlgorithm: types.ServerSideEncryptionAwsKms, KMSMasterKeyID: aws.String(key)}
	}
	return &s3.GetBucketEncryptionOutput{ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{
		Rules: []types.ServerSideEncryptionRule{{ApplyServerSideEncryptionByDefault: by, BucketKeyEnabled: aws.Bool(by.KMSMasterKeyID != nil)}},
	}}, nil
}

func publicAccessBlock(ctx context.Context, a *Account, in *s3.GetPublicAccessBlockInput) (*s3.GetPublicAccessBlockOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	set := settingsOf(b.name)
	if set.unblocked {
		return nil, missing("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found")
	}
	open := aws.Bool(!set.public)
	return &s3.GetPublicAccessBlockOutput{PublicAccessBlockConfiguration: &types.PublicAccessBlockConfiguration{
		BlockPublicAcls: aws.Bool(true), IgnorePublicAcls: aws.Bool(true), BlockPublicPolicy: open, RestrictPublicBuckets: open,
	}}, nil
}

func bucketPolicyStatus(ctx context.Context, a *Account, in *s3.GetBucketPolicyStatusInput) (*s3.GetBucketPolicyStatusOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	set := settingsOf(b.name)
	if !set.policy {
		return nil, missing("NoSuchBucketPolicy", "The bucket policy does not exist")
	}
	return &s3.GetBucketPolicyStatusOutput{PolicyStatus: &types.PolicyStatus{IsPublic: aws.Bool(set.public)}}, nil
}

func bucketLifecycle(ctx context.Context, a *Account, in *s3.GetBucketLifecycleConfigurationInput) (*s3.GetBucketLifecycleConfigurationOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	rules := settingsOf(b.name).rules
	if len(rules) == 0 {
		return nil, missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist")
	}
	return &s3.GetBucketLifecycleConfigurationOutput{Rules: rules}, nil
}

func bucketLock(ctx context.Context, a *Account, in *s3.GetObjectLockConfigurationInput) (*s3.GetObjectLockConfigurationOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	days := settingsOf(b.name).lockDays
	if days == 0 {
		return nil, missing("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket")
	}
	return &s3.GetObjectLockConfigurationOutput{ObjectLockConfiguration: &types.ObjectLockConfiguration{
		ObjectLockEnabled: types.ObjectLockEnabledEnabled,
		Rule: &types.ObjectLockRule{DefaultRetention: &types.DefaultRetention{
			Mode: types.ObjectLockRetentionModeGovernance, Days: aws.Int32(days),
		}},
	}}, nil
}

func bucketLogging(ctx context.Context, a *Account, in *s3.GetBucketLoggingInput) (*s3.GetBucketLoggingOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	out := &s3.GetBucketLoggingOutput{}
	if to := settingsOf(b.name).logsTo; to != "" {
		out.LoggingEnabled = &types.LoggingEnabled{TargetBucket: aws.String(to), TargetPrefix: aws.String("s3/" + b.name + "/")}
	}
	return out, nil
}

func bucketPayment(ctx context.Context, a *Account, in *s3.GetBucketRequestPaymentInput) (*s3.GetBucketRequestPaymentOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	out := &s3.GetBucketRequestPaymentOutput{Payer: types.PayerBucketOwner}
	if settingsOf(b.name).requester {
		out.Payer = types.PayerRequester
	}
	return out, nil
}

func bucketReplication(ctx context.Context, a *Account, in *s3.GetBucketReplicationInput) (*s3.GetBucketReplicationOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	to := settingsOf(b.name).copiesTo
	if to == "" {
		return nil, missing("ReplicationConfigurationNotFoundError", "The replication configuration was not found")
	}
	return &s3.GetBucketReplicationOutput{ReplicationConfiguration: &types.ReplicationConfiguration{
		Role: aws.String("arn:aws:iam::" + AccountID + ":role/s3-replication"),
		Rules: []types.ReplicationRule{{
			ID: aws.String("all"), Status: types.ReplicationRuleStatusEnabled, Priority: aws.Int32(1),
			Destination: &types.Destination{Bucket: aws.String("arn:aws:s3:::" + to), StorageClass: types.StorageClassStandardIa},
		}},
	}}, nil
}
