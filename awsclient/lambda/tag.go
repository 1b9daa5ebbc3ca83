package lambda

import (
	"context"
	"fmt"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// Tags returns the tags of the function with this ARN, which must not name a
// version or an alias (ListTags). ListFunctions does not say them.
func Tags(ctx context.Context, s *awsclient.Session, arn string) (map[string]string, error) {
	out, err := client(s).ListTags(ctx, &sdk.ListTagsInput{Resource: aws.String(arn)})
	if err != nil {
		return nil, awsclient.Classify(fmt.Errorf("list the tags of %s: %w", arn, err))
	}
	return out.Tags, nil
}
