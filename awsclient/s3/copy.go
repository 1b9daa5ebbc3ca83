package s3

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// copyLimit is the largest object, in bytes, that S3 copies with one request.
const copyLimit = 5 << 30

// grace is how long a request is waited for that makes the copy, after its context
// has ended: 5 GB take S3 less than that.
const grace = time.Minute

// tries is how often a request is sent whose effect can be looked up in between.
const tries = 3

// CopyOptions says how to copy one object.
type CopyOptions struct {
	IfTag     string // the ETag that the source must still have; "" for whatever is there
	Overwrite bool   // replace what is at the target; without it that is ErrExists
	Class     string // storage class of the copy; "" for that of the source
	// Watch is told of bytes as they are copied, from several goroutines. Those of a
	// copy that fails half-way are taken back with a negative number.
	Watch func(bytes int64)

	// Limit is the size in bytes above which an object is copied in parts, and Part
	// that of a part; what S3 allows, and a fitting size, when 0.
	Limit, Part int64
}

// Copied is a copy that was made, with what tells whether it is whole.
type Copied struct {
	From, To Object // To with the version that it became, where there are versions
	Size     int64  // bytes
	Tag      string // ETag of the source, as it was copied

	made string // ETag of the copy
	from state
}

// ErrExists is wrapped by the error of a copy whose target is there already.
var ErrExists = errors.New("there is an object with this key already")

// Copy copies an object, or one version of it, within S3: with CopyObject, and
// with UploadPartCopy where it is too large for that. The request goes to the
// region of the target; the source may be in any. Metadata, headers, tags, storage
// class and, within a region, the KMS key are those of the source; access lists
// and locks are not copied. The source is looked at first with HeadObject, and
// only that state of it is copied.
//
// A request that was begun is waited for, up to a minute, when ctx ends; a copy in
// parts is abandoned, and its parts are removed.
func Copy(ctx context.Context, s *awsclient.Session, from, to Object, o CopyOptions) (Copied, error) {
	src, err := stat(ctx, s, from, o.IfTag)
	if err != nil && o.IfTag != "" && failedCondition(err) && !absent(err) {
		err = conflict("HeadObject", from, "it was replaced since it was listed, and not copied", err)
	}
	if err != nil {
		return Copied{}, wrap(err, "copy %s", URI(from.Bucket, from.Key))
	}
	c := &copying{
		s: s, from: from, to: to, CopyOptions: o, src: src, date: dateOf(src),
		done: Copied{From: from, To: Object{Bucket: to.Bucket, Key: to.Key}, Size: src.size, Tag: src.tag, from: src},
	}
	if c.Limit == 0 {
		c.Limit = copyLimit
	}
	if err := c.vacant(ctx); err != nil {
		return Copied{}, wrap(err, "copy %s to %s", URI(from.Bucket, from.Key), URI(to.Bucket, to.Key))
	}
	if src.size > c.Limit {
		err = c.inParts(ctx)
	} else {
		err = c.linger(ctx, c.atOnce)
	}
	if err != nil {
		return Copied{}, wrap(err, "copy %s to %s", URI(from.Bucket, from.Key), URI(to.Bucket, to.Key))
	}
	return c.done, nil
}

// copying is one copy under way.
type copying struct {
	CopyOptions

	s        *awsclient.Session
	from, to Object
	src      state
	date     time.Time    // the server's clock before the copy; zero when it has none
	plain    bool         // the server does not know conditions on what is written
	copied   atomic.Int64 // bytes of the parts that were copied
	done     Copied
}

// linger makes the copy with a request whose outcome is worth more than the time it
// takes.
func (c *copying) linger(ctx context.Context, write func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	defer stop()
	err := write(longer)
	if longer.Err() == nil {
		return err
	}
	return &awsclient.Error{
		Kind: awsclient.Unavailable, Service: "S3", Operation: "the copy", Target: "object " + c.to.Bucket + "/" + c.to.Key,
		Message: "no answer for a minute after the copy was cancelled: it may have been made", Err: err,
	}
}

// atOnce sends CopyObject. An answer that is lost is not asked for again before
// the target was looked at: in a bucket with versions a second copy is one more.
func (c *copying) atOnce(ctx context.Context) error {
	for try := 1; ; try++ {
		out, err := at(c.s, c.to.Bucket, func(sc *sdk.Client) (*sdk.CopyObjectOutput, error) {
			return sc.CopyObject(ctx, c.input(), once)
		})
		if err == nil {
			if r := out.CopyObjectResult; r != nil {
				c.done.made = aws.ToString(r.ETag)
			}
			c.done.To.Version = aws.ToString(out.VersionId)
			c.watch(c.src.size)
			return nil
		}
		again, err := c.settle(ctx, "CopyObject", err)
		if err == nil && !again {
			c.watch(c.src.size)
			return nil
		}
		if !again || try == tries {
			return err
		}
		if err := pause(ctx, try); err != nil {
			return err
		}
	}
}

