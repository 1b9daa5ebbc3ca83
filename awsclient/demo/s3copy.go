package demo

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// copyLimit is the largest object that one CopyObject copies, and the largest
// part of an UploadPartCopy.
const copyLimit = 5 << 30

// copySource finds the object of a copy by its header, which must be percent-
// encoded: a plus that is not arrives as a space. It may be in any region.
func (a *Account) copySource(ctx context.Context, header, ifMatch *string) (*version, error) {
	source, id, _ := strings.Cut(aws.ToString(header), "?versionId=")
	path, err := url.QueryUnescape(strings.TrimPrefix(source, "/"))
	name, key, ok := strings.Cut(path, "/")
	if err != nil || !ok || key == "" {
		return nil, apiError("InvalidArgument", "Invalid copy source object key", http.StatusBadRequest)
	}
	b, ok := a.s3.buckets[name]
	switch {
	case !ok:
		return nil, &types.NoSuchBucket{Message: aws.String("The specified bucket does not exist")}
	case b.denies:
		return nil, apiError("AccessDenied", fmt.Sprintf("User: %s is not authorized to perform: s3:GetObject on resource: %q "+
			"with an explicit deny in a resource-based policy", Principal, "arn:aws:s3:::"+name+"/"+key), http.StatusForbidden)
	}
	b.look()
	v := b.version(key, id)
	switch {
	case v == nil && id != "":
		return nil, apiError("NoSuchVersion", "The specified version does not exist.", http.StatusNotFound)
	case v == nil:
		return nil, &types.NoSuchKey{Message: aws.String("The specified key does not exist.")}
	case v.marker:
		return nil, apiError("InvalidRequest", "The source of a copy request may not specifically refer to a delete marker by version id.", http.StatusBadRequest)
	case ifMatch != nil && !v.matches(*ifMatch):
		reply(ctx).set("X-Amz-Copy-Source", path)
		return nil, errPrecondition()
	case v.archived(a.Now()):
		return nil, apiError("InvalidObjectState", "Operation is not valid for the source object's storage class", http.StatusForbidden)
	}
	return v, nil
}

func copyObject(ctx context.Context, a *Account, in *s3.CopyObjectInput) (*s3.CopyObjectOutput, error) {
	key := aws.ToString(in.Key)
	to, err := a.bucket(ctx, in.Bucket, key)
	if err != nil {
		return nil, err
	}
	if err := checkKey(key); err != nil {
		return nil, err
	}
	v, err := a.copySource(ctx, in.CopySource, in.CopySourceIfMatch)
	if err != nil {
		return nil, err
	}
	now := to.current(key)
	switch {
	case v.content.size() > copyLimit:
		return nil, apiError("InvalidRequest", fmt.Sprintf("The specified copy source is larger than the maximum allowable size for a copy source: %d", int64(copyLimit)), http.StatusBadRequest)
	case now == v && !changes(in):
		return nil, apiError("InvalidRequest", "This copy request is illegal because it is trying to copy an object to itself without changing the "+
			"object's metadata, storage class, website redirect location or encryption attributes.", http.StatusBadRequest)
	case in.IfNoneMatch != nil && now != nil, in.IfMatch != nil && (now == nil || !now.matches(*in.IfMatch)):
		return nil, errPrecondition()
	}
	dup, err := a.copied(v, in)
	if err != nil {
		return nil, err
	}
	put := to.put(key, dup)
	out := &s3.CopyObjectOutput{
		VersionId: put.versionID(), ServerSideEncryption: types.ServerSideEncryptionAes256,
		CopyObjectResult: &types.CopyObjectResult{ETag: put.quoted(), LastModified: aws.Time(put.modified)},
	}
	if put.kmsKey != "" {
		out.ServerSideEncryption, out.SSEKMSKeyId = types.ServerSideEncryptionAwsKms, aws.String(put.kmsKey)
	}
	if v.id != "null" {
		out.CopySourceVersionId = aws.String(v.id)
	}
	return out, nil
}

// changes says whether a copy onto itself has a purpose.
func changes(in *s3.CopyObjectInput) bool {
	return in.MetadataDirective == types.MetadataDirectiveReplace || in.StorageClass != "" ||
		in.ServerSideEncryption != "" || in.WebsiteRedirectLocation != nil
}

// copied is the new object that a copy makes of v. The copy of an object of many
// parts is of one: its tag is another.
func (a *Account) copied(v *version, in *s3.CopyObjectInput) (*version, error) {
	dup := *v
	dup.fresh()
	dup.kmsKey = aws.ToString(in.SSEKMSKeyId)
	dup.id, dup.modified, dup.restored, dup.class = "", a.Now(), time.Time{}, class(in.StorageClass)
	dup.meta, dup.tags = maps.Clone(v.meta), maps.Clone(v.tags)
	if strings.Contains(v.etag, "-") {
		dup.etag = ""
	}
	if in.MetadataDirective == types.MetadataDirectiveReplace {
		dup.meta, dup.kind, dup.encoding = maps.Clone(in.Metadata), aws.ToString(in.ContentType), aws.ToString(in.ContentEncoding)
	}
	if in.TaggingDirective == types.TaggingDirectiveReplace {
		tags, err := tagQuery(in.Tagging)
		if err != nil {
			return nil, err
		}
		dup.tags = tags
	}
	return &dup, nil
}

// tagQuery reads the header of tags, which is written like a query.
func tagQuery(header *string) (map[string]string, error) {
	values, err := url.ParseQuery(aws.ToString(header))
	if err != nil {
		return nil, apiError("InvalidArgument", "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", http.StatusBadRequest)
	}
	tags := map[string]string{}
	for k, vs := range values {
		if len(vs) > 1 {
			return nil, apiError("InvalidArgument", "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.", http.StatusBadRequest)
		}
		tags[k] = vs[0]
	}
	return tags, nil
}
