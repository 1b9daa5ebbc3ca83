package lambda

import (
	"context"
	"fmt"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// Version is one published state of a function, or $LATEST.
type Version struct {
	Number      string
	Description string
	Runtime     string // empty for a container image
	Memory      int64  // MB
	CodeSize    int64  // bytes
	Modified    time.Time
}

// Versions returns all versions of a function, $LATEST first and then the oldest
// (ListVersionsByFunction, 50 a request).
func Versions(ctx context.Context, s *awsclient.Session, name string) ([]Version, error) {
	pages := sdk.NewListVersionsByFunctionPaginator(client(s), &sdk.ListVersionsByFunctionInput{
		FunctionName: aws.String(name), MaxItems: aws.Int32(pageSize),
	})
	var out []Version
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, awsclient.Classify(fmt.Errorf("list the versions of %s: %w", name, err))
		}
		for i := range page.Versions {
			f := newFunction(&page.Versions[i])
			out = append(out, Version{
				Number: aws.ToString(page.Versions[i].Version), Description: f.Description, Runtime: f.Runtime,
				Memory: f.Memory, CodeSize: f.CodeSize, Modified: f.Modified,
			})
		}
	}
	return out, nil
}
