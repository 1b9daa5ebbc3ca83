package demo

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func listParts(ctx context.Context, a *Account, in *s3.ListPartsInput) (*s3.ListPartsOutput, error) {
	_, u, err := a.upload(ctx, in.Bucket, in.Key, in.UploadId)
	if err != nil {
		return nil, err
	}
	limit, err := pageLimit(in.MaxParts)
	if err != nil {
		return nil, err
	}
	after, err := strconv.Atoi(cmp.Or(aws.ToString(in.PartNumberMarker), "0"))
	if err != nil {
		return nil, apiError("InvalidArgument", "Provided part-number-marker not an integer or within integer range", http.StatusBadRequest)
	}
	out := &s3.ListPartsOutput{
		Bucket: in.Bucket, Key: in.Key, UploadId: in.UploadId, MaxParts: aws.Int32(int32(limit)), IsTruncated: aws.Bool(false),
		PartNumberMarker: in.PartNumberMarker, StorageClass: types.StorageClass(u.made.storageClass()), Initiator: initiator(),
	}
	for _, n := range slices.Sorted(maps.Keys(u.parts)) {
		if int(n) <= after {
			continue
		}
		if len(out.Parts) == limit {
			out.IsTruncated = aws.Bool(true)
			break
		}
		p := u.parts[n]
		out.Parts = append(out.Parts, types.Part{
			PartNumber: aws.Int32(n), Size: aws.Int64(p.content.size()), ETag: aws.String(`"` + p.etag + `"`), LastModified: aws.Time(p.modified),
		})
		out.NextPartNumberMarker = aws.String(strconv.Itoa(int(n)))
	}
	return out, nil
}

func initiator() *types.Initiator {
	return &types.Initiator{ID: aws.String(Principal), DisplayName: aws.String("demo")}
}

func listUploads(ctx context.Context, a *Account, in *s3.ListMultipartUploadsInput) (*s3.ListMultipartUploadsOutput, error) {
	b, err := a.bucket(ctx, in.Bucket, "")
	if err != nil {
		return nil, err
	}
	limit, err := pageLimit(in.MaxUploads)
	if err != nil {
		return nil, err
	}
	e := newEncoder(in.EncodingType)
	out := &s3.ListMultipartUploadsOutput{
		Bucket: in.Bucket, Prefix: e.name(aws.ToString(in.Prefix)), KeyMarker: e.name(aws.ToString(in.KeyMarker)),
		UploadIdMarker: in.UploadIdMarker, MaxUploads: aws.Int32(int32(limit)), EncodingType: in.EncodingType, IsTruncated: aws.Bool(false),
	}
	seen, last := map[string]bool{}, (*upload)(nil)
	for _, u := range b.uploadsAfter(aws.ToString(in.KeyMarker), aws.ToString(in.UploadIdMarker)) {
		if !strings.HasPrefix(u.key, aws.ToString(in.Prefix)) {
			continue
		}
		common, below := commonPrefix(u.key, aws.ToString(in.Prefix), aws.ToString(in.Delimiter))
		if below && seen[common] {
			continue
		}
		if len(out.Uploads)+len(out.CommonPrefixes) == limit {
			out.IsTruncated = aws.Bool(true)
			out.NextKeyMarker, out.NextUploadIdMarker = e.name(last.key), aws.String(last.id)
			break
		}
		last = u
		if below {
			seen[common] = true
			out.CommonPrefixes = append(out.CommonPrefixes, types.CommonPrefix{Prefix: e.name(common)})
			continue
		}
		out.Uploads = append(out.Uploads, types.MultipartUpload{
			Key: e.name(u.key), UploadId: aws.String(u.id), Initiated: aws.Time(u.begun),
			StorageClass: types.StorageClass(u.made.storageClass()), Initiator: initiator(), ChecksumAlgorithm: u.sums, ChecksumType: u.kind,
		})
	}
	if err := e.err(); err != nil {
		return nil, err
	}
	return out, nil
}

// uploadsAfter are the open uploads behind a marker, in order. Without an id the
// marker stands for all uploads to its key.
func (b *bucket) uploadsAfter(key, id string) []*upload {
	all := slices.SortedFunc(slices.Values(b.uploads), byKey)
	if i := slices.IndexFunc(all, func(u *upload) bool { return u.key == key && u.id == id }); i >= 0 {
		return all[i+1:]
	}
	i := slices.IndexFunc(all, func(u *upload) bool { return u.key > key })
	if i < 0 {
		return nil
	}
	return all[i:]
}

// commonPrefix is what a key is listed as where there is a delimiter behind the
// prefix.
func commonPrefix(key, prefix, delimiter string) (string, bool) {
	if delimiter == "" {
		return "", false
	}
	i := strings.Index(key[len(prefix):], delimiter)
	if i < 0 {
		return "", false
	}
	return key[:len(prefix)+i+len(delimiter)], true
}
