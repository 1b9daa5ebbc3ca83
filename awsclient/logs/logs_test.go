package logs_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/logs"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
)

const (
	orders = "/aws/lambda/order-events"
	filter = "logs:FilterLogEvents"
)

// inBubble runs a test on a clock that jumps over every wait, in front of a
// demo account.
func inBubble(t *testing.T, f func(t *testing.T, s *awsclient.Session, a *demo.Account)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC)))
		a := demo.New(demo.Options{})
		c := a.Config()
		s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &c})
		if err != nil {
			t.Fatal(err)
		}
		f(t, s, a)
	})
}

// all follows the pages of a query.
func all(t *testing.T, s *awsclient.Session, q logs.Query) []logs.Event {
	t.Helper()
	var out []logs.Event
	for {
		p, err := logs.Filter(t.Context(), s, q)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSortedFunc(p.Events, logs.Order) {
			t.Fatal("a page is not in the order of time")
		}
		out = append(out, p.Events...)
		if q.Token = p.Next; q.Token == "" {
			return out
		}
	}
}

// invoke runs a function and returns the id of its request.
func invoke(t *testing.T, a *demo.Account, function, payload string) string {
	t.Helper()
	out, err := lambda.NewFromConfig(a.Config()).Invoke(t.Context(), &lambda.InvokeInput{FunctionName: aws.String(function), Payload: []byte(payload)})
	if err != nil {
		t.Fatal(err)
	}
	id := awsRequestID(out.ResultMetadata)
	if id == "" {
		t.Fatal("the answer has no request id")
	}
	return id
}

func TestTheNewestEventsComeFirst(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
		q := logs.Query{Group: orders, Newest: true, Limit: 100}
		p, err := logs.Filter(t.Context(), s, q)
		if err != nil || len(p.Events) != 100 || !p.Backwards || p.Next == "" {
			t.Fatalf("%d events, backwards %v, next %q, %v", len(p.Events), p.Backwards, p.Next, err)
		}
		if age := a.Now().Sub(p.Events[99].Time); age > 10*time.Second {
			t.Errorf("the newest event is %v old", age)
		}
		e := p.Events[0]
		if e.ID == "" || e.Stream == "" || e.Ingested.IsZero() || !strings.HasPrefix(e.Message, "{") {
			t.Errorf("an event is %+v", e)
		}
		q.Token = p.Next
		older, err := logs.Filter(t.Context(), s, q)
		if err != nil || len(older.Events) != 100 || older.Events[99].Time.After(e.Time) {
			t.Errorf("the page before: %d events, %v", len(older.Events), err)
		}
	})
}

func TestEmptyPagesAreNotTheEnd(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, _ *demo.Account) {
		oldest := all(t, s, logs.Query{Group: orders})[0]
		q := logs.Query{Group: orders, Pattern: `"` + logs.Parse(oldest.Message).RequestID + `"`, Newest: true}
		first, err := logs.Filter(t.Context(), s, q)
		if err != nil || len(first.Events) != 0 || first.Next == "" {
			t.Fatalf("the first page has %d events, next %q, %v; the test wants an empty one", len(first.Events), first.Next, err)
		}
		if found := all(t, s, q); len(found) < 2 {
			t.Errorf("found %d events", len(found))
		}
	})
}

func TestNeverMoreThanFiveCallsASecond(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
		a.Fail(filter, demo.Fault{Code: "ThrottlingException", Times: 4}) // what the SDK repeats counts too
		done := make(chan error)
		for range 3 {
			go func() {
				var err error
				for range 10 {
					_, e := logs.Filter(t.Context(), s, logs.Query{Group: orders, Limit: 1})
					err = errors.Join(err, e)
				}
				done <- err
			}()
		}
		for range 3 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		calls := a.Calls(filter)
		if len(calls) < 34 {
			t.Errorf("AWS received %d calls", len(calls))
		}
		for i := logs.PerSecond; i < len(calls); i++ {
			if d := calls[i].At.Sub(calls[i-logs.PerSecond].At); d < time.Second {
				t.Errorf("call %d came %v after the fifth before it", i, d)
			}
		}
		if took := calls[len(calls)-1].At.Sub(calls[0].At); took > 10*time.Second {
			t.Errorf("%d calls took %v: they are held back for nothing", len(calls), took)
		}
	})
}

