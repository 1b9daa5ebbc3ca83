package demo

import (
	"context"
	"maps"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

func putObject(ctx context.Context, a *Account, in *s3.PutObjectInput) (*s3.PutObjectOutput, error) {
	key := aws.ToString(in.Key)
	b, err := a.bucket(ctx, in.Bucket, key)
	if err != nil {
		return nil, err
	}
	if err := checkKey(key); err != nil {
		return nil, err
	}
	now := b.current(key)
	if in.IfNoneMatch != nil && now != nil || in.IfMatch != nil && (now == nil || !now.matches(*in.IfMatch)) {
		return nil, errPrecondition()
	}
	data, err := received(in.Body, in.ContentMD5)
	if err != nil {
		return nil, err
	}
	tags, err := tagQuery(in.Tagging)
	if err != nil {
		return nil, err
	}
	v := b.put(key, &version{
		content: held(data), modified: a.Now(), class: class(in.StorageClass), kind: aws.ToString(in.ContentType),
		encoding: aws.ToString(in.ContentEncoding), meta: maps.Clone(in.Metadata), tags: tags, kmsKey: aws.ToString(in.SSEKMSKeyId),
		headers: headers{
			cacheControl: aws.ToString(in.CacheControl), disposition: aws.ToString(in.ContentDisposition),
			language: aws.ToString(in.ContentLanguage), redirect: aws.ToString(in.WebsiteRedirectLocation),
		},
	})
	return &s3.PutObjectOutput{ETag: v.quoted(), VersionId: v.versionID()}, nil
}

// class is how a storage class is kept: nothing for the standard one.
func class(c types.StorageClass) string {
	if c == types.StorageClassStandard {
		return ""
	}
	return string(c)
}

// remove does what a delete of one key does, and names the marker it left or took away.
func (b *bucket) deleteKey(a *Account, key, id string, ifMatch *string, bypass *bool) (marker *version, err error) {
	if ifMatch != nil {
		if v := b.version(key, id); v == nil || !v.matches(*ifMatch) {
			return nil, errPrecondition()
		}
	}
	if id == "" {
		return b.remove(key, a.Now()), nil
	}
	if v := b.version(key, id); v != nil {
		if err := v.refusal(a.Now(), bypass); err != nil {
			return nil, err
		}
	}
	v := b.removeVersion(key, id)
	if v == nil && id == "null" && !b.versioned {
		b.remove(key, a.Now())
	}
	if v == nil || !v.marker {
		return nil, nil //nolint:nilnil // no marker is involved
	}
	return v, nil
}

func deleteObject(ctx context.Context, a *Account, in *s3.DeleteObjectInput) (*s3.DeleteObjectOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, aws.ToString(in.Key))
	if err != nil {
		return nil, err
	}
	marker, err := b.deleteKey(a, aws.ToString(in.Key), aws.ToString(in.VersionId), in.IfMatch, in.BypassGovernanceRetention)
	if err != nil {
		return nil, err
	}
	reply(ctx).status = http.StatusNoContent
	out := &s3.DeleteObjectOutput{VersionId: in.VersionId}
	if marker != nil {
		out.DeleteMarker, out.VersionId = aws.Bool(true), aws.String(marker.id)
	}
	return out, nil
}

// deleteObjects answers with success for keys that are not there, as S3 does,
// and sees keys as they come through XML: one with a control character arrives
// as another key.
func deleteObjects(ctx context.Context, a *Account, in *s3.DeleteObjectsInput) (*s3.DeleteObjectsOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	if n := len(in.Delete.Objects); n == 0 || n > keysAPage {
		return nil, apiError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", http.StatusBadRequest)
	}
	out := &s3.DeleteObjectsOutput{}
	for _, o := range in.Delete.Objects {
		key := xmlText(aws.ToString(o.Key))
		marker, err := b.deleteKey(a, key, aws.ToString(o.VersionId), o.ETag, in.BypassGovernanceRetention)
		if err != nil {
			out.Errors = append(out.Errors, itemError(key, o.VersionId, err))
			continue
		}
		if aws.ToBool(in.Delete.Quiet) {
			continue
		}
		done := types.DeletedObject{Key: aws.String(key), VersionId: o.VersionId}
		if marker != nil {
			done.DeleteMarker, done.DeleteMarkerVersionId = aws.Bool(true), aws.String(marker.id)
		}
		out.Deleted = append(out.Deleted, done)
	}
	return out, nil
}

func itemError(key string, id *string, err error) types.Error {
	e := types.Error{Key: aws.String(key), VersionId: id}
	if api, ok := err.(smithy.APIError); ok { //nolint:errorlint // made by this package, never wrapped
		e.Code, e.Message = aws.String(api.ErrorCode()), aws.String(api.ErrorMessage())
	}
	return e
}
