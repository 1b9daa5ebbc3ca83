package demo_test

import (
	"errors"
	"strings"
	"testing"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
)

// logText is what the function has logged so far and the pattern matches.
func logText(t *testing.T, a *demo.Account, function, pattern string) string {
	t.Helper()
	in := &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String("/aws/lambda/" + function)}
	if pattern != "" {
		in.FilterPattern = aws.String(pattern)
	}
	out, err := cloudwatchlogs.NewFromConfig(a.Config()).FilterLogEvents(t.Context(), in)
	var missing *types.ResourceNotFoundException
	if err != nil && !errors.As(err, &missing) && !strings.Contains(err.Error(), "ResourceNotFoundException") {
		t.Fatal(err)
	}
	if out == nil {
		return ""
	}
	var text strings.Builder
	for _, e := range out.Events {
		text.WriteString(*e.Message + "\n")
	}
	return text.String()
}

func TestLogsAreFiltered(t *testing.T) {
	a := demo.New(demo.Options{})
	tests := []struct {
		name, pattern string
		want, not     string
	}{
		{"everything", "", "START RequestId", "\x00"},
		{"a word", "noted", "part-00003.csv", "START"},
		{"both words", "noted 00003", "part-00003.csv", "part-00004"},
		{"a phrase", `"noted s3://datalake"`, "part-00003.csv", "REPORT"},
		{"either", "?00003 ?00004", "part-00004.csv", "00005"},
		{"without", "noted -00003", "part-00004.csv", "part-00003"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := logText(t, a, "on-upload", tt.pattern)
			if !strings.Contains(got, tt.want) || strings.Contains(got, tt.not) {
				t.Errorf("want %q and not %q in:\n%s", tt.want, tt.not, got)
			}
		})
	}
}

func TestAGroupIsMissingUntilAFunctionRuns(t *testing.T) {
	a := demo.New(demo.Options{})
	if got := logText(t, a, "echo", ""); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestStreamsAreReadFromTheirEnd(t *testing.T) {
	a := demo.New(demo.Options{})
	c := cloudwatchlogs.NewFromConfig(a.Config())
	group := aws.String("/aws/lambda/on-upload")
	streams, err := c.DescribeLogStreams(t.Context(), &cloudwatchlogs.DescribeLogStreamsInput{
		LogGroupName: group, OrderBy: types.OrderByLastEventTime, Descending: aws.Bool(true),
	})
	if err != nil || len(streams.LogStreams) == 0 {
		t.Fatalf("got %+v, %v", streams, err)
	}
	in := &cloudwatchlogs.GetLogEventsInput{LogGroupName: group, LogStreamName: streams.LogStreams[0].LogStreamName, Limit: aws.Int32(2)}
	last, err := c.GetLogEvents(t.Context(), in)
	if err != nil || len(last.Events) != 2 || !strings.HasPrefix(*last.Events[1].Message, "REPORT") {
		t.Fatalf("got %+v, %v", last, err)
	}
	in.NextToken = last.NextBackwardToken
	before, err := c.GetLogEvents(t.Context(), in)
	if err != nil || len(before.Events) != 2 || *before.Events[1].Timestamp > *last.Events[0].Timestamp {
		t.Fatalf("got %+v, %v", before, err)
	}
	in.NextToken = last.NextForwardToken
	end, err := c.GetLogEvents(t.Context(), in)
	if err != nil || len(end.Events) != 0 || *end.NextForwardToken != *last.NextForwardToken {
		t.Errorf("beyond the end: %+v, %v", end, err)
	}
}
