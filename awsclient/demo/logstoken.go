package demo

import (
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
)

// logPage is where the page that in asks for begins among n events, and how
// long it is. Without a token and StartFromHead it is the last page.
func logPage(in *cloudwatchlogs.GetLogEventsInput, n int) (from, size int) {
	size = eventsPerPage
	if l := aws.ToInt32(in.Limit); l > 0 {
		size = min(size, int(l))
	}
	way, at, ok := strings.Cut(aws.ToString(in.NextToken), "/")
	edge, err := strconv.Atoi(at)
	switch {
	case !ok || err != nil:
		if !aws.ToBool(in.StartFromHead) {
			from = max(0, n-size)
		}
	case way == "b":
		edge = min(max(edge, 0), n)
		from = max(0, edge-size)
		return from, edge - from
	default:
		from = min(max(edge, 0), n)
	}
	return from, min(size, n-from)
}

func logToken(way string, at int) *string { return aws.String(way + "/" + strconv.Itoa(at)) }