func (c *copying) input() *sdk.CopyObjectInput {
	in := &sdk.CopyObjectInput{
		Bucket: &c.to.Bucket, Key: &c.to.Key, CopySource: aws.String(c.from.copySource()), StorageClass: c.class(),
		WebsiteRedirectLocation: c.src.WebsiteRedirectLocation, IfNoneMatch: c.ifNone(),
	}
	if c.src.tag != "" {
		in.CopySourceIfMatch = &c.src.tag
	}
	if c.keepsKey() {
		in.ServerSideEncryption, in.SSEKMSKeyId, in.BucketKeyEnabled = c.src.ServerSideEncryption, c.src.SSEKMSKeyId, c.src.BucketKeyEnabled
	}
	return in
}

// settle finds out what became of a write whose answer was not a success. It
// returns no error and no again when the write turns out to be done.
func (c *copying) settle(ctx context.Context, operation string, failed error) (again bool, err error) {
	var e *awsclient.Error
	errors.As(awsclient.Classify(failed), &e)
	switch {
	case lacking(failed) && !c.Overwrite && !c.plain:
		c.plain = true
		if _, err := stat(ctx, c.s, c.to, ""); !absent(err) {
			return false, c.exists(operation, failed)
		}
		return true, failed
	case e.Code == "PreconditionFailed" || e.Code == "ConditionalRequestConflict":
		return false, c.refused(ctx, operation, failed)
	case e.Kind == awsclient.Network || e.Kind == awsclient.Unavailable:
		now, err := stat(ctx, c.s, c.to, "")
		if err == nil && c.isIt(now) {
			c.done.made, c.done.To.Version = now.tag, aws.ToString(now.VersionId)
			return false, nil
		}
		return err == nil && c.Overwrite || absent(err), failed
	}
	return false, failed
}

// vacant looks whether the target is free, where the server may pass over the
// condition that it must be: S3 itself does not.
func (c *copying) vacant(ctx context.Context) error {
	if c.Overwrite || c.s.Endpoint() == "" {
		return nil
	}
	if _, err := stat(ctx, c.s, c.to, ""); err == nil {
		return c.exists("HeadObject", nil)
	}
	return nil // it is free, or the copy itself will say what is wrong
}

// refused tells which of the two conditions of a copy did not hold.
func (c *copying) refused(ctx context.Context, operation string, failed error) error {
	if _, err := stat(ctx, c.s, c.to, ""); err == nil && !c.Overwrite {
		return c.exists(operation, failed)
	}
	return conflict(operation, c.from, "it was replaced while it was copied, and not copied", failed)
}

func (c *copying) exists(operation string, failed error) error {
	return conflict(operation, c.to, ErrExists.Error()+", and nothing was overwritten", errors.Join(ErrExists, failed))
}

// isIt tells whether what is at the target is the copy whose answer was lost.
func (c *copying) isIt(now state) bool {
	switch c.done.compare(now) {
	case same:
		return now.size == c.src.size && !aws.ToTime(now.LastModified).Before(c.date)
	case unlike: // then it is by the size, and by having appeared after the question
		return now.size == c.src.size && !c.date.IsZero() && !aws.ToTime(now.LastModified).Before(c.date)
	case different:
	}
	return false
}

// class is the storage class to ask for; none where the source's is one that only
// its own kind of bucket has.
func (c *copying) class() types.StorageClass {
	class := types.StorageClass(c.Class)
	if class == "" {
		class = c.src.StorageClass
	}
	if slices.Contains([]types.StorageClass{types.StorageClassExpressOnezone, types.StorageClassOutposts, types.StorageClassSnow}, class) {
		return ""
	}
	return class
}

// keepsKey says whether the copy can have the source's own KMS key: keys do not
// leave their region.
func (c *copying) keepsKey() bool {
	return strings.HasPrefix(string(c.src.ServerSideEncryption), "aws:kms") &&
		Region(c.s, c.from.Bucket) == Region(c.s, c.to.Bucket)
}

func (c *copying) ifNone() *string {
	if c.Overwrite || c.plain {
		return nil
	}
	return aws.String("*")
}

func (c *copying) watch(n int64) {
	if c.Watch != nil {
		c.Watch(n)
	}
}

// once sends a request a single time, unless it certainly was not begun.
func once(o *sdk.Options) { o.Retryer = awsclient.SingleAttempt() }

// pause waits a moment before another try.
func pause(ctx context.Context, try int) error {
	t := time.NewTimer(time.Duration(try*try) * 50 * time.Millisecond)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// dateOf is the time at the server when it answered; zero when it does not say.
func dateOf(st state) time.Time {
	resp, ok := awsmiddleware.GetRawResponse(st.ResultMetadata).(*smithyhttp.Response)
	if !ok || resp.Response == nil {
		return time.Time{}
	}
	at, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return at
}
