package demo

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// settings are what somebody has set up for a bucket; the zero value is a bucket
// as S3 makes it.
type settings struct {
	key       string // KMS key of its encryption
	unblocked bool   // its public access block was taken away
	policy    bool
	public    bool // by its policy
	requester bool // pays
	lockDays  int32
	logsTo    string
	copiesTo  string // in another region
	rules     []types.LifecycleRule
}

const demoKey = "arn:aws:kms:eu-west-1:" + AccountID + ":key/5f2a9c1e-8b7d-4e3a-9c51-0d6f4b1a2e37"

func settingsOf(bucket string) settings {
	switch bucket {
	case "acme-backups":
		return settings{lockDays: 30, requester: true, rules: []types.LifecycleRule{moves("to-glacier", "", 1, types.TransitionStorageClassGlacier, 2555)}}
	case "acme-logs", "logs-archive":
		return settings{policy: true, rules: []types.LifecycleRule{moves("old-logs", "alb/", 30, types.TransitionStorageClassStandardIa, 400), abandoned()}}
	case "acme-web-assets":
		return settings{policy: true, public: true, logsTo: "logs-archive"}
	case "datalake":
		return settings{key: demoKey, policy: true, logsTo: "acme-logs", rules: []types.LifecycleRule{
			moves("archive-raw", "raw/2024/", 180, types.TransitionStorageClassGlacier, 0), expires("tmp", "tmp/", 7), abandoned(),
		}}
	case "datalake-versioned":
		return settings{key: demoKey, copiesTo: "acme-backups", rules: []types.LifecycleRule{olderVersions()}}
	case "terraform-state":
		return settings{key: demoKey, policy: true, copiesTo: "acme-backups"}
	case "oddities":
		return settings{unblocked: true}
	}
	return settings{}
}

func below(prefix string) *types.LifecycleRuleFilter {
	return &types.LifecycleRuleFilter{Prefix: aws.String(prefix)}
}

// moves is a rule that moves objects to a class, and deletes them later unless
// after is 0.
func moves(id, prefix string, days int32, to types.TransitionStorageClass, after int32) types.LifecycleRule {
	r := types.LifecycleRule{
		ID: aws.String(id), Status: types.ExpirationStatusEnabled, Filter: below(prefix),
		Transitions: []types.Transition{{Days: aws.Int32(days), StorageClass: to}},
	}
	if after > 0 {
		r.Expiration = &types.LifecycleExpiration{Days: aws.Int32(after)}
	}
	return r
}

func expires(id, prefix string, days int32) types.LifecycleRule {
	return types.LifecycleRule{
		ID: aws.String(id), Status: types.ExpirationStatusEnabled, Filter: below(prefix),
		Expiration: &types.LifecycleExpiration{Days: aws.Int32(days)},
	}
}

func abandoned() types.LifecycleRule {
	return types.LifecycleRule{
		ID: aws.String("abandoned-uploads"), Status: types.ExpirationStatusEnabled, Filter: below(""),
		AbortIncompleteMultipartUpload: &types.AbortIncompleteMultipartUpload{DaysAfterInitiation: aws.Int32(14)},
	}
}

func olderVersions() types.LifecycleRule {
	return types.LifecycleRule{
		ID: aws.String("older-versions"), Status: types.ExpirationStatusEnabled, Filter: below(""),
		NoncurrentVersionExpiration: &types.NoncurrentVersionExpiration{NoncurrentDays: aws.Int32(90), NewerNoncurrentVersions: aws.Int32(3)},
		Expiration:                  &types.LifecycleExpiration{ExpiredObjectDeleteMarker: aws.Bool(true)},
	}
}
