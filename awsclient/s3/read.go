package s3

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// inflated bounds what the first bytes of a compressed object may grow to.
const inflated = 16 // times the bytes read

// ErrArchived is wrapped by the error of reading an object that has to be
// restored from an archive class first.
var ErrArchived = errors.New("the object is archived: restore it before reading")

// Chunk is the beginning of an object.
type Chunk struct {
	Data     []byte // decompressed when Unzipped
	Read     int64  // bytes of the object that were fetched
	Size     int64  // bytes of the whole object
	Unzipped bool
	Type     string // Content-Type, as the uploader set it
}

// Head reads at most the first n bytes of the object, decompressed as far as
// they go when they are gzip. It sends one GetObject for a range, on condition
// that the object is still the one that was listed.
func Head(ctx context.Context, s *awsclient.Session, bucket string, e Entry, n int64) (Chunk, error) {
	return HeadOf(ctx, s, Object{Bucket: bucket, Key: e.Key}, e.ETag(), n)
}

// HeadOf is Head for any version; tag may be "".
func HeadOf(ctx context.Context, s *awsclient.Session, o Object, tag string, n int64) (Chunk, error) {
	ctx, cancel := context.WithTimeout(ctx, awsclient.Timeout)
	defer cancel()
	out, err := Open(ctx, s, o, tag, Span{Bytes: n})
	if errors.Is(err, ErrEmpty) {
		return Chunk{}, nil
	}
	if err != nil {
		return Chunk{}, err
	}
	defer out.Close() //nolint:errcheck // only read
	// A server that ignores the range sends everything.
	data, err := io.ReadAll(io.LimitReader(out, n))
	if err != nil {
		return Chunk{}, wrap(err, "read %s", URI(o.Bucket, o.Key))
	}
	c := Chunk{Data: data, Read: int64(len(data)), Size: out.Size, Type: out.Type}
	if text, ok := gunzip(data, inflated*n); ok {
		c.Data, c.Unzipped = text, true
	}
	return c, nil
}

// wholeSize is the size of the object behind a ranged answer.
func wholeSize(out *sdk.GetObjectOutput) int64 {
	_, total, ok := strings.Cut(aws.ToString(out.ContentRange), "/")
	if n, err := strconv.ParseInt(total, 10, 64); ok && err == nil {
		return n
	}
	return aws.ToInt64(out.ContentLength)
}

// gunzip decompresses at most limit bytes of data, which may end anywhere. It
// goes by the first bytes: many uploaders do not name the encoding.
func gunzip(data []byte, limit int64) ([]byte, bool) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return nil, false
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	text, err := io.ReadAll(io.LimitReader(r, limit))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && len(text) == 0 {
		return nil, false
	}
	return text, true
}
