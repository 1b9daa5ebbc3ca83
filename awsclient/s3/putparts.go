package s3

import (
	"context"
	"io"
	"slices"
	"sync"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Limits of S3's multipart uploads.
const (
	MaxParts   = maxParts
	LargestPut = 5 << 40 // bytes of an object
)

// Parts is a multipart upload that is being written. It must be ended by
// Complete or Abort, or its parts are stored and billed until somebody does.
type Parts struct {
	s     *awsclient.Session
	write Write
	id    string

	mu   sync.Mutex
	done []types.CompletedPart
}

// BeginParts starts a multipart upload with CreateMultipartUpload.
func BeginParts(ctx context.Context, s *awsclient.Session, w Write) (*Parts, error) {
	out, err := at(s, w.Bucket, func(c *sdk.Client) (*sdk.CreateMultipartUploadOutput, error) {
		return c.CreateMultipartUpload(ctx, &sdk.CreateMultipartUploadInput{Bucket: &w.Bucket, Key: &w.Key, ContentType: w.contentType()}, oneAttempt)
	})
	if err != nil {
		return nil, wrap(err, "begin to write %s", URI(w.Bucket, w.Key))
	}
	return &Parts{s: s, write: w, id: aws.ToString(out.UploadId)}, nil
}

// Part writes part n, from 1 on, with UploadPart. It may be called for several
// parts at once, and again for one that failed.
func (p *Parts) Part(ctx context.Context, n int, body io.ReadSeeker, size int64) error {
	out, err := digested(p.s, p.write.Bucket, body, func(sum *string) (*sdk.UploadPartOutput, error) {
		return at(p.s, p.write.Bucket, func(c *sdk.Client) (*sdk.UploadPartOutput, error) {
			if _, err := body.Seek(0, io.SeekStart); err != nil {
				return nil, wrap(err, "read from the beginning")
			}
			return c.UploadPart(ctx, &sdk.UploadPartInput{
				Bucket: &p.write.Bucket, Key: &p.write.Key, UploadId: &p.id, PartNumber: aws.Int32(int32(n)),
				Body: body, ContentLength: &size, ContentMD5: sum,
			}, oneAttempt)
		})
	})
	if err != nil {
		return wrap(err, "write part %d of %s", n, URI(p.write.Bucket, p.write.Key))
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = append(p.done, types.CompletedPart{PartNumber: aws.Int32(int32(n)), ETag: out.ETag})
	return nil
}

// Complete makes the object of the parts with CompleteMultipartUpload. A lost
// answer may hide that it was made: Pending tells.
func (p *Parts) Complete(ctx context.Context) error {
	p.mu.Lock()
	parts := slices.SortedFunc(slices.Values(p.done), func(a, b types.CompletedPart) int { return int(*a.PartNumber - *b.PartNumber) })
	p.mu.Unlock()
	_, err := at(p.s, p.write.Bucket, func(c *sdk.Client) (*sdk.CompleteMultipartUploadOutput, error) {
		return c.CompleteMultipartUpload(ctx, &sdk.CompleteMultipartUploadInput{
			Bucket: &p.write.Bucket, Key: &p.write.Key, UploadId: &p.id, IfNoneMatch: p.write.condition(),
			MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
		}, oneAttempt)
	})
	if err != nil {
		return p.write.refused(err)
	}
	return nil
}

// Written lists the parts that were written, each once, in no order.
func (p *Parts) Written() []int {
	p.mu.Lock()
	defer p.mu.Unlock()
	ns := make([]int, len(p.done))
	for i, d := range p.done {
		ns[i] = int(aws.ToInt32(d.PartNumber))
	}
	return ns
}

// Pending reports whether the upload is still open, with ListParts: false when
// it was completed or aborted.
func (p *Parts) Pending(ctx context.Context) (bool, error) {
	_, _, err := UploadSize(ctx, p.s, p.upload())
	if absent(err) {
		return false, nil
	}
	return err == nil, err
}

// Abort removes the parts with AbortMultipartUpload.
func (p *Parts) Abort(ctx context.Context) error { return AbortUpload(ctx, p.s, p.upload()) }

func (p *Parts) upload() Upload { return Upload{Bucket: p.write.Bucket, Key: p.write.Key, ID: p.id} }
