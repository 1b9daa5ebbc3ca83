package lambda

import (
	"context"
	"fmt"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// What Lambda does where nothing else is configured.
const (
	usualRetries = 2
	usualAge     = 6 * time.Hour
)

// AsyncConfig is what Lambda does with an event that nobody waits for.
type AsyncConfig struct {
	Configured bool          // otherwise these are the usual values
	Retries    int           // after a run that failed
	Age        time.Duration // after which an event is dropped
	OnSuccess  string        // ARN that gets the outcome; "" for none
	OnFailure  string
}

// AsyncSettings returns how asynchronous invocations of a function, a version or
// an alias are handled (GetFunctionEventInvokeConfig).
func AsyncSettings(ctx context.Context, s *awsclient.Session, name, qualifier string) (AsyncConfig, error) {
	usual := AsyncConfig{Retries: usualRetries, Age: usualAge}
	out, err := client(s).GetFunctionEventInvokeConfig(ctx, &sdk.GetFunctionEventInvokeConfigInput{
		FunctionName: aws.String(name), Qualifier: optional(qualifier),
	})
	if err != nil {
		err = awsclient.Classify(fmt.Errorf("read the asynchronous settings of %s: %w", name, err))
		return usual, unlessMissing(err)
	}
	usual.Configured = true
	if out.MaximumRetryAttempts != nil {
		usual.Retries = int(*out.MaximumRetryAttempts)
	}
	if out.MaximumEventAgeInSeconds != nil {
		usual.Age = time.Duration(*out.MaximumEventAgeInSeconds) * time.Second
	}
	usual.addDestinations(out.DestinationConfig)
	return usual, nil
}

func (a *AsyncConfig) addDestinations(c *types.DestinationConfig) {
	if c == nil {
		return
	}
	if c.OnSuccess != nil {
		a.OnSuccess = aws.ToString(c.OnSuccess.Destination)
	}
	if c.OnFailure != nil {
		a.OnFailure = aws.ToString(c.OnFailure.Destination)
	}
}
