package s3

import (
	"context"
	"fmt"
	"net/url"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Delimiter separates the levels of keys.
const Delimiter = "/"

// keysAPage is the most that S3 returns in one answer.
const keysAPage = 1000

// List returns a pager over one level of a bucket: the prefixes and objects
// directly below prefix, of each page the prefixes first. Each call sends one
// ListObjectsV2, and one more when the bucket turns out to be in another region.
func List(s *awsclient.Session, bucket, prefix string) func(context.Context) ([]Entry, bool, error) {
	in := sdk.ListObjectsV2Input{
		Bucket: &bucket, Prefix: &prefix, Delimiter: aws.String(Delimiter), MaxKeys: aws.Int32(keysAPage),
		// Without it a single key with a control character makes the page unreadable.
		EncodingType:             types.EncodingTypeUrl,
		OptionalObjectAttributes: []types.OptionalObjectAttributes{types.OptionalObjectAttributesRestoreStatus},
	}
	return func(ctx context.Context) ([]Entry, bool, error) {
		out, err := at(s, bucket, func(c *sdk.Client) (*sdk.ListObjectsV2Output, error) { return c.ListObjectsV2(ctx, &in) })
		if err != nil {
			return nil, false, wrap(err, "list %s", URI(bucket, prefix))
		}
		rows, err := entries(out)
		if err != nil {
			return nil, false, wrap(err, "list %s", URI(bucket, prefix))
		}
		in.ContinuationToken = out.NextContinuationToken
		return rows, aws.ToBool(out.IsTruncated) && aws.ToString(out.NextContinuationToken) != "", nil
	}
}

func entries(out *sdk.ListObjectsV2Output) ([]Entry, error) {
	encoded := out.EncodingType == types.EncodingTypeUrl
	rows := make([]Entry, 0, len(out.CommonPrefixes)+len(out.Contents))
	for _, p := range out.CommonPrefixes {
		name, err := decoded(p.Prefix, encoded)
		if err != nil {
			return nil, err
		}
		rows = append(rows, prefixEntry(name))
	}
	for _, o := range out.Contents {
		key, err := decoded(o.Key, encoded)
		if err != nil {
			return nil, err
		}
		rows = append(rows, objectEntry(key, o))
	}
	return rows, nil
}

// decoded is a name as the bucket has it. A server that ignores the encoding
// asked for does not announce one either.
func decoded(name *string, encoded bool) (string, error) {
	if !encoded {
		return aws.ToString(name), nil
	}
	raw, err := url.QueryUnescape(aws.ToString(name))
	if err != nil {
		return "", fmt.Errorf("decode a key: %w", err)
	}
	return raw, nil
}

// wrap says what was being done, in a sentence of Sprintf's form.
func wrap(err error, format string, args ...any) error {
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err)
}
