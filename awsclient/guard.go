package awsclient

import (
	"context"
	"fmt"
	"strings"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// guard refuses every operation that is not on the list of those that only
// read, before the first attempt: no request is sent, and none is signed for
// later use.
type guard struct{}

// BeforeRetryLoop implements the SDK's interceptor.
func (guard) BeforeRetryLoop(ctx context.Context, _ *smithyhttp.InterceptorContext) error {
	service, operation := awsmiddleware.GetServiceID(ctx), awsmiddleware.GetOperationName(ctx)
	if reads(service, operation) {
		return nil
	}
	return &Error{
		Kind: ReadOnly, Service: service, Operation: operation, Action: Action(service, operation),
		Message: fmt.Sprintf("read-only: %s was not sent", or(Action(service, operation), operation)),
		Err:     ErrReadOnly,
	}
}

// reads says whether an operation changes nothing, costs no more than its
// request and reveals no secret. Every operation is named: a prefix such as
// "Get" would let through GetPasswordData, and "Describe" those to come.
func reads(service, operation string) bool {
	for name := range strings.FieldsSeq(readOperations(service)) {
		if name == operation {
			return true
		}
	}
	return false
}

func readOperations(service string) string {
	switch service {
	case "S3":
		return s3Reads
	case "EC2":
		return ec2Reads
	case "Lambda":
		return lambdaReads
	case "EMR":
		return emrReads
	case "CloudWatch Logs":
		return "DescribeLogGroups DescribeLogStreams FilterLogEvents GetLogEvents ListTagsForResource"
	case "CloudWatch":
		return "GetMetricData GetMetricStatistics ListMetrics DescribeAlarms"
	case "schemas":
		return "DescribeRegistry DescribeSchema ListSchemaVersions GetDiscoveredSchema"
	case "STS":
		return "GetCallerIdentity GetSessionToken AssumeRole AssumeRoleWithWebIdentity AssumeRoleWithSAML " +
			"DecodeAuthorizationMessage GetAccessKeyInfo"
	case "IAM":
		return "ListAccountAliases GetUser GetRole"
	case "SSO":
		return "GetRoleCredentials ListAccounts ListAccountRoles"
	case "SSO OIDC":
		return "CreateToken RegisterClient StartDeviceAuthorization"
	case "Signin":
		return "CreateOAuth2Token"
	}
	return ""
}

const (
	s3Reads = `ListBuckets ListObjects ListObjectsV2 ListObjectVersions ListMultipartUploads ListParts
		HeadBucket HeadObject GetObject GetObjectAttributes GetObjectTagging GetObjectAcl GetObjectLegalHold
		GetObjectRetention GetObjectLockConfiguration GetBucketLocation GetBucketVersioning GetBucketTagging
		GetBucketAcl GetBucketPolicy GetBucketPolicyStatus GetBucketEncryption GetBucketLifecycleConfiguration
		GetBucketReplication GetBucketLogging GetBucketNotificationConfiguration GetBucketCors GetBucketWebsite
		GetBucketOwnershipControls GetBucketRequestPayment GetBucketAccelerateConfiguration GetPublicAccessBlock
		ListBucketInventoryConfigurations GetBucketInventoryConfiguration CreateSession`
	ec2Reads = `DescribeInstances DescribeInstanceStatus DescribeInstanceTypes DescribeInstanceAttribute
		DescribeInstanceCreditSpecifications DescribeImages DescribeVolumes DescribeVolumeStatus DescribeSnapshots
		DescribeAddresses DescribeVpcs DescribeSubnets DescribeSecurityGroups DescribeSecurityGroupRules
		DescribeNetworkInterfaces DescribeRegions DescribeAvailabilityZones DescribeTags DescribeKeyPairs
		DescribeLaunchTemplates DescribeSpotInstanceRequests DescribeRouteTables DescribeInternetGateways
		DescribeNatGateways GetConsoleOutput`
	lambdaReads = `ListFunctions GetFunctionConfiguration ListAliases GetAlias ListVersionsByFunction
		GetFunctionConcurrency ListProvisionedConcurrencyConfigs GetProvisionedConcurrencyConfig
		ListEventSourceMappings GetEventSourceMapping GetFunctionUrlConfig ListFunctionUrlConfigs
		GetFunctionEventInvokeConfig ListFunctionEventInvokeConfigs GetPolicy ListTags GetAccountSettings
		ListLayers GetFunctionRecursionConfig GetRuntimeManagementConfig GetFunction`
	emrReads = `ListClusters DescribeCluster ListSteps DescribeStep ListInstances ListInstanceGroups
		ListInstanceFleets ListBootstrapActions GetAutoTerminationPolicy GetManagedScalingPolicy
		DescribeSecurityConfiguration ListSecurityConfigurations ListReleaseLabels DescribeReleaseLabel
		GetBlockPublicAccessConfiguration`
)
