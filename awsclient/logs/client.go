// Package logs reads the events of CloudWatch log groups, within the few
// requests a second that an account may make.
package logs

import (
	"context"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// PerSecond is how many requests a session sends within any second in one
// region: FilterLogEvents allows an account no more.
const PerSecond = 5

// client is the one client of a session and region, so that every pane and every
// search shares the limit.
func client(s *awsclient.Session) *sdk.Client {
	return awsclient.Client(s, func(c aws.Config) *sdk.Client {
		return sdk.NewFromConfig(c, func(o *sdk.Options) {
			o.Interceptors.AddBeforeAttempt(&pace{newLimiter(PerSecond)})
		})
	})
}

// pace holds every attempt back until the limiter lets it through: those that
// the SDK repeats count as well.
type pace struct{ *limiter }

// BeforeAttempt implements the SDK's interceptor.
func (p *pace) BeforeAttempt(ctx context.Context, _ *smithyhttp.InterceptorContext) error {
	return p.wait(ctx)
}
