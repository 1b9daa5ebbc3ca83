package awsclient

import "strings"

// Action returns the IAM action that allows an operation, by the SDK's names
// of both: Action("S3", "ListObjectsV2") is "s3:ListBucket". It is "" for a
// service this program does not call.
func Action(service, operation string) string {
	prefix := actionPrefix(service)
	if prefix == "" || operation == "" {
		return ""
	}
	name := operation
	switch prefix {
	case "s3":
		name = s3Action(operation)
	case "lambda":
		name = lambdaAction(operation)
	}
	return prefix + ":" + name
}

func actionPrefix(service string) string {
	switch service {
	case "EMR":
		return "elasticmapreduce"
	case "CloudWatch Logs":
		return "logs"
	case "S3", "EC2", "Lambda", "STS", "IAM", "SSM", "CloudWatch", "SSO", "KMS", "Pricing", "schemas":
		return strings.ToLower(service)
	case "Auto Scaling":
		return "autoscaling"
	case "EC2 Instance Connect":
		return "ec2-instance-connect"
	}
	return ""
}

// s3Action knows the operations that are not called after their permission.
func s3Action(operation string) string {
	switch operation {
	case "ListBuckets":
		return "ListAllMyBuckets"
	case "ListObjects", "ListObjectsV2", "HeadBucket":
		return "ListBucket"
	case "ListObjectVersions":
		return "ListBucketVersions"
	case "ListMultipartUploads":
		return "ListBucketMultipartUploads"
	case "ListParts":
		return "ListMultipartUploadParts"
	case "HeadObject", "SelectObjectContent":
		return "GetObject"
	case "CopyObject", "CreateMultipartUpload", "UploadPart", "UploadPartCopy", "CompleteMultipartUpload":
		return "PutObject"
	case "DeleteObjects":
		return "DeleteObject"
	case "GetBucketLifecycleConfiguration":
		return "GetLifecycleConfiguration"
	case "PutBucketLifecycleConfiguration", "DeleteBucketLifecycle":
		return "PutLifecycleConfiguration"
	case "DeleteBucketTagging":
		return "PutBucketTagging"
	case "GetBucketCors":
		return "GetBucketCORS"
	case "PutBucketCors", "DeleteBucketCors":
		return "PutBucketCORS"
	}
	return s3Setting(operation)
}

// s3Setting knows the settings of buckets whose permissions put the word
// "Bucket" elsewhere than the operation does.
func s3Setting(operation string) string {
	for _, setting := range []string{
		"Encryption", "Replication", "AccelerateConfiguration", "InventoryConfiguration", "MetricsConfiguration",
		"AnalyticsConfiguration", "IntelligentTieringConfiguration",
	} {
		if verb, ok := strings.CutSuffix(operation, "Bucket"+setting); ok {
			return strings.Replace(verb, "Delete", "Put", 1) + strings.TrimSuffix(setting, "Configuration") + "Configuration"
		}
	}
	for _, setting := range []string{"PublicAccessBlock", "ObjectLockConfiguration"} {
		if verb, ok := strings.CutSuffix(operation, setting); ok && !strings.HasSuffix(verb, "Bucket") {
			return strings.Replace(verb, "Delete", "Put", 1) + "Bucket" + setting
		}
	}
	return strings.Replace(operation, "BucketNotificationConfiguration", "BucketNotification", 1)
}

func lambdaAction(operation string) string {
	switch operation {
	case "Invoke", "InvokeAsync", "InvokeWithResponseStream":
		return "InvokeFunction"
	}
	return operation
}
