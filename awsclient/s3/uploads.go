package s3

import (
	"context"
	"errors"
	"sync"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

const (
	uploadsAPage   = 1000
	measuredAtOnce = 16 // uploads whose parts are listed before they are shown
)

// Upload is an upload in parts that was begun and neither completed nor aborted.
// What was sent of it is paid for, and in no listing of objects.
type Upload struct {
	Bucket    string
	Key       string // raw
	ID        string
	Initiated time.Time
	Initiator string // ARN or name of who began it; "" where the server does not say
	Class     string

	Parts   int
	Bytes   int64
	Unknown string // why Parts and Bytes are not known; "" when they are
}

// Uploads returns a pager over the open uploads below a prefix, by key. Each page
// is some of what ListMultipartUploads answers, with ListParts for each: that is
// where an upload's size is. Where the second is refused once, it is not asked again.
func Uploads(s *awsclient.Session, bucket, prefix string) func(context.Context) ([]Upload, bool, error) {
	list := listUploads(s, bucket, prefix)
	var (
		waiting []Upload
		more    = true
		refused string
	)
	return func(ctx context.Context) ([]Upload, bool, error) {
		if len(waiting) == 0 && more {
			var err error
			if waiting, more, err = list(ctx); err != nil {
				return nil, false, err
			}
		}
		rows := waiting[:min(measuredAtOnce, len(waiting))]
		waiting = waiting[len(rows):]
		if refused == "" {
			refused = measure(ctx, s, rows)
		}
		for i := range rows {
			if rows[i].Parts == 0 && rows[i].Unknown == "" && refused != "" {
				rows[i].Unknown = refused
			}
		}
		return rows, len(waiting) > 0 || more, ctx.Err()
	}
}

// listUploads pages by itself: the SDK's paginator hands encoded markers back as
// if they were keys.
func listUploads(s *awsclient.Session, bucket, prefix string) func(context.Context) ([]Upload, bool, error) {
	in := sdk.ListMultipartUploadsInput{
		Bucket: &bucket, Prefix: &prefix, MaxUploads: aws.Int32(uploadsAPage), EncodingType: types.EncodingTypeUrl,
	}
	return func(ctx context.Context) ([]Upload, bool, error) {
		out, err := at(s, bucket, func(c *sdk.Client) (*sdk.ListMultipartUploadsOutput, error) { return c.ListMultipartUploads(ctx, &in) })
		if err != nil {
			return nil, false, wrap(err, "list the open uploads of %s", URI(bucket, prefix))
		}
		encoded := out.EncodingType == types.EncodingTypeUrl
		rows := make([]Upload, 0, len(out.Uploads))
		for _, u := range out.Uploads {
			key, err := decoded(u.Key, encoded)
			if err != nil {
				return nil, false, wrap(err, "list the open uploads of %s", URI(bucket, prefix))
			}
			rows = append(rows, Upload{
				Bucket: bucket, Key: key, ID: aws.ToString(u.UploadId), Initiated: aws.ToTime(u.Initiated),
				Initiator: initiator(u.Initiator), Class: string(u.StorageClass),
			})
		}
		marker, err := decoded(out.NextKeyMarker, encoded)
		if err != nil {
			return nil, false, wrap(err, "list the open uploads of %s", URI(bucket, prefix))
		}
		same := marker == aws.ToString(in.KeyMarker) && aws.ToString(out.NextUploadIdMarker) == aws.ToString(in.UploadIdMarker)
		in.KeyMarker, in.UploadIdMarker = &marker, out.NextUploadIdMarker
		return rows, aws.ToBool(out.IsTruncated) && marker != "" && !same, nil
	}
}

func initiator(i *types.Initiator) string {
	switch {
	case i == nil:
		return ""
	case aws.ToString(i.DisplayName) != "":
		return *i.DisplayName
	}
	return aws.ToString(i.ID)
}

// measure asks for the size of each upload, all at once. It returns why one must
// not know, where that is so. An upload that has ended meanwhile has no parts.
func measure(ctx context.Context, s *awsclient.Session, rows []Upload) (refused string) {
	var (
		wg sync.WaitGroup
		mu sync.Mutex
	)
	for i := range rows {
		wg.Go(func() {
			n, bytes, err := UploadSize(ctx, s, rows[i])
			rows[i].Parts, rows[i].Bytes = n, bytes
			var e *awsclient.Error
			if !errors.As(awsclient.Classify(err), &e) {
				return
			}
			rows[i].Unknown = e.Error()
			if e.Kind == awsclient.Denied {
				mu.Lock()
				defer mu.Unlock()
				refused = e.Error()
			}
		})
	}
	wg.Wait()
	return refused
}

// UploadSize counts the parts of an open upload, and their bytes, with ListParts.
func UploadSize(ctx context.Context, s *awsclient.Session, u Upload) (parts int, bytes int64, err error) {
	in := sdk.ListPartsInput{Bucket: &u.Bucket, Key: &u.Key, UploadId: &u.ID}
	for {
		out, err := at(s, u.Bucket, func(c *sdk.Client) (*sdk.ListPartsOutput, error) { return c.ListParts(ctx, &in) })
		if err != nil {
			return 0, 0, wrap(err, "list the parts of the upload to %s", URI(u.Bucket, u.Key))
		}
		for _, p := range out.Parts {
			parts, bytes = parts+1, bytes+aws.ToInt64(p.Size)
		}
		next := aws.ToString(out.NextPartNumberMarker)
		if !aws.ToBool(out.IsTruncated) || next == "" || next == aws.ToString(in.PartNumberMarker) {
			return parts, bytes, nil
		}
		in.PartNumberMarker = &next
	}
}

// AbortUpload ends an open upload with AbortMultipartUpload; its parts are gone
// for good. One that has ended already is no error.
func AbortUpload(ctx context.Context, s *awsclient.Session, u Upload) error {
	_, err := at(s, u.Bucket, func(c *sdk.Client) (*sdk.AbortMultipartUploadOutput, error) {
		return c.AbortMultipartUpload(ctx, &sdk.AbortMultipartUploadInput{Bucket: &u.Bucket, Key: &u.Key, UploadId: &u.ID})
	})
	var gone *types.NoSuchUpload
	if err != nil && !errors.As(err, &gone) {
		return wrap(err, "abort the upload to %s", URI(u.Bucket, u.Key))
	}
	return nil
}
