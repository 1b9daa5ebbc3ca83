package s3

import (
	"context"
	"errors"
	"io"
	"net/http"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
)

// Write is an object to be written.
type Write struct {
	Bucket, Key string
	Type        string // Content-Type
	Overwrite   bool   // also when the key exists; else the error is ErrExists
}

// errRaced is S3's answer to two conditional writes of one key at a time.
const errRaced = "ConditionalRequestConflict"

func (w Write) condition() *string {
	if w.Overwrite {
		return nil
	}
	return aws.String("*")
}

// Put writes an object of at most 5 GB with one PutObject, and returns its ETag.
// The SDK does not try again: an attempt whose answer was lost may have written
// the object.
func Put(ctx context.Context, s *awsclient.Session, w Write, body io.ReadSeeker, size int64) (string, error) {
	out, err := digested(s, w.Bucket, body, func(sum *string) (*sdk.PutObjectOutput, error) {
		return at(s, w.Bucket, func(c *sdk.Client) (*sdk.PutObjectOutput, error) {
			if _, err := body.Seek(0, io.SeekStart); err != nil {
				return nil, wrap(err, "read from the beginning")
			}
			return c.PutObject(ctx, &sdk.PutObjectInput{
				Bucket: &w.Bucket, Key: &w.Key, ContentType: w.contentType(), IfNoneMatch: w.condition(),
				Body: body, ContentLength: &size, ContentMD5: sum,
			}, oneAttempt)
		})
	})
	if err != nil {
		return "", w.refused(err)
	}
	return aws.ToString(out.ETag), nil
}

func (w Write) contentType() *string {
	if w.Type == "" {
		return nil
	}
	return &w.Type
}

// refused tells a key that exists from other failures.
func (w Write) refused(err error) error {
	var resp *awshttp.ResponseError
	if !w.Overwrite && errors.As(err, &resp) && resp.HTTPStatusCode() == http.StatusPreconditionFailed {
		return wrap(ErrExists, "write %s", URI(w.Bucket, w.Key))
	}
	return wrap(err, "write %s", URI(w.Bucket, w.Key))
}

// Unconditional reports whether a write was refused by a server that does not know
// the condition that the key must be free: without it the write may succeed.
func Unconditional(err error) bool { return lacking(err) }

// Raced reports whether a write was refused only because another one of the same
// key was under way: it may be tried again.
func Raced(err error) bool {
	var api smithy.APIError
	return errors.As(err, &api) && api.ErrorCode() == errRaced
}
