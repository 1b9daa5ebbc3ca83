package s3

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

const (
	maxParts      = 10_000
	copyPart      = 256 << 20        // bytes of a part, where the object is not too large for it
	partsInFlight = 8                // of one copy
	cleanUp       = 30 * time.Second // for removing the parts of a copy that is abandoned
)

// inParts copies an object with UploadPartCopy. What CopyObject takes over by
// itself has to be carried over by hand.
func (c *copying) inParts(ctx context.Context) error {
	in, err := c.creation(ctx)
	if err != nil {
		return err
	}
	created, err := at(c.s, c.to.Bucket, func(sc *sdk.Client) (*sdk.CreateMultipartUploadOutput, error) {
		return sc.CreateMultipartUpload(ctx, in, once)
	})
	if err != nil {
		return err
	}
	id := aws.ToString(created.UploadId)
	parts, err := c.parts(ctx, id)
	if err == nil {
		err = c.linger(ctx, func(ctx context.Context) error { return c.complete(ctx, id, parts) })
	}
	if err == nil {
		return nil
	}
	c.watch(-c.copied.Load())
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanUp)
	defer cancel()
	if aborted := AbortUpload(end, c.s, Upload{Bucket: c.to.Bucket, Key: c.to.Key, ID: id}); aborted != nil {
		return PartsStay(ctx, c.to, err, aborted)
	}
	return err
}

// creation describes the copy as the source is.
func (c *copying) creation(ctx context.Context) (*sdk.CreateMultipartUploadInput, error) {
	src := c.src
	if n := aws.ToInt32(src.MissingMeta); n > 0 {
		return nil, impossible("HeadObject", c.from, fmt.Sprintf("%d of its metadata cannot be read: a copy in parts would lose them", n))
	}
	in := &sdk.CreateMultipartUploadInput{
		Bucket: &c.to.Bucket, Key: &c.to.Key, StorageClass: c.class(), Metadata: src.Metadata,
		ContentType: src.ContentType, ContentEncoding: src.ContentEncoding, ContentLanguage: src.ContentLanguage,
		ContentDisposition: src.ContentDisposition, CacheControl: src.CacheControl,
		WebsiteRedirectLocation: src.WebsiteRedirectLocation,
	}
	if t, err := http.ParseTime(aws.ToString(src.ExpiresString)); err == nil {
		in.Expires = &t
	}
	if c.keepsKey() {
		in.ServerSideEncryption, in.SSEKMSKeyId, in.BucketKeyEnabled = src.ServerSideEncryption, src.SSEKMSKeyId, src.BucketKeyEnabled
	}
	// Only then can the copy be compared with the source as a whole. Other servers
	// than S3 get the sum of copied parts wrong.
	if src.ChecksumCRC64NVME != nil && c.s.Endpoint() == "" {
		in.ChecksumAlgorithm, in.ChecksumType = types.ChecksumAlgorithmCrc64nvme, types.ChecksumTypeFullObject
	}
	tags, err := tagHeader(ctx, c.s, c.from)
	if err != nil {
		return nil, err
	}
	in.Tagging = tags
	return in, nil
}

// tagHeader is an object's tags in the form in which a new object takes them.
func tagHeader(ctx context.Context, s *awsclient.Session, o Object) (*string, error) {
	in := &sdk.GetObjectTaggingInput{Bucket: &o.Bucket, Key: &o.Key}
	if o.Version != "" {
		in.VersionId = &o.Version
	}
	out, err := at(s, o.Bucket, func(c *sdk.Client) (*sdk.GetObjectTaggingOutput, error) { return c.GetObjectTagging(ctx, in) })
	switch {
	case lacking(err): // such a server has none
		return nil, nil //nolint:nilnil // no tags are no header
	case err != nil:
		return nil, err
	case len(out.TagSet) == 0:
		return nil, nil //nolint:nilnil // as above
	}
	query := url.Values{}
	for _, t := range out.TagSet {
		query.Set(aws.ToString(t.Key), aws.ToString(t.Value))
	}
	return aws.String(query.Encode()), nil
}

// partSize divides what is copied into as few parts as is sensible.
func (c *copying) partSize() int64 {
	size := c.Part
	if size == 0 {
		size = copyPart
	}
	return max(size, (c.src.size+maxParts-1)/maxParts)
}

