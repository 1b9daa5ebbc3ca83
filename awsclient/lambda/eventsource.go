package lambda

import (
	"context"
	"fmt"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// EventSource is a queue, a stream or a topic that Lambda reads for a function.
type EventSource struct {
	ID         string
	Source     string // ARN, or the brokers of a Kafka that is not Amazon's
	State      string // "Enabled", "Disabled", "Creating", …
	Reason     string // why it is in this state
	Batch      int    // records handed over at once
	LastResult string // of the last read, such as "OK" or "PROBLEM: …"
}

// EventSources returns what Lambda reads for a function (ListEventSourceMappings,
// 50 a request). Services that call the function themselves are in Permissions.
func EventSources(ctx context.Context, s *awsclient.Session, name string) ([]EventSource, error) {
	pages := sdk.NewListEventSourceMappingsPaginator(client(s), &sdk.ListEventSourceMappingsInput{
		FunctionName: aws.String(name), MaxItems: aws.Int32(pageSize),
	})
	var out []EventSource
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, awsclient.Classify(fmt.Errorf("list the event sources of %s: %w", name, err))
		}
		for i := range page.EventSourceMappings {
			out = append(out, newEventSource(&page.EventSourceMappings[i]))
		}
	}
	return out, nil
}

func newEventSource(c *types.EventSourceMappingConfiguration) EventSource {
	e := EventSource{
		ID: aws.ToString(c.UUID), Source: aws.ToString(c.EventSourceArn), State: aws.ToString(c.State),
		Reason: aws.ToString(c.StateTransitionReason), Batch: int(aws.ToInt32(c.BatchSize)),
		LastResult: aws.ToString(c.LastProcessingResult),
	}
	if e.Source == "" && c.SelfManagedEventSource != nil {
		e.Source = fmt.Sprint(c.SelfManagedEventSource.Endpoints[string(types.EndPointTypeKafkaBootstrapServers)])
	}
	return e
}
