package demo

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func registerS3Objects(r *router) {
	handle(r, "s3:GetObjectAttributes", objectAttributes)
	handle(r, "s3:GetObjectAcl", objectACL)
	handle(r, "s3:GetObjectRetention", objectRetention)
	handle(r, "s3:GetObjectLegalHold", objectLegalHold)
	handle(r, "s3:PutObjectTagging", putObjectTagging)
	handle(r, "s3:DeleteObjectTagging", deleteObjectTagging)
	handle(r, "s3:RestoreObject", restoreObject)
}

func headObject(ctx context.Context, a *Account, in *s3.HeadObjectInput) (*s3.HeadObjectOutput, error) {
	v, err := a.object(ctx, in.Bucket, in.Key, in.VersionId, in.IfMatch)
	if err != nil {
		return nil, headless(err)
	}
	v.thaw(a.Now())
	out := &s3.HeadObjectOutput{
		ContentLength: aws.Int64(v.content.size()), AcceptRanges: aws.String("bytes"),
		ContentType: known(v.kind), ContentEncoding: known(v.encoding), ETag: v.quoted(), LastModified: aws.Time(v.modified),
		CacheControl: known(v.headers.cacheControl), ContentDisposition: known(v.headers.disposition),
		ContentLanguage: known(v.headers.language), WebsiteRedirectLocation: known(v.headers.redirect),
		Metadata: maps.Clone(v.meta), StorageClass: types.StorageClass(v.class), ServerSideEncryption: types.ServerSideEncryptionAes256,
		VersionId: v.versionID(), Restore: v.restore(), ArchiveStatus: types.ArchiveStatus(v.tier),
		ObjectLockMode: types.ObjectLockMode(v.lock.mode),
	}
	if v.kmsKey != "" {
		out.ServerSideEncryption, out.SSEKMSKeyId, out.BucketKeyEnabled = types.ServerSideEncryptionAwsKms, aws.String(v.kmsKey), aws.Bool(true)
	}
	if n := len(v.tags); n > 0 {
		out.TagCount = aws.Int32(int32(n))
	}
	if v.lock.mode != "" {
		out.ObjectLockRetainUntilDate = aws.Time(v.lock.until)
	}
	if v.lock.hold {
		out.ObjectLockLegalHoldStatus = types.ObjectLockLegalHoldStatusOn
	}
	if in.ChecksumMode == types.ChecksumModeEnabled {
		out.ChecksumCRC32, out.ChecksumType = v.crc32(), v.checksumType()
	}
	if in.PartNumber != nil {
		out.PartsCount = aws.Int32(int32(len(v.parts)))
	}
	return out, nil
}

// crc32 is the checksum of a body that is held in memory; objects that are made
// as they are read were uploaded without one.
func (v *version) crc32() *string {
	body, ok := v.content.(held)
	if !ok {
		return nil
	}
	sum := base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
	if n := len(v.parts); n > 0 {
		sum = fmt.Sprintf("%s-%d", sum, n)
	}
	return &sum
}

func (v *version) checksumType() types.ChecksumType {
	switch {
	case v.crc32() == nil:
		return ""
	case len(v.parts) > 0:
		return types.ChecksumTypeComposite
	}
	return types.ChecksumTypeFullObject
}

func objectAttributes(ctx context.Context, a *Account, in *s3.GetObjectAttributesInput) (*s3.GetObjectAttributesOutput, error) {
	v, err := a.object(ctx, in.Bucket, in.Key, in.VersionId, nil)
	if err != nil {
		return nil, err
	}
	out := &s3.GetObjectAttributesOutput{LastModified: aws.Time(v.modified), VersionId: v.versionID()}
	for _, name := range in.ObjectAttributes {
		switch name {
		case types.ObjectAttributesEtag:
			out.ETag = aws.String(v.etag)
		case types.ObjectAttributesObjectSize:
			out.ObjectSize = aws.Int64(v.content.size())
		case types.ObjectAttributesStorageClass:
			out.StorageClass = types.StorageClass(v.storageClass())
		case types.ObjectAttributesChecksum:
			if sum := v.crc32(); sum != nil {
				out.Checksum = &types.Checksum{ChecksumCRC32: sum, ChecksumType: v.checksumType()}
			}
		case types.ObjectAttributesObjectParts:
			out.ObjectParts = v.listParts(in)
		}
	}
	return out, nil
}

// listParts is the page of parts after a marker. The parts themselves are listed
// only of an object that was uploaded with checksums, as S3 does; of others the
// ETag tells how many they were.
func (v *version) listParts(in *s3.GetObjectAttributesInput) *types.GetObjectAttributesParts {
	if len(v.parts) == 0 {
		_, text, _ := strings.Cut(v.etag, "-")
		n, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return nil
		}
		return &types.GetObjectAttributesParts{TotalPartsCount: aws.Int32(int32(n))}
	}
	limit := int32(keysAPage)
	if in.MaxParts != nil {
		limit = min(limit, *in.MaxParts)
	}
	var from int
	_, _ = fmt.Sscan(aws.ToString(in.PartNumberMarker), &from) // none means the beginning
	end := min(from+int(limit), len(v.parts))
	page := &types.GetObjectAttributesParts{
		TotalPartsCount: aws.Int32(int32(len(v.parts))), MaxParts: &limit, IsTruncated: aws.Bool(end < len(v.parts)),
		PartNumberMarker: aws.String(fmt.Sprint(from)), NextPartNumberMarker: aws.String(fmt.Sprint(end)),
	}
	for i, size := range v.parts[from:end] {
		page.Parts = append(page.Parts, types.ObjectPart{PartNumber: aws.Int32(int32(from + i + 1)), Size: aws.Int64(size)})
	}
	return page
}

