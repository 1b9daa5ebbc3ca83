package demo

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
)

const (
	eventsPerPage  = 10_000
	streamsPerPage = 50
)

func registerLogs(r *router) {
	handle(r, "logs:DescribeLogGroups", describeLogGroups)
	handle(r, "logs:DescribeLogStreams", describeLogStreams)
	handle(r, "logs:FilterLogEvents", filterLogEvents)
	handle(r, "logs:GetLogEvents", getLogEvents)
}

// group finds a log group by its name or ARN, in the region that is asked.
func (a *Account) group(ctx context.Context, name, identifier *string) (*logGroup, error) {
	id := cmp.Or(aws.ToString(name), aws.ToString(identifier))
	if _, rest, ok := strings.Cut(id, ":log-group:"); ok {
		id = strings.TrimSuffix(rest, ":*")
	}
	key := groupKey{reply(ctx).region, id}
	a.lambda.logs.catchUp(key, a.Now())
	g, ok := a.lambda.logs.groups[key]
	if !ok {
		return nil, apiError("ResourceNotFoundException", "The specified log group does not exist.", 400)
	}
	return g, nil
}

func describeLogGroups(ctx context.Context, a *Account, in *cloudwatchlogs.DescribeLogGroupsInput) (*cloudwatchlogs.DescribeLogGroupsOutput, error) {
	region := reply(ctx).region
	var names []string
	for k := range a.lambda.logs.groups {
		if k.region == region && strings.HasPrefix(k.name, aws.ToString(in.LogGroupNamePrefix)) {
			names = append(names, k.name)
		}
	}
	slices.Sort(names)
	page, next, err := markerPage(names, in.NextToken, aws.ToInt32(in.Limit), streamsPerPage)
	if err != nil {
		return nil, err
	}
	out := &cloudwatchlogs.DescribeLogGroupsOutput{NextToken: next}
	for _, n := range page {
		out.LogGroups = append(out.LogGroups, types.LogGroup{
			LogGroupName: aws.String(n), LogGroupClass: types.LogGroupClassStandard,
			Arn: aws.String("arn:aws:logs:" + region + ":" + AccountID + ":log-group:" + n + ":*"),
		})
	}
	return out, nil
}

func describeLogStreams(ctx context.Context, a *Account, in *cloudwatchlogs.DescribeLogStreamsInput) (*cloudwatchlogs.DescribeLogStreamsOutput, error) {
	g, err := a.group(ctx, in.LogGroupName, in.LogGroupIdentifier)
	if err != nil {
		return nil, err
	}
	byName := map[string]*types.LogStream{}
	for _, e := range g.written(a.Now(), func(e *logEvent) bool { return strings.HasPrefix(e.stream, aws.ToString(in.LogStreamNamePrefix)) }) {
		s, ok := byName[e.stream]
		if !ok {
			s = &types.LogStream{LogStreamName: aws.String(e.stream), CreationTime: millis(e), FirstEventTimestamp: millis(e)}
			byName[e.stream] = s
		}
		s.LastEventTimestamp, s.LastIngestionTime = millis(e), millis(e)
	}
	streams := slices.Collect(maps.Values(byName))
	slices.SortFunc(streams, func(a, b *types.LogStream) int {
		if in.OrderBy == types.OrderByLastEventTime {
			return cmp.Or(cmp.Compare(*a.LastEventTimestamp, *b.LastEventTimestamp), cmp.Compare(*a.LogStreamName, *b.LogStreamName))
		}
		return cmp.Compare(*a.LogStreamName, *b.LogStreamName)
	})
	if aws.ToBool(in.Descending) {
		slices.Reverse(streams)
	}
	page, next, err := markerPage(streams, in.NextToken, aws.ToInt32(in.Limit), streamsPerPage)
	if err != nil {
		return nil, err
	}
	out := &cloudwatchlogs.DescribeLogStreamsOutput{NextToken: next}
	for _, s := range page {
		out.LogStreams = append(out.LogStreams, *s)
	}
	return out, nil
}

// getLogEvents reads one stream. Its tokens never end: a reader is at the end
// when it gets back the one that it sent.
func getLogEvents(ctx context.Context, a *Account, in *cloudwatchlogs.GetLogEventsInput) (*cloudwatchlogs.GetLogEventsOutput, error) {
	g, err := a.group(ctx, in.LogGroupName, in.LogGroupIdentifier)
	if err != nil {
		return nil, err
	}
	stream := aws.ToString(in.LogStreamName)
	events := g.written(a.Now(), func(e *logEvent) bool { return e.stream == stream && between(e.at, in.StartTime, in.EndTime) })
	if len(events) == 0 {
		return nil, apiError("ResourceNotFoundException", "The specified log stream does not exist.", 400)
	}
	from, size := logPage(in, len(events))
	out := &cloudwatchlogs.GetLogEventsOutput{}
	for _, e := range events[from : from+size] {
		out.Events = append(out.Events, types.OutputLogEvent{Message: aws.String(e.message), Timestamp: millis(e), IngestionTime: millis(e)})
	}
	out.NextBackwardToken, out.NextForwardToken = logToken("b", from), logToken("f", from+size)
	return out, nil
}

func millis(e logEvent) *int64 { return aws.Int64(e.at.UnixMilli()) }
