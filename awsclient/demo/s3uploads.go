package demo

import (
	"cmp"
	"context"
	"crypto/md5" //nolint:gosec // an ETag is an MD5
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Limits of multipart uploads.
const (
	smallestPart = 5 << 20
	partsLimit   = 10_000
)

// upload is a multipart upload that is not complete yet.
type upload struct {
	id, key string
	begun   time.Time
	made    *version // what it will be, without content
	sums    types.ChecksumAlgorithm
	kind    types.ChecksumType
	parts   map[int32]part
}

type part struct {
	content  content
	etag     string
	modified time.Time
}

func registerS3Uploads(r *router) {
	handle(r, "s3:CreateMultipartUpload", createUpload)
	handle(r, "s3:UploadPart", uploadPart)
	handle(r, "s3:UploadPartCopy", uploadPartCopy)
	handle(r, "s3:CompleteMultipartUpload", completeUpload)
	handle(r, "s3:AbortMultipartUpload", abortUpload)
	handle(r, "s3:ListParts", listParts)
	handle(r, "s3:ListMultipartUploads", listUploads)
}

func createUpload(ctx context.Context, a *Account, in *s3.CreateMultipartUploadInput) (*s3.CreateMultipartUploadOutput, error) {
	key := aws.ToString(in.Key)
	b, err := a.bucket(ctx, in.Bucket, key)
	if err != nil {
		return nil, err
	}
	if err := checkKey(key); err != nil {
		return nil, err
	}
	tags, err := tagQuery(in.Tagging)
	if err != nil {
		return nil, err
	}
	u := &upload{
		id: b.newUploadID(), key: key, begun: a.Now(), parts: map[int32]part{}, sums: in.ChecksumAlgorithm, kind: in.ChecksumType,
		made: &version{
			class: class(in.StorageClass), kind: aws.ToString(in.ContentType), encoding: aws.ToString(in.ContentEncoding),
			meta: maps.Clone(in.Metadata), tags: tags, kmsKey: aws.ToString(in.SSEKMSKeyId),
			headers: headers{
				cacheControl: aws.ToString(in.CacheControl), disposition: aws.ToString(in.ContentDisposition),
				language: aws.ToString(in.ContentLanguage), redirect: aws.ToString(in.WebsiteRedirectLocation),
			},
		},
	}
	b.uploads = append(b.uploads, u)
	return &s3.CreateMultipartUploadOutput{
		Bucket: in.Bucket, Key: in.Key, UploadId: &u.id, ServerSideEncryption: types.ServerSideEncryptionAes256,
		ChecksumAlgorithm: u.sums, ChecksumType: u.kind,
	}, nil
}

func (b *bucket) newUploadID() string {
	b.ids++
	return fmt.Sprintf("Up%016x%016x", mixed(b.ids<<1), mixed(b.ids<<21))
}

// upload finds an open upload, as every operation on one begins.
func (a *Account) upload(ctx context.Context, bucketName, key, id *string) (*bucket, *upload, error) {
	b, err := a.bucket(ctx, bucketName, aws.ToString(key))
	if err != nil {
		return nil, nil, err
	}
	for _, u := range b.uploads {
		if u.id == aws.ToString(id) && u.key == aws.ToString(key) {
			return b, u, nil
		}
	}
	return nil, nil, &types.NoSuchUpload{Message: aws.String("The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.")}
}

func checkPartNumber(n *int32) error {
	if i := aws.ToInt32(n); i < 1 || i > partsLimit {
		return apiError("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive", http.StatusBadRequest)
	}
	return nil
}

func uploadPart(ctx context.Context, a *Account, in *s3.UploadPartInput) (*s3.UploadPartOutput, error) {
	_, u, err := a.upload(ctx, in.Bucket, in.Key, in.UploadId)
	if err != nil {
		return nil, err
	}
	if err := checkPartNumber(in.PartNumber); err != nil {
		return nil, err
	}
	data, err := received(in.Body, in.ContentMD5)
	if err != nil {
		return nil, err
	}
	sum := md5.Sum(data) //nolint:gosec // an ETag is an MD5
	p := part{content: held(data), etag: hex.EncodeToString(sum[:]), modified: a.Now()}
	u.parts[*in.PartNumber] = p
	return &s3.UploadPartOutput{ETag: aws.String(`"` + p.etag + `"`), ServerSideEncryption: types.ServerSideEncryptionAes256}, nil
}

func uploadPartCopy(ctx context.Context, a *Account, in *s3.UploadPartCopyInput) (*s3.UploadPartCopyOutput, error) {
	_, u, err := a.upload(ctx, in.Bucket, in.Key, in.UploadId)
	if err != nil {
		return nil, err
	}
	if err := checkPartNumber(in.PartNumber); err != nil {
		return nil, err
	}
	v, err := a.copySource(ctx, in.CopySource, in.CopySourceIfMatch)
	if err != nil {
		return nil, err
	}
	from, n := int64(0), v.content.size()
	if spec := aws.ToString(in.CopySourceRange); spec != "" {
		if from, n, err = copyRange(spec, v.content.size()); err != nil {
			return nil, err
		}
	}
	if n > copyLimit {
		return nil, apiError("InvalidRequest", fmt.Sprintf("The specified copy source is larger than the maximum allowable size for a copy source: %d", int64(copyLimit)), http.StatusBadRequest)
	}
	p := part{content: section{v.content, from, n}, modified: a.Now()}
	p.etag = etag(v.etag, &version{content: p.content, modified: time.Unix(0, from)})
	u.parts[*in.PartNumber] = p
	return &s3.UploadPartCopyOutput{CopyPartResult: &types.CopyPartResult{ETag: aws.String(`"` + p.etag + `"`), LastModified: aws.Time(p.modified)}}, nil
}

// copyRange reads the range of a copy, which must name its first and last byte
// and lie within the object.
func copyRange(spec string, size int64) (from, n int64, err error) {
	var last int64
	if _, err := fmt.Sscanf(spec, "bytes=%d-%d", &from, &last); err != nil || from > last {
		return 0, 0, apiError("InvalidArgument", "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy", http.StatusBadRequest)
	}
	if last >= size {
		return 0, 0, apiError("InvalidArgument", fmt.Sprintf("Range specified is not valid for source object of size: %d", size), http.StatusBadRequest)
	}
	return from, last - from + 1, nil
}

func completeUpload(ctx context.Context, a *Account, in *s3.CompleteMultipartUploadInput) (*s3.CompleteMultipartUploadOutput, error) {
	b, u, err := a.upload(ctx, in.Bucket, in.Key, in.UploadId)
	if err != nil {
		return nil, err
	}
	now := b.current(u.key)
	if in.IfNoneMatch != nil && now != nil || in.IfMatch != nil && (now == nil || !now.matches(*in.IfMatch)) {
		return nil, errPrecondition()
	}
	if in.MultipartUpload == nil || len(in.MultipartUpload.Parts) == 0 {
		return nil, apiError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", http.StatusBadRequest)
	}
	v, err := u.join(in.MultipartUpload.Parts)
	if err != nil {
		return nil, err
	}
	v.modified = a.Now()
	put := b.put(u.key, v)
	b.uploads = slices.DeleteFunc(b.uploads, func(o *upload) bool { return o == u })
	return &s3.CompleteMultipartUploadOutput{
		Bucket: in.Bucket, Key: in.Key, ETag: put.quoted(), VersionId: put.versionID(),
		ServerSideEncryption: types.ServerSideEncryptionAes256, Location: aws.String("https://" + b.name + ".s3." + b.region + ".amazonaws.com/" + u.key),
	}, nil
}

// join makes the object that the listed parts are.
func (u *upload) join(list []types.CompletedPart) (*version, error) {
	v := *u.made
	var (
		whole joined
		sums  []byte
	)
	if !ascending(list) {
		return nil, apiError("InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.", http.StatusBadRequest)
	}
	for i, want := range list {
		p, ok := u.parts[aws.ToInt32(want.PartNumber)]
		switch {
		case !ok || strings.Trim(aws.ToString(want.ETag), `"`) != p.etag:
			return nil, apiError("InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.", http.StatusBadRequest)
		case i < len(list)-1 && p.content.size() < smallestPart:
			return nil, apiError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", http.StatusBadRequest)
		}
		raw, _ := hex.DecodeString(p.etag)
		sums = append(sums, raw...)
		whole = append(whole, p.content)
		v.parts = append(v.parts, p.content.size())
	}
	sum := md5.Sum(sums) //nolint:gosec // an ETag is an MD5
	v.content, v.etag = whole.flat(), fmt.Sprintf("%x-%d", sum, len(list))
	return &v, nil
}

func ascending(list []types.CompletedPart) bool {
	for i := 1; i < len(list); i++ {
		if aws.ToInt32(list[i].PartNumber) <= aws.ToInt32(list[i-1].PartNumber) {
			return false
		}
	}
	return true
}

func abortUpload(ctx context.Context, a *Account, in *s3.AbortMultipartUploadInput) (*s3.AbortMultipartUploadOutput, error) {
	b, u, err := a.upload(ctx, in.Bucket, in.Key, in.UploadId)
	if err != nil {
		return nil, err
	}
	b.uploads = slices.DeleteFunc(b.uploads, func(o *upload) bool { return o == u })
	reply(ctx).status = http.StatusNoContent
	return &s3.AbortMultipartUploadOutput{}, nil
}

// byKey orders uploads as S3 lists them: by key, and the oldest first.
func byKey(a, b *upload) int {
	return cmp.Or(cmp.Compare(a.key, b.key), a.begun.Compare(b.begun), cmp.Compare(a.id, b.id))
}

// received reads the body of an upload, and compares it with the MD5 that came
// with it.
func received(body io.Reader, want *string) ([]byte, error) {
	if body == nil {
		body = strings.NewReader("")
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, fmt.Errorf("read the body of the upload: %w", err)
	}
	if want != nil && md5Base64(data) != *want {
		return nil, apiError("BadDigest", "The Content-MD5 you specified did not match what we received.", http.StatusBadRequest)
	}
	return data, nil
}
