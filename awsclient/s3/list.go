package s3

import (
	"context"
	"fmt"
	"net/url"
	"strings"

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
	names := make([]*string, 0, len(out.CommonPrefixes)+len(out.Contents))
	for _, p := range out.CommonPrefixes {
		names = append(names, p.Prefix)
	}
	for _, o := range out.Contents {
		names = append(names, o.Key)
	}
	keys, err := together(names, encoded)
	if err != nil {
		return nil, err
	}
	rows := make([]Entry, len(keys))
	for i := range out.CommonPrefixes {
		rows[i] = prefixEntry(keys[i])
	}
	for i, o := range out.Contents {
		at := len(out.CommonPrefixes) + i
		rows[at] = objectEntry(keys[at], o)
	}
	return rows, nil
}

// together decodes the names of a page into one string, of which each is a part:
// a million keys are then a thousand allocations.
func together(names []*string, encoded bool) ([]string, error) {
	var all strings.Builder
	ends := make([]int, len(names))
	for i, n := range names {
		name, err := decoded(n, encoded)
		if err != nil {
			return nil, err
		}
		all.WriteString(name)
		ends[i] = all.Len()
	}
	text := strings.Clone(all.String()) // the builder's own has room to spare
	out, from := make([]string, len(names)), 0
	for i, end := range ends {
		out[i], from = text[from:end], end
	}
	return out, nil
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
