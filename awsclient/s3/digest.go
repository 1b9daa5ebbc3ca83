package s3

import (
	"crypto/md5" //nolint:gosec // Content-MD5 is one
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// digests are the buckets that have refused a write without a checksum of its
// own, as those do whose Object Lock has a default retention.
type digests struct{ buckets sync.Map }

// digested has the body checked where it arrives: it calls write with the
// Content-MD5 to send. Without TLS the signature holds a checksum already, and a
// second one is sent only to a bucket that asks for it; a write that was refused
// for that reason has had no effect.
func digested[T any](s *awsclient.Session, bucket string, body io.ReadSeeker, write func(sum *string) (T, error)) (T, error) {
	known := awsclient.Kept(s, func() *digests { return &digests{} })
	if _, asks := known.buckets.Load(bucket); !asks && strings.HasPrefix(s.Endpoint(), "http://") {
		out, err := write(nil)
		if !asksForDigest(err) {
			return out, err
		}
		known.buckets.Store(bucket, nil)
	}
	sum, err := contentMD5(body)
	if err != nil {
		var none T
		return none, err
	}
	return write(sum)
}

// asksForDigest tells a refusal of what has no checksum. Servers have different
// codes for it.
func asksForDigest(err error) bool {
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) && e.Status == http.StatusBadRequest && e.Code != "BadDigest" &&
		strings.Contains(e.Code+e.Message, "Content-MD5")
}

func contentMD5(body io.ReadSeeker) (*string, error) {
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return nil, wrap(err, "read from the beginning")
	}
	h := md5.New() //nolint:gosec // as above
	if _, err := io.Copy(h, body); err != nil {
		return nil, wrap(err, "read what is to be written")
	}
	return aws.String(base64.StdEncoding.EncodeToString(h.Sum(nil))), nil
}
