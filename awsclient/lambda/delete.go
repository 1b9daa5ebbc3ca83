package lambda

import (
	"context"
	"fmt"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// Delete deletes a function with all its versions and aliases (DeleteFunction).
// Event source mappings and the log group stay.
func Delete(ctx context.Context, s *awsclient.Session, name string) error {
	if _, err := client(s).DeleteFunction(ctx, &sdk.DeleteFunctionInput{FunctionName: aws.String(name)}); err != nil {
		return awsclient.Classify(fmt.Errorf("delete %s: %w", name, err))
	}
	return nil
}

// DeleteCommand is the words after "aws" that delete a function.
func DeleteCommand(name string) []string {
	return []string{"lambda", "delete-function", "--function-name", name}
}
