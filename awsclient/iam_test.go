package awsclient_test

import (
	"testing"

	"straws/awsclient"
)

func TestActionsOfOperations(t *testing.T) {
	for _, test := range []struct{ service, operation, want string }{
		{"S3", "ListBuckets", "s3:ListAllMyBuckets"},
		{"S3", "ListObjectsV2", "s3:ListBucket"},
		{"S3", "HeadBucket", "s3:ListBucket"},
		{"S3", "HeadObject", "s3:GetObject"},
		{"S3", "DeleteObjects", "s3:DeleteObject"},
		{"S3", "ListObjectVersions", "s3:ListBucketVersions"},
		{"S3", "ListParts", "s3:ListMultipartUploadParts"},
		{"S3", "CompleteMultipartUpload", "s3:PutObject"},
		{"S3", "GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"},
		{"S3", "GetBucketEncryption", "s3:GetEncryptionConfiguration"},
		{"S3", "DeleteBucketEncryption", "s3:PutEncryptionConfiguration"},
		{"S3", "GetBucketReplication", "s3:GetReplicationConfiguration"},
		{"S3", "GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration"},
		{"S3", "PutBucketInventoryConfiguration", "s3:PutInventoryConfiguration"},
		{"S3", "GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"},
		{"S3", "DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock"},
		{"S3", "GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"},
		{"S3", "GetBucketNotificationConfiguration", "s3:GetBucketNotification"},
		{"S3", "GetBucketVersioning", "s3:GetBucketVersioning"},
		{"S3", "GetBucketCors", "s3:GetBucketCORS"},
		{"S3", "RestoreObject", "s3:RestoreObject"},
		{"EC2", "TerminateInstances", "ec2:TerminateInstances"},
		{"Lambda", "Invoke", "lambda:InvokeFunction"},
		{"Lambda", "ListFunctions", "lambda:ListFunctions"},
		{"Lambda", "UpdateFunctionConfiguration", "lambda:UpdateFunctionConfiguration"},
		{"Lambda", "DeleteFunction", "lambda:DeleteFunction"},
		{"Lambda", "ListEventSourceMappings", "lambda:ListEventSourceMappings"},
		{"Lambda", "GetFunctionUrlConfig", "lambda:GetFunctionUrlConfig"},
		{"EMR", "AddJobFlowSteps", "elasticmapreduce:AddJobFlowSteps"},
		{"CloudWatch Logs", "FilterLogEvents", "logs:FilterLogEvents"},
		{"STS", "AssumeRole", "sts:AssumeRole"},
		{"EC2 Instance Connect", "SendSSHPublicKey", "ec2-instance-connect:SendSSHPublicKey"},
		{"Nobody", "Knows", ""},
		{"S3", "", ""},
	} {
		if got := awsclient.Action(test.service, test.operation); got != test.want {
			t.Errorf("%s %s is %q, want %q", test.service, test.operation, got, test.want)
		}
	}
}