func TestWhoGivesUpWaitingTakesNoTurn(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
		ask := func(ctx context.Context) error {
			_, err := logs.Filter(ctx, s, logs.Query{Group: orders, Limit: 1})
			return err
		}
		for range logs.PerSecond {
			if err := ask(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for range 20 {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
			if err := ask(ctx); err == nil {
				t.Error("a sixth call within the second was let through")
			}
			cancel()
		}
		if err := ask(t.Context()); err != nil {
			t.Fatal(err)
		}
		if calls := a.Calls(filter); len(calls) != logs.PerSecond+1 || calls[5].At.Sub(calls[0].At) > 1200*time.Millisecond {
			t.Errorf("%d calls in %v", len(calls), calls[len(calls)-1].At.Sub(calls[0].At))
		}
	})
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name  string
		fault demo.Fault
		query logs.Query
		kind  awsclient.Kind
		text  string
		group bool // it is the missing group
	}{
		{"no group", demo.Fault{}, logs.Query{Group: "/aws/lambda/echo"}, awsclient.NotFound, "", true},
		{"denied", demo.Denied, logs.Query{Group: orders}, awsclient.Denied, "logs:FilterLogEvents", false},
		{"expired", demo.Expired, logs.Query{Group: orders}, awsclient.Expired, "", false},
		{"reset", demo.Reset, logs.Query{Group: orders}, awsclient.Network, "", false},
		{"a bad pattern", demo.Fault{}, logs.Query{Group: orders, Pattern: `{ $.level = }`}, awsclient.Invalid, "pattern", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
				if tt.fault.Code != "" || tt.fault.Err != nil || tt.name == "denied" {
					a.Fail(filter, tt.fault)
				}
				_, err := logs.Filter(t.Context(), s, tt.query)
				var e *awsclient.Error
				if !errors.As(err, &e) || e.Kind != tt.kind || !strings.Contains(err.Error(), tt.text) || errors.Is(err, logs.ErrNoGroup) != tt.group {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestAReadOnlySessionReads(t *testing.T) {
	a := demo.New(demo.Options{})
	c := a.Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &c, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := logs.Filter(t.Context(), s, logs.Query{Group: orders, Limit: 1}); err != nil {
		t.Error(err)
	}
}

func TestATailSeesEveryEventOnce(t *testing.T) {
	at := func(s int) time.Time { return time.Date(2026, 11, 21, 15, 0, s, 0, time.UTC) }
	tail := logs.NewTail(at(0))
	first := []logs.Event{{ID: "a", Time: at(1)}, {ID: "b", Time: at(3)}}
	if got := tail.Fresh(first); len(got) != 2 {
		t.Fatalf("got %v", got)
	}
	if from := tail.From(at(4)); !from.Equal(at(-2)) {
		t.Errorf("it reads on from %v, want 5 s before the newest", from)
	}
	// An event that was written earlier in another stream comes late.
	got := tail.Fresh([]logs.Event{{ID: "late", Time: at(2)}, first[0], first[1], {ID: "c", Time: at(9)}})
	if len(got) != 2 || got[0].ID != "late" || got[1].ID != "c" {
		t.Errorf("got %v", got)
	}
	if from := tail.From(at(20)); !from.Equal(at(-51)) {
		t.Errorf("from time to time it looks further back; got %v", from)
	}
	tail.Reached(at(3600)) // nothing came for an hour
	if from := tail.From(at(3601)); from.Before(at(3600 - 6*60 - 5)) {
		t.Errorf("after an hour of nothing it reads on from %v", from)
	}
}

func TestCommand(t *testing.T) {
	q := logs.Query{Group: "/aws/lambda/f", Start: time.UnixMilli(1_700_000_000_000), End: time.UnixMilli(1_700_000_000_001), Pattern: "-x", Streams: []string{"s"}}
	want := "logs filter-log-events --log-group-name /aws/lambda/f --start-time 1700000000000 --end-time 1700000000001 --filter-pattern=-x --log-stream-names s"
	if got := strings.Join(q.Command(), " "); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
