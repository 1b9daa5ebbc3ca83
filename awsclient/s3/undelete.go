package s3

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Undelete removes the delete markers that lie on top of a key, so that a read
// finds the version below them again. It lists the versions of the key first,
// and removes nothing where no version is left to be found.
func Undelete(ctx context.Context, s *awsclient.Session, bucket, key string) error {
	markers, below, err := topMarkers(ctx, s, bucket, key)
	o := Object{Bucket: bucket, Key: key}
	switch {
	case err != nil:
		return err
	case len(markers) == 0 && below:
		return impossible("ListObjectVersions", o, "it is not deleted")
	case len(markers) == 0:
		return impossible("ListObjectVersions", o, "there is no version of it left")
	case !below:
		return impossible("ListObjectVersions", o, "there is no version left below its delete marker")
	}
	for _, m := range markers {
		if err := DeleteVersion(ctx, s, m.Object(bucket)); err != nil {
			return wrap(err, "undelete %s", URI(bucket, key))
		}
	}
	return nil
}

// topMarkers are the delete markers above the newest version of a key, and
// whether there is a version below them.
func topMarkers(ctx context.Context, s *awsclient.Session, bucket, key string) (markers []Version, below bool, err error) {
	list := VersionsOf(s, bucket, key)
	for more := true; more; {
		var rows []Version
		if rows, more, err = list(ctx); err != nil {
			return nil, false, err
		}
		for _, v := range rows {
			if !v.Marker {
				return markers, true, nil
			}
			markers = append(markers, v)
		}
	}
	return markers, false, nil
}

// DeleteVersion deletes one version, or one delete marker, for good. Where Object
// Lock keeps it, the error says how and until when.
func DeleteVersion(ctx context.Context, s *awsclient.Session, o Object) error {
	err := Delete(ctx, s, o, "")
	var refused *awsclient.Error
	if denied(err) && errors.As(awsclient.Classify(err), &refused) {
		why := locked(ctx, s, o)
		if why == "" {
			why = unlisted(refused.Message)
		}
		if why != "" {
			return &awsclient.Error{
				Kind: awsclient.Invalid, Service: "S3", Operation: "DeleteObject", Target: "object " + o.Bucket + "/" + o.Key,
				Message: why, RequestID: refused.RequestID, Status: refused.Status, Err: err,
			}
		}
	}
	return err
}

// unlisted reads the refusals of a deletion for which S3 has no code of their own.
func unlisted(message string) string {
	switch {
	case strings.Contains(message, "object protected by object lock"):
		return "Object Lock keeps this version; you are not allowed to know until when"
	case strings.Contains(message, "Mfa Authentication"):
		return "this bucket has MFA delete: only the account's root user can delete a version, with aws s3api delete-object --mfa"
	}
	return ""
}

// locked says why Object Lock keeps a version; "" when it does not, or when one
// is not allowed to know.
func locked(ctx context.Context, s *awsclient.Session, o Object) string {
	d, err := Describe(ctx, s, o)
	switch {
	case err != nil:
		return ""
	case d.LegalHold == string(types.ObjectLockLegalHoldStatusOn):
		return "a legal hold keeps this version: it can be deleted once the hold is taken off"
	case d.LockUntil == nil:
		return ""
	}
	until := d.LockUntil.UTC().Format("2006-01-02 15:04 MST")
	if d.LockMode == string(types.ObjectLockModeCompliance) {
		return fmt.Sprintf("compliance mode keeps this version until %s: nobody can delete it before", until)
	}
	return fmt.Sprintf("governance mode keeps this version until %s: deleting it before takes s3:BypassGovernanceRetention", until)
}

// DeleteVersionCommand is the aws command that deletes one version for good, and
// brings a key back whose delete marker it is.
func DeleteVersionCommand(o Object) []string { return o.command("delete-object") }

// VersionsCommand is the aws command that lists the versions of a level.
func VersionsCommand(bucket, prefix string) []string {
	return []string{"s3api", "list-object-versions", "--bucket", bucket, "--prefix", prefix, "--delimiter", Delimiter}
}

// DetailsCommand is the aws command that tells most of an object's details.
func DetailsCommand(o Object) []string { return o.command("head-object") }
