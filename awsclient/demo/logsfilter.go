package demo

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
)

const (
	eventsSought = 1000    // that one call looks at; when none of them match, its page is empty
	pageBytes    = 1 << 20 // of messages on a page
	start2024    = 1_704_067_200_000
)

func filterLogEvents(ctx context.Context, a *Account, in *cloudwatchlogs.FilterLogEventsInput) (*cloudwatchlogs.FilterLogEventsOutput, error) {
	g, err := a.group(ctx, in.LogGroupName, in.LogGroupIdentifier)
	if err != nil {
		return nil, err
	}
	match, err := logPattern(aws.ToString(in.FilterPattern))
	if err != nil {
		return nil, err
	}
	if in.StartFromHead != nil && !*in.StartFromHead && in.NextToken == nil && aws.ToInt64(in.StartTime) < start2024 {
		return nil, apiError("InvalidParameterException", "startTime must be on or after 2024-01-01 when startFromHead is false", 400)
	}
	events := g.written(a.Now(), func(e *logEvent) bool {
		return between(e.at, in.StartTime, in.EndTime) && strings.HasPrefix(e.stream, aws.ToString(in.LogStreamNamePrefix)) &&
			(len(in.LogStreamNames) == 0 || slices.Contains(in.LogStreamNames, e.stream))
	})
	events, way, err := seekEvents(events, in)
	if err != nil {
		return nil, err
	}
	return searchEvents(events, way, aws.ToInt32(in.Limit), match), nil
}

// seekEvents puts events in the order that is asked for, and leaves out those up
// to the one that a token names: events that come meanwhile move none.
func seekEvents(events []logEvent, in *cloudwatchlogs.FilterLogEventsInput) ([]logEvent, string, error) {
	way, last, resumed := strings.Cut(aws.ToString(in.NextToken), "/")
	if !resumed {
		way = "f"
		if in.StartFromHead != nil && !*in.StartFromHead {
			way = "b"
		}
	}
	if way == "b" {
		slices.Reverse(events)
	}
	if !resumed {
		return events, way, nil
	}
	i := slices.IndexFunc(events, func(e logEvent) bool { return e.id == last })
	if i < 0 {
		return nil, "", apiError("InvalidParameterException", "The specified nextToken is invalid.", 400)
	}
	return events[i+1:], way, nil
}

// searchEvents makes the page of the events that match among the first ones.
func searchEvents(events []logEvent, way string, limit int32, match func(string) bool) *cloudwatchlogs.FilterLogEventsOutput {
	most, size := eventsPerPage, 0
	if limit > 0 {
		most = min(most, int(limit))
	}
	out := &cloudwatchlogs.FilterLogEventsOutput{}
	for i := range events {
		if i == eventsSought || len(out.Events) == most || size > pageBytes {
			out.NextToken = aws.String(way + "/" + events[i-1].id)
			break
		}
		e := &events[i]
		if !match(e.message) {
			continue
		}
		size += len(e.message)
		out.Events = append(out.Events, types.FilteredLogEvent{
			EventId: aws.String(e.id), LogStreamName: aws.String(e.stream), Message: aws.String(e.message),
			Timestamp: millis(*e), IngestionTime: millis(*e),
		})
	}
	return out
}
