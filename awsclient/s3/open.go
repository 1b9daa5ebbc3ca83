package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Object names one object, or one version of it.
type Object struct {
	Bucket, Key string
	Version     string // "" for the current one
}

// Span is a run of an object's bytes.
type Span struct {
	From  int64 // negative: so many bytes before the end, and Bytes is not looked at
	Bytes int64 // 0 or less: to the end
}

func (r Span) header() *string {
	switch {
	case r.From < 0:
		return aws.String(fmt.Sprintf("bytes=%d", r.From))
	case r.Bytes > 0:
		return aws.String(fmt.Sprintf("bytes=%d-%d", r.From, r.From+r.Bytes-1))
	case r.From > 0:
		return aws.String(fmt.Sprintf("bytes=%d-", r.From))
	}
	return nil
}

// Body is an open read. It must be closed. A server that ignores the span sends
// the whole object, which Whole tells.
type Body struct {
	io.ReadCloser

	Size     int64 // bytes of the whole object
	Whole    bool  // the stream begins at the object's first byte and has all of it
	ETag     string
	Version  string
	Type     string // Content-Type
	Encoding string // Content-Encoding
	Modified time.Time
	Sum      Sum // of the whole object; only told of a read without a span
}

// ErrEmpty is returned for a span of an object that has no bytes there.
var ErrEmpty = errors.New("there are no bytes there")

// Open begins to read a span of an object with GetObject; tag, when it is not
// "", is the ETag that the object must still have (else Kind Conflict). Errors
// wrap ErrArchived and ErrEmpty where these are the reason. The stream has no
// deadline: whoever reads it ends ctx when nothing arrives.
func Open(ctx context.Context, s *awsclient.Session, o Object, tag string, r Span) (*Body, error) {
	return open(ctx, s, o, tag, r)
}

// OpenOnce is Open without the SDK's own retries, for a caller who has its own.
func OpenOnce(ctx context.Context, s *awsclient.Session, o Object, tag string, r Span) (*Body, error) {
	return open(ctx, s, o, tag, r, oneAttempt)
}

// oneAttempt leaves it to the caller to try again.
func oneAttempt(o *sdk.Options) { o.Retryer = aws.NopRetryer{} }

func open(ctx context.Context, s *awsclient.Session, o Object, tag string, r Span, opts ...func(*sdk.Options)) (*Body, error) {
	in := &sdk.GetObjectInput{Bucket: &o.Bucket, Key: &o.Key, Range: r.header()}
	if tag != "" {
		in.IfMatch = &tag
	}
	if o.Version != "" {
		in.VersionId = &o.Version
	}
	if in.Range == nil {
		in.ChecksumMode = types.ChecksumModeEnabled
	}
	out, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.GetObjectOutput, error) { return c.GetObject(ctx, in, opts...) })
	if err != nil {
		return nil, refusedRead(err, URI(o.Bucket, o.Key))
	}
	return &Body{
		ReadCloser: out.Body, Size: wholeSize(out), Whole: out.ContentRange == nil,
		ETag: aws.ToString(out.ETag), Version: aws.ToString(out.VersionId),
		Type: aws.ToString(out.ContentType), Encoding: aws.ToString(out.ContentEncoding),
		Modified: aws.ToTime(out.LastModified), Sum: sumOfGet(out),
	}, nil
}

func refusedRead(err error, what string) error {
	var resp *awshttp.ResponseError
	if errors.As(err, &resp) && resp.HTTPStatusCode() == http.StatusRequestedRangeNotSatisfiable {
		return wrap(ErrEmpty, "read %s", what)
	}
	var archived *types.InvalidObjectState
	if errors.As(err, &archived) {
		err = fmt.Errorf("%w (%w)", ErrArchived, err)
	}
	return wrap(err, "read %s", what)
}
