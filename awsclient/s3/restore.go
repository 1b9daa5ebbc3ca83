package s3

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Tier is how fast, and how dear, an archived object is restored.
type Tier string

// The tiers, by rising speed.
const (
	Bulk      = Tier(types.TierBulk)
	Standard  = Tier(types.TierStandard)
	Expedited = Tier(types.TierExpedited)
)

// Retrieval is what one tier does for one class: list prices of us-east-1.
type Retrieval struct {
	Takes   string  // "3 to 5 hours"; "" where the class does not have the tier
	GB      float64 // dollars for 10⁹ bytes
	Request float64 // dollars for one object
}

// DeepArchive is the class that takes longest.
const DeepArchive = "DEEP_ARCHIVE"

// Tiered is the class whose archive tiers a listing does not tell.
const Tiered = "INTELLIGENT_TIERING"

// RetrievalOf is what a tier does for objects of a class. Of INTELLIGENT_TIERING
// it is that of its archive access tier; the deep one takes as long as DEEP_ARCHIVE.
func RetrievalOf(class string, t Tier) Retrieval {
	switch {
	case class == DeepArchive && t == Standard:
		return Retrieval{Takes: "12 hours", GB: 0.02, Request: 0.0001}
	case class == DeepArchive && t == Bulk:
		return Retrieval{Takes: "48 hours", GB: 0.0025, Request: 0.000025}
	case class == DeepArchive:
		return Retrieval{}
	case t == Expedited:
		return Retrieval{Takes: "1 to 5 minutes", GB: 0.03, Request: 0.01}
	case t == Bulk:
		return Retrieval{Takes: "5 to 12 hours"}
	case class == Tiered:
		return Retrieval{Takes: "3 to 5 hours"}
	}
	return Retrieval{Takes: "3 to 5 hours", GB: 0.01, Request: 0.00005}
}

// copyMonth is what a readable copy costs beside its archive, in dollars for 10⁹
// bytes in a month of 30 days.
const copyMonth = 0.023

// CopyCost is what readable copies of so many bytes cost for so many days.
func CopyCost(bytes int64, days int) float64 {
	return float64(bytes) / 1e9 * copyMonth / 30 * float64(days)
}

// Cost is what restoring n objects of so many bytes costs.
func (r Retrieval) Cost(n int, bytes int64) float64 {
	return r.GB*float64(bytes)/1e9 + r.Request*float64(n)
}

// Restore asks RestoreObject for a readable copy that stays for so many days, or,
// with 0 days, for an object of INTELLIGENT_TIERING to leave its archive tier. AWS
// only begins with it. Where a copy is there already, its days are changed.
func Restore(ctx context.Context, s *awsclient.Session, o Object, t Tier, days int) error {
	request := &types.RestoreRequest{GlacierJobParameters: &types.GlacierJobParameters{Tier: types.Tier(t)}}
	if days > 0 {
		request.Days = aws.Int32(int32(days))
	}
	in := &sdk.RestoreObjectInput{Bucket: &o.Bucket, Key: &o.Key, VersionId: o.version(), RestoreRequest: request}
	_, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.RestoreObjectOutput, error) { return c.RestoreObject(ctx, in) })
	if err != nil {
		return wrap(restoreRefusal(o, err), "restore %s", URI(o.Bucket, o.Key))
	}
	return nil
}

// restoreRefusal says what AWS's codes mean for the one who asked.
func restoreRefusal(o Object, err error) error {
	var e *awsclient.Error
	if !errors.As(awsclient.Classify(err), &e) {
		return err
	}
	why := map[string]string{
		"RestoreAlreadyInProgress":              "it is being restored already",
		"GlacierExpeditedRetrievalNotAvailable": "AWS has no capacity for expedited restores now: try again later, or take the standard tier",
	}[e.Code]
	if e.Code == "InvalidObjectState" && strings.Contains(e.Message, "not allowed") {
		why = "it is not archived: it can be read as it is"
	}
	if why == "" {
		return err
	}
	return &awsclient.Error{
		Kind: awsclient.Invalid, Service: "S3", Operation: "RestoreObject", Target: "object " + o.Bucket + "/" + o.Key,
		Message: why, RequestID: e.RequestID, Status: e.Status, Err: err,
	}
}

// RestoreCommand is the aws command that does the same.
func RestoreCommand(o Object, t Tier, days int) []string {
	request := fmt.Sprintf(`{"GlacierJobParameters":{"Tier":%q}}`, t)
	if days > 0 {
		request = fmt.Sprintf(`{"Days":%d,"GlacierJobParameters":{"Tier":%q}}`, days, t)
	}
	return o.command("restore-object", "--restore-request", request)
}
