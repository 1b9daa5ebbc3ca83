package lambda

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// Alias is a name for a version, or for two that share the invocations.
type Alias struct {
	Name        string
	ARN         string
	Description string
	Routes      []Route // the alias's own version first
}

// Route is a version and the share of an alias's invocations that it gets.
type Route struct {
	Version string
	Weight  float64 // 0 to 1
}

// Aliases returns all aliases of a function (ListAliases, 50 a request).
func Aliases(ctx context.Context, s *awsclient.Session, name string) ([]Alias, error) {
	pages := sdk.NewListAliasesPaginator(client(s), &sdk.ListAliasesInput{
		FunctionName: aws.String(name), MaxItems: aws.Int32(pageSize),
	})
	var out []Alias
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, awsclient.Classify(fmt.Errorf("list the aliases of %s: %w", name, err))
		}
		for i := range page.Aliases {
			out = append(out, newAlias(&page.Aliases[i]))
		}
	}
	return out, nil
}

// newAlias gives the alias's own version what its additional versions leave.
func newAlias(c *types.AliasConfiguration) Alias {
	a := Alias{Name: aws.ToString(c.Name), ARN: aws.ToString(c.AliasArn), Description: aws.ToString(c.Description)}
	own := Route{aws.ToString(c.FunctionVersion), 1}
	if c.RoutingConfig != nil {
		for version, weight := range c.RoutingConfig.AdditionalVersionWeights {
			own.Weight -= weight
			a.Routes = append(a.Routes, Route{version, weight})
		}
	}
	slices.SortFunc(a.Routes, func(a, b Route) int { return cmp.Compare(a.Version, b.Version) })
	a.Routes = append([]Route{own}, a.Routes...)
	return a
}
