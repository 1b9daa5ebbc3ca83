package s3

import (
	"context"

	"straws/awsclient"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// Delete deletes one object, or its current version, with DeleteObject. The key
// travels in the path of the URL, which carries every byte. S3 answers with
// success also for a key that is not there.
func Delete(ctx context.Context, s *awsclient.Session, bucket, key string) error {
	_, err := at(s, bucket, func(c *sdk.Client) (*sdk.DeleteObjectOutput, error) {
		return c.DeleteObject(ctx, &sdk.DeleteObjectInput{Bucket: &bucket, Key: &key})
	})
	if err != nil {
		return wrap(err, "delete %s", URI(bucket, key))
	}
	return nil
}