const owner = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"

func objectACL(ctx context.Context, a *Account, in *s3.GetObjectAclInput) (*s3.GetObjectAclOutput, error) {
	v, err := a.object(ctx, in.Bucket, in.Key, in.VersionId, nil)
	if err != nil {
		return nil, err
	}
	grants := []types.Grant{{
		Grantee:    &types.Grantee{Type: types.TypeCanonicalUser, ID: aws.String(owner)},
		Permission: types.PermissionFullControl,
	}}
	if v.public {
		grants = append(grants, types.Grant{
			Grantee:    &types.Grantee{Type: types.TypeGroup, URI: aws.String("http://acs.amazonaws.com/groups/global/AllUsers")},
			Permission: types.PermissionRead,
		})
	}
	return &s3.GetObjectAclOutput{Owner: &types.Owner{ID: aws.String(owner)}, Grants: grants}, nil
}

// lockable refuses questions about locks where the bucket has none.
func (a *Account) lockable(ctx context.Context, bucketName, key, id *string) (*version, error) {
	v, err := a.object(ctx, bucketName, key, id, nil)
	if err != nil {
		return nil, err
	}
	if !a.s3.buckets[*bucketName].locks {
		return nil, apiError("InvalidRequest", "Bucket is missing Object Lock Configuration", http.StatusBadRequest)
	}
	return v, nil
}

func errNoLock() error {
	return apiError("NoSuchObjectLockConfiguration", "The specified object does not have a ObjectLock configuration", http.StatusNotFound)
}

func objectRetention(ctx context.Context, a *Account, in *s3.GetObjectRetentionInput) (*s3.GetObjectRetentionOutput, error) {
	v, err := a.lockable(ctx, in.Bucket, in.Key, in.VersionId)
	switch {
	case err != nil:
		return nil, err
	case v.lock.mode == "":
		return nil, errNoLock()
	}
	return &s3.GetObjectRetentionOutput{Retention: &types.ObjectLockRetention{
		Mode: types.ObjectLockRetentionMode(v.lock.mode), RetainUntilDate: aws.Time(v.lock.until),
	}}, nil
}

func objectLegalHold(ctx context.Context, a *Account, in *s3.GetObjectLegalHoldInput) (*s3.GetObjectLegalHoldOutput, error) {
	v, err := a.lockable(ctx, in.Bucket, in.Key, in.VersionId)
	switch {
	case err != nil:
		return nil, err
	case !v.lock.hold:
		return nil, errNoLock()
	}
	return &s3.GetObjectLegalHoldOutput{LegalHold: &types.ObjectLockLegalHold{Status: types.ObjectLockLegalHoldStatusOn}}, nil
}

// refusal is why a version cannot be deleted for good; nil when it can.
func (v *version) refusal(now time.Time, bypass *bool) error {
	kept := v.lock.mode != "" && now.Before(v.lock.until)
	if v.lock.mode == string(types.ObjectLockModeGovernance) && aws.ToBool(bypass) {
		kept = false
	}
	if kept || v.lock.hold {
		return apiError("AccessDenied", "Access Denied because object protected by object lock.", http.StatusForbidden)
	}
	return nil
}

// versionID is what answers about the object say; nothing without versioning.
func (v *version) versionID() *string {
	if v.id == "null" {
		return nil
	}
	return known(v.id)
}

// fresh takes from a copy what belongs to the version it was made of alone.
func (v *version) fresh() {
	v.lock, v.parts, v.public, v.tier, v.thawing, v.restored = lock{}, nil, false, "", nil, time.Time{}
	v.tags, v.meta = maps.Clone(v.tags), maps.Clone(v.meta)
}

func tagSet(tags map[string]string) []types.Tag {
	out := []types.Tag{}
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, types.Tag{Key: aws.String(k), Value: aws.String(tags[k])})
	}
	return out
}

// versioned is the permission for an operation that names a version: that of
// s3:GetObjectTagging is then s3:GetObjectVersionTagging.
func versioned(action string, in any) string {
	what, ok := strings.CutPrefix(action, "s3:")
	verb, of, isObject := strings.Cut(what, "Object")
	if !ok || !isObject || !slices.Contains([]string{"", "Tagging", "Acl", "Attributes"}, of) || verb == "Restore" {
		return action
	}
	id := reflect.Indirect(reflect.ValueOf(in)).FieldByName("VersionId")
	if !id.IsValid() || id.IsNil() {
		return action
	}
	return "s3:" + verb + "ObjectVersion" + of
}
