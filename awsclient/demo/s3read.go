package demo

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

func body(o *s3.GetObjectOutput) *io.ReadCloser { return &o.Body }

// object finds what a read asks for.
func (a *Account) object(ctx context.Context, bucketName, key, id, ifMatch *string) (*version, error) {
	b, err := a.bucket(ctx, bucketName, aws.ToString(key))
	if err != nil {
		return nil, err
	}
	v := b.version(aws.ToString(key), aws.ToString(id))
	switch {
	case v == nil && aws.ToString(id) != "":
		return nil, apiError("NoSuchVersion", "The specified version does not exist.", http.StatusNotFound)
	case v == nil:
		if vs := b.objects[aws.ToString(key)]; len(vs) > 0 {
			reply(ctx).set("X-Amz-Delete-Marker", "true")
		}
		return nil, &types.NoSuchKey{Message: aws.String("The specified key does not exist.")}
	case v.marker:
		return nil, apiError("MethodNotAllowed", "The specified method is not allowed against this resource.", http.StatusMethodNotAllowed)
	case ifMatch != nil && !v.matches(*ifMatch):
		return nil, errPrecondition()
	}
	return v, nil
}

func errPrecondition() error {
	return apiError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", http.StatusPreconditionFailed)
}

func getObject(ctx context.Context, a *Account, in *s3.GetObjectInput) (*s3.GetObjectOutput, error) {
	v, err := a.object(ctx, in.Bucket, in.Key, in.VersionId, in.IfMatch)
	if err != nil {
		return nil, err
	}
	if v.archived(a.Now()) {
		reply(ctx).status = http.StatusForbidden
		return nil, &types.InvalidObjectState{
			Message:      aws.String("The operation is not valid for the object's storage class"),
			StorageClass: types.StorageClass(v.class),
		}
	}
	from, n, err := byteRange(aws.ToString(in.Range), v.content.size())
	if err != nil {
		return nil, err
	}
	out := &s3.GetObjectOutput{
		Body: io.NopCloser(v.content.read(from, n)), ContentLength: aws.Int64(n), AcceptRanges: aws.String("bytes"),
		ContentType: known(v.kind), ContentEncoding: known(v.encoding), ETag: v.quoted(), LastModified: aws.Time(v.modified),
		Metadata: maps.Clone(v.meta), StorageClass: types.StorageClass(v.class), ServerSideEncryption: types.ServerSideEncryptionAes256,
		VersionId: v.versionID(), Restore: v.restore(),
	}
	x := reply(ctx)
	x.set("Content-Length", strconv.FormatInt(n, 10))
	if in.ChecksumMode == types.ChecksumModeEnabled && n == v.content.size() {
		out.ChecksumCRC32, out.ChecksumType = v.crc32(), v.checksumType()
	}
	if in.Range != nil {
		x.status = http.StatusPartialContent
		out.ContentRange = aws.String(fmt.Sprintf("bytes %d-%d/%d", from, from+n-1, v.content.size()))
		x.set("Content-Range", *out.ContentRange)
	}
	return out, nil
}

// byteRange reads a Range header; one that it does not understand asks for everything.
func byteRange(header string, size int64) (from, n int64, err error) {
	spec, ok := strings.CutPrefix(header, "bytes=")
	first, last, dash := strings.Cut(spec, "-")
	if !ok || !dash || strings.Contains(spec, ",") {
		return 0, size, nil
	}
	a, errA := strconv.ParseInt(first, 10, 64)
	z, errZ := strconv.ParseInt(last, 10, 64)
	switch {
	case first == "" && errZ == nil: // the last z bytes
		from, n = max(size-z, 0), min(z, size)
	case errA == nil && last == "":
		from, n = a, size-a
	case errA == nil && errZ == nil && a <= z:
		from, n = a, min(z, size-1)-a+1
	default:
		return 0, size, nil
	}
	if n <= 0 || from >= size {
		return 0, 0, apiError("InvalidRange", "The requested range is not satisfiable", http.StatusRequestedRangeNotSatisfiable)
	}
	return from, n, nil
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	return aws.String(s)
}
