package demo

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// restoreObject begins to make a readable copy of an archived object, which
// takes minutes to days, or keeps the one that is there for longer.
func restoreObject(ctx context.Context, a *Account, in *s3.RestoreObjectInput) (*s3.RestoreObjectOutput, error) {
	v, err := a.object(ctx, in.Bucket, in.Key, in.VersionId, nil)
	if err != nil {
		return nil, err
	}
	now := a.Now()
	v.thaw(now)
	wait, days, err := v.restoreRequest(in.RestoreRequest)
	switch {
	case err != nil:
		return nil, err
	case v.thawing != nil:
		return nil, apiError("RestoreAlreadyInProgress", "Object restore is already in progress", http.StatusConflict)
	case now.Before(v.restored):
		v.restored = midnight(now.Add(time.Duration(days) * day))
		return &s3.RestoreObjectOutput{}, nil
	}
	v.thawing = &restoring{ready: now.Add(wait), days: days}
	reply(ctx).status = http.StatusAccepted
	return &s3.RestoreObjectOutput{}, nil
}

// restoreRequest checks what was asked for, and says how long it takes.
func (v *version) restoreRequest(r *types.RestoreRequest) (wait time.Duration, days int32, err error) {
	if r == nil {
		return 0, 0, apiError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", http.StatusBadRequest)
	}
	tier := r.Tier
	if r.GlacierJobParameters != nil {
		tier = r.GlacierJobParameters.Tier
	}
	if tier == "" {
		tier = types.TierStandard
	}
	days = aws.ToInt32(r.Days)
	tiered := v.tier != ""
	switch {
	case !tiered && v.class != "GLACIER" && v.class != "DEEP_ARCHIVE":
		return 0, 0, apiError("InvalidObjectState", "Restore is not allowed for the object's current storage class", http.StatusForbidden)
	case tiered && r.Days != nil:
		return 0, 0, apiError("InvalidArgument", "Days is not valid for objects in the Intelligent-Tiering storage class", http.StatusBadRequest)
	case !tiered && days < 1:
		return 0, 0, apiError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", http.StatusBadRequest)
	}
	wait, ok := restoreTimes(v.class == "DEEP_ARCHIVE" || v.tier == string(types.ArchiveStatusDeepArchiveAccess))[tier]
	if !ok {
		return 0, 0, apiError("InvalidArgument", "Retrieval option is not supported by this storage class", http.StatusBadRequest)
	}
	return wait, days, nil
}

func restoreTimes(deep bool) map[types.Tier]time.Duration {
	if deep {
		return map[types.Tier]time.Duration{types.TierStandard: 12 * time.Hour, types.TierBulk: 44 * time.Hour}
	}
	return map[types.Tier]time.Duration{
		types.TierExpedited: 3 * time.Minute, types.TierStandard: 4 * time.Hour, types.TierBulk: 9 * time.Hour,
	}
}

// thaw ends a restore whose time has come. An object of INTELLIGENT_TIERING
// leaves its archive tier, others get a copy for some days.
func (v *version) thaw(now time.Time) {
	r := v.thawing
	if r == nil || now.Before(r.ready) {
		return
	}
	v.thawing = nil
	if r.days == 0 {
		v.tier = ""
		return
	}
	v.restored = midnight(r.ready.Add(time.Duration(r.days) * day))
}

// midnight is the end of a day, when copies are taken away.
func midnight(t time.Time) time.Time { return t.UTC().Truncate(day).Add(day) }

// restore is the header about the readable copy of an archived object.
func (v *version) restore() *string {
	switch {
	case v.thawing != nil:
		return aws.String(`ongoing-request="true"`)
	case v.restored.IsZero():
		return nil
	}
	return aws.String(fmt.Sprintf(`ongoing-request="false", expiry-date=%q`, v.restored.UTC().Format(http.TimeFormat)))
}

// restoreStatus is the same in a listing; nil when there is nothing to tell.
func (v *version) restoreStatus(now time.Time) *types.RestoreStatus {
	v.thaw(now)
	switch {
	case v.thawing != nil:
		return &types.RestoreStatus{IsRestoreInProgress: aws.Bool(true)}
	case v.restored.After(now):
		return &types.RestoreStatus{IsRestoreInProgress: aws.Bool(false), RestoreExpiryDate: aws.Time(v.restored)}
	}
	return nil
}
