package logs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
)

// ErrNoGroup says that a log group does not exist. It is no failure: Lambda makes
// the group when a function runs for the first time.
var ErrNoGroup = errors.New("the log group does not exist")

// earliest is the beginning of 2024, in milliseconds: to read from the end,
// FilterLogEvents refuses to begin before it.
const earliest = 1_704_067_200_000

// Query says which events of a group are wanted.
type Query struct {
	Group   string
	Pattern string    // in CloudWatch's filter language; "" for all events
	Streams []string  // names; all of the group when nil
	Start   time.Time // zero reads from the beginning of 2024
	End     time.Time // the first moment that is not wanted any more; zero is open
	Newest  bool      // the newest page first
	Limit   int       // events on a page at most; AWS's own 10,000 or 1 MB when 0
	Token   string    // Next of the page before
}

// Page is one answer, with its events by time, oldest first. It may be empty and
// have a next one: AWS answers before it has found anything.
type Page struct {
	Events []Event
	Next   string // token of the page that follows; "" on the last
	// Backwards says that the pages that follow are older. Emulators know no
	// other direction than onwards, whatever is asked.
	Backwards bool
}

// Filter reads one page (FilterLogEvents). The error of a group that does not
// exist wraps ErrNoGroup.
func Filter(ctx context.Context, s *awsclient.Session, q Query) (Page, error) {
	out, err := client(s).FilterLogEvents(ctx, q.input())
	if err != nil {
		return Page{}, q.explain(err)
	}
	n := len(out.Events)
	p := Page{Events: make([]Event, n), Next: aws.ToString(out.NextToken)}
	for i := range out.Events {
		p.Events[i] = newEvent(&out.Events[i])
	}
	if q.Newest && (n == 0 || !p.Events[0].Time.Before(p.Events[n-1].Time)) {
		p.Backwards = true
		slices.Reverse(p.Events)
	}
	slices.SortStableFunc(p.Events, Order)
	return p, nil
}

func (q Query) input() *sdk.FilterLogEventsInput {
	in := &sdk.FilterLogEventsInput{LogGroupName: aws.String(q.Group), LogStreamNames: q.Streams}
	in.StartTime = aws.Int64(max(q.Start.UnixMilli(), earliest))
	if !q.End.IsZero() {
		in.EndTime = aws.Int64(q.End.UnixMilli())
	}
	if q.Pattern != "" {
		in.FilterPattern = aws.String(q.Pattern)
	}
	if q.Newest {
		in.StartFromHead = aws.Bool(false)
	}
	if q.Limit > 0 {
		in.Limit = aws.Int32(int32(q.Limit))
	}
	if q.Token != "" {
		in.NextToken = aws.String(q.Token)
	}
	return in
}

func (q Query) explain(err error) error {
	var missing *types.ResourceNotFoundException
	e := awsclient.Classify(fmt.Errorf("read the logs in %s: %w", q.Group, err))
	var known *awsclient.Error
	if errors.As(err, &missing) || errors.As(e, &known) && known.Code == "ResourceNotFoundException" {
		return fmt.Errorf("%w: %w", ErrNoGroup, e)
	}
	return e
}

// Command is the words after "aws" that read the same events.
func (q Query) Command() []string {
	words := []string{"logs", "filter-log-events", "--log-group-name", q.Group}
	if !q.Start.IsZero() {
		words = append(words, "--start-time", strconv.FormatInt(q.Start.UnixMilli(), 10))
	}
	if !q.End.IsZero() {
		words = append(words, "--end-time", strconv.FormatInt(q.End.UnixMilli(), 10))
	}
	if q.Pattern != "" {
		words = append(words, "--filter-pattern="+q.Pattern) // one word: it may begin with a dash
	}
	if len(q.Streams) > 0 {
		words = append(words, "--log-stream-names")
		words = append(words, q.Streams...)
	}
	return words
}
