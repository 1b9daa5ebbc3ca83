package lambda

import (
	"context"
	"fmt"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// URL is a function's own HTTPS address. Address is empty when it has none.
type URL struct {
	Address string
	Auth    string   // "AWS_IAM", or "NONE" for everybody
	Mode    string   // "BUFFERED" or "RESPONSE_STREAM"
	Origins []string // that browsers may call it from
}

// FunctionURL returns the address of a function, or of one of its aliases
// (GetFunctionUrlConfig).
func FunctionURL(ctx context.Context, s *awsclient.Session, name, qualifier string) (URL, error) {
	out, err := client(s).GetFunctionUrlConfig(ctx, &sdk.GetFunctionUrlConfigInput{
		FunctionName: aws.String(name), Qualifier: optional(qualifier),
	})
	if err != nil {
		err = awsclient.Classify(fmt.Errorf("read the URL of %s: %w", name, err))
		return URL{}, unlessMissing(err)
	}
	u := URL{Address: aws.ToString(out.FunctionUrl), Auth: string(out.AuthType), Mode: string(out.InvokeMode)}
	if out.Cors != nil {
		u.Origins = out.Cors.AllowOrigins
	}
	return u, nil
}
