package demo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/iam"
)

func registerIAM(r *router) {
	handle(r, "iam:ListAccountAliases", func(context.Context, *Account, *iam.ListAccountAliasesInput) (*iam.ListAccountAliasesOutput, error) {
		return &iam.ListAccountAliasesOutput{AccountAliases: []string{Alias}}, nil
	})
}