// parts copies every part, a few at a time, each only from the state of the
// source that was looked at.
func (c *copying) parts(ctx context.Context, id string) ([]types.CompletedPart, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		all   []types.CompletedPart
		slots = make(chan struct{}, partsInFlight)
	)
	size := c.partSize()
	for from, n := int64(0), int32(1); from < c.src.size && ctx.Err() == nil; from, n = from+size, n+1 {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			part, err := c.part(ctx, id, n, from, min(size, c.src.size-from))
			if err != nil {
				stop(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, part)
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err //nolint:wrapcheck // it is a part's own error, or the end of ctx
	}
	slices.SortFunc(all, func(a, b types.CompletedPart) int { return int(*a.PartNumber - *b.PartNumber) })
	return all, nil
}

func (c *copying) part(ctx context.Context, id string, n int32, from, size int64) (types.CompletedPart, error) {
	if err := ctx.Err(); err != nil {
		return types.CompletedPart{}, err
	}
	in := &sdk.UploadPartCopyInput{
		Bucket: &c.to.Bucket, Key: &c.to.Key, UploadId: &id, PartNumber: &n, CopySource: aws.String(c.from.copySource()),
		CopySourceRange: aws.String(fmt.Sprintf("bytes=%d-%d", from, from+size-1)),
	}
	if c.src.tag != "" {
		in.CopySourceIfMatch = &c.src.tag
	}
	out, err := at(c.s, c.to.Bucket, func(sc *sdk.Client) (*sdk.UploadPartCopyOutput, error) { return sc.UploadPartCopy(ctx, in) })
	switch {
	case err != nil && failedCondition(err):
		return types.CompletedPart{}, conflict("UploadPartCopy", c.from, "it was replaced while it was copied, and not copied", err)
	case err != nil:
		return types.CompletedPart{}, err
	case out.CopyPartResult == nil:
		return types.CompletedPart{}, fmt.Errorf("part %d was copied without a tag", n)
	}
	c.copied.Add(size)
	c.watch(size)
	r := out.CopyPartResult
	return types.CompletedPart{
		PartNumber: &n, ETag: r.ETag, ChecksumCRC64NVME: r.ChecksumCRC64NVME, ChecksumCRC32: r.ChecksumCRC32,
		ChecksumCRC32C: r.ChecksumCRC32C, ChecksumSHA1: r.ChecksumSHA1, ChecksumSHA256: r.ChecksumSHA256,
	}, nil
}

// complete makes the object of its parts. An answer that is lost is not asked
// for again while the upload is gone: then it has been made.
func (c *copying) complete(ctx context.Context, id string, parts []types.CompletedPart) error {
	for try := 1; ; try++ {
		out, err := at(c.s, c.to.Bucket, func(sc *sdk.Client) (*sdk.CompleteMultipartUploadOutput, error) {
			return sc.CompleteMultipartUpload(ctx, &sdk.CompleteMultipartUploadInput{
				Bucket: &c.to.Bucket, Key: &c.to.Key, UploadId: &id, IfNoneMatch: c.ifNone(),
				MultipartUpload: &types.CompletedMultipartUpload{Parts: parts},
			}, once)
		})
		if err == nil {
			c.done.made, c.done.To.Version = aws.ToString(out.ETag), aws.ToString(out.VersionId)
			return nil
		}
		again, err := c.completed(ctx, id, err)
		if err == nil || !again || try == tries {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

// completed finds out what became of a completion without an answer.
func (c *copying) completed(ctx context.Context, id string, failed error) (again bool, err error) {
	var e *awsclient.Error
	errors.As(awsclient.Classify(failed), &e)
	if e.Kind != awsclient.Network && e.Kind != awsclient.Unavailable {
		return c.settle(ctx, "CompleteMultipartUpload", failed)
	}
	_, _, err = UploadSize(ctx, c.s, Upload{Bucket: c.to.Bucket, Key: c.to.Key, ID: id})
	if err == nil {
		return true, failed // it is still open
	}
	if !absent(err) {
		return false, failed
	}
	now, err := stat(ctx, c.s, c.to, "")
	if err != nil || now.size != c.src.size || aws.ToTime(now.LastModified).Before(c.date) {
		return false, failed
	}
	c.done.made, c.done.To.Version = now.tag, aws.ToString(now.VersionId)
	return false, nil
}
