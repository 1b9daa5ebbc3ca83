package s3

import (
	"context"

	"straws/awsclient/s3"
	"straws/ui/pane"
)

// completeS3 completes the address of a bucket, a prefix or a key for a prompt.
func completeS3(env pane.Env) func(ctx context.Context, text string) []string {
	return func(ctx context.Context, text string) []string { return s3.Complete(ctx, env.AWS, text) }
}
