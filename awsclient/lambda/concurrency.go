package lambda

import (
	"context"
	"fmt"
	"strings"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// Reserved returns how many runs at once are set aside for a function, which is
// also the most that it gets; ok is false when nothing is set aside and it
// shares the account's (GetFunctionConcurrency). 0 with ok means that it cannot
// run at all.
func Reserved(ctx context.Context, s *awsclient.Session, name string) (n int, ok bool, err error) {
	out, err := client(s).GetFunctionConcurrency(ctx, &sdk.GetFunctionConcurrencyInput{FunctionName: aws.String(name)})
	if err != nil {
		return 0, false, awsclient.Classify(fmt.Errorf("read the concurrency of %s: %w", name, err))
	}
	if out.ReservedConcurrentExecutions == nil {
		return 0, false, nil
	}
	return int(*out.ReservedConcurrentExecutions), true, nil
}

// Provisioned is the runtimes that are kept started for a version or an alias.
type Provisioned struct {
	Qualifier                       string
	Requested, Allocated, Available int
	Status                          string // "READY", "IN_PROGRESS", "FAILED"
	Reason                          string
}

// ListProvisioned returns what is provisioned for the versions and aliases of a
// function (ListProvisionedConcurrencyConfigs, 50 a request).
func ListProvisioned(ctx context.Context, s *awsclient.Session, name string) ([]Provisioned, error) {
	pages := sdk.NewListProvisionedConcurrencyConfigsPaginator(client(s), &sdk.ListProvisionedConcurrencyConfigsInput{
		FunctionName: aws.String(name), MaxItems: aws.Int32(pageSize),
	})
	var out []Provisioned
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, awsclient.Classify(fmt.Errorf("list the provisioned concurrency of %s: %w", name, err))
		}
		for _, c := range page.ProvisionedConcurrencyConfigs {
			id := aws.ToString(c.FunctionArn)
			out = append(out, Provisioned{
				Qualifier: id[strings.LastIndex(id, ":")+1:],
				Requested: int(aws.ToInt32(c.RequestedProvisionedConcurrentExecutions)),
				Allocated: int(aws.ToInt32(c.AllocatedProvisionedConcurrentExecutions)),
				Available: int(aws.ToInt32(c.AvailableProvisionedConcurrentExecutions)),
				Status:    string(c.Status), Reason: aws.ToString(c.StatusReason),
			})
		}
	}
	return out, nil
}
