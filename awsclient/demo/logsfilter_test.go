package demo_test

import (
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
)

const orders = "/aws/lambda/order-events"

// search reads all pages of a query, and counts them and the empty ones.
func search(t *testing.T, a *demo.Account, in *cloudwatchlogs.FilterLogEventsInput) (messages []string, pages, empty int) {
	t.Helper()
	c := cloudwatchlogs.NewFromConfig(a.Config())
	for {
		out, err := c.FilterLogEvents(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		pages++
		if len(out.Events) == 0 {
			empty++
		}
		for _, e := range out.Events {
			messages = append(messages, *e.Message)
		}
		if in.NextToken = out.NextToken; in.NextToken == nil {
			return messages, pages, empty
		}
	}
}

func TestOneFunctionLogsByTheClock(t *testing.T) {
	now := time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)
	a := demo.New(demo.Options{Now: func() time.Time { return now }})
	since := func() []string {
		m, _, _ := search(t, a, &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String(orders), StartTime: aws.Int64(now.UnixMilli())})
		return m
	}
	before := len(since())
	a.Advance(30 * time.Second)
	after := since()
	if len(after) < before+10 {
		t.Errorf("30 seconds brought %d lines after %d", len(after), before)
	}
	if text := strings.Join(after, "\n"); !strings.Contains(text, `"level":"INFO"`) || !strings.Contains(text, "platform.report") {
		t.Errorf("the lines are\n%s", text)
	}
	a.Advance(100 * time.Hour) // only the last of it is written
	if m, _, _ := search(t, a, &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String(orders)}); len(m) > 10_000 {
		t.Errorf("the group holds %d lines", len(m))
	}
}

func TestPatternsForJSON(t *testing.T) {
	tests := []struct{ name, pattern, want, not string }{
		{"a level", `{ $.level = "ERROR" }`, "ledger refused", "order accepted"},
		{"a wildcard", `{ $.message = "ledger*" }`, "ledger is slow", "order accepted"},
		{"a number", `{ $.waitedMs > 1000 }`, "ledger is slow", "order accepted"},
		{"two", `{ $.level = "INFO" && $.message != "order*" }`, "entry appended", "order accepted"},
		{"inside", `{ $.record.status = "success" }`, "platform.report", "platform.start"},
		{"words in JSON", `"ledger is slow"`, "waitedMs", "platform"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, _, _ := search(t, demo.New(demo.Options{}), &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String(orders), FilterPattern: aws.String(tt.pattern)})
			if text := strings.Join(m, "\n"); !strings.Contains(text, tt.want) || strings.Contains(text, tt.not) {
				t.Errorf("want %q and not %q in %d lines:\n%.400s", tt.want, tt.not, len(m), text)
			}
		})
	}
}

func TestABadPatternIsRefused(t *testing.T) {
	for _, pattern := range []string{`"open`, `{ $.level = }`, `{ $.level = "ERROR"`, `[a, b]`, `{ level = 1 }`} {
		_, err := cloudwatchlogs.NewFromConfig(demo.New(demo.Options{}).Config()).FilterLogEvents(t.Context(), &cloudwatchlogs.FilterLogEventsInput{
			LogGroupName: aws.String(orders), FilterPattern: aws.String(pattern),
		})
		if err == nil || !strings.Contains(err.Error(), "Invalid filter pattern") {
			t.Errorf("%s: %v", pattern, err)
		}
	}
}

func TestPagesMayBeEmpty(t *testing.T) {
	a := demo.New(demo.Options{})
	all, pages, empty := search(t, a, &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String(orders)})
	if pages < 3 || empty > 0 {
		t.Fatalf("everything came on %d pages, %d of them empty", pages, empty)
	}
	one := &cloudwatchlogs.FilterLogEventsInput{LogGroupName: aws.String(orders), FilterPattern: aws.String(`"` + requestOf(t, all[0]) + `"`), StartFromHead: aws.Bool(false), StartTime: aws.Int64(1_704_067_200_000)}
	found, pages, empty := search(t, a, one)
	if len(found) < 2 || empty == 0 || empty == pages {
		t.Errorf("found %d lines on %d pages, %d of them empty", len(found), pages, empty)
	}
}

// requestOf cuts the id of the request out of a JSON line.
func requestOf(t *testing.T, line string) string {
	t.Helper()
	_, rest, ok := strings.Cut(line, `"requestId":"`)
	if !ok || len(rest) < 36 {
		t.Fatalf("no request id in %s", line)
	}
	return rest[:36]
}
