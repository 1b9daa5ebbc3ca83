package logs

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
)

// Event is one message of a log stream. Its text is whatever a program wrote.
type Event struct {
	ID       string // unique within the account
	Time     time.Time
	Ingested time.Time // when CloudWatch took it, usually some seconds after Time
	Stream   string
	Message  string
}

func newEvent(e *types.FilteredLogEvent) Event {
	return Event{
		ID: aws.ToString(e.EventId), Time: moment(e.Timestamp), Ingested: moment(e.IngestionTime),
		Stream: aws.ToString(e.LogStreamName), Message: aws.ToString(e.Message),
	}
}

// moment is the zero time for one that is not known.
func moment(ms *int64) time.Time {
	if ms == nil {
		return time.Time{}
	}
	return time.UnixMilli(*ms)
}

// Order compares events by their time, which is to the millisecond: many are
// equal, and keep the order in which AWS returns them.
func Order(a, b Event) int { return a.Time.Compare(b.Time) }
