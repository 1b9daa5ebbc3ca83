package demo

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func registerSTS(r *router) {
	handle(r, "sts:GetCallerIdentity", func(context.Context, *Account, *sts.GetCallerIdentityInput) (*sts.GetCallerIdentityOutput, error) {
		return &sts.GetCallerIdentityOutput{
			Account: aws.String(AccountID),
			Arn:     aws.String(Principal),
			UserId:  aws.String("AROADEMODEMODEMODEMO:demo"),
		}, nil
	})
}
