package logs_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/logs"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
)

func awsRequestID(m middleware.Metadata) string {
	id, _ := awsmiddleware.GetRequestIDMetadata(m)
	return id
}

func TestARunIsWholeAndAlone(t *testing.T) {
	tests := []struct{ name, function, payload, want string }{
		{"text that does not name the request", "calculate_mean", `{"nums":[1,2,3]}`, "mean of 3 numbers"},
		{"JSON", "resize-image", `{"key":"a/b.jpg"}`, "resized b.jpg"},
		{"a failure", "always-fails", `{}`, "Traceback"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
				since := a.Now()
				// In the same stream, in the same second, one after the other.
				invoke(t, a, tt.function, tt.payload)
				a.Advance(400 * time.Millisecond)
				id := invoke(t, a, tt.function, tt.payload)
				a.Advance(400 * time.Millisecond)
				invoke(t, a, tt.function, tt.payload)
				a.Advance(time.Second)
				r, err := logs.ReadRun(t.Context(), s, "/aws/lambda/"+tt.function, id, since)
				if err != nil || !r.Ended || !strings.Contains(r.Text(), tt.want) {
					t.Fatalf("ended %v, %v:\n%s", r.Ended, err, r.Text())
				}
				starts, reports := 0, 0
				for _, e := range r.Events {
					l := logs.Parse(e.Message)
					if l.Starts() {
						starts++
					}
					if l.Reports() {
						reports++
					}
					if l.RequestID != "" && l.RequestID != id {
						t.Errorf("a line of another run: %s", e.Message)
					}
				}
				if starts != 1 || reports != 1 {
					t.Errorf("%d starts and %d reports:\n%s", starts, reports, r.Text())
				}
			})
		})
	}
}

func TestARunAmongOthersOfTheSameRuntime(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
		since := a.Now()
		ids := []string{invoke(t, a, "resize-image", `{"key":"a.jpg"}`), invoke(t, a, "resize-image", `{"key":"b.jpg"}`), invoke(t, a, "resize-image", `{"key":"c.jpg"}`)}
		a.Advance(time.Second)
		r, err := logs.ReadRun(t.Context(), s, "/aws/lambda/resize-image", ids[1], since)
		if text := r.Text(); err != nil || !r.Ended || !strings.Contains(text, "resized b.jpg") || strings.Contains(text, ids[0]) || strings.Contains(text, ids[2]) {
			t.Errorf("ended %v, %v:\n%s", r.Ended, err, text)
		}
	})
}

func TestReportOfWaitsForTheReport(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
		since := a.Now()
		gone := make(chan string)
		go func() { gone <- invoke(t, a, "slow", `{"seconds":12}`) }()
		time.Sleep(time.Second)
		id := startOf(t, s, "/aws/lambda/slow")
		log, found, err := logs.ReportOf(t.Context(), s, "/aws/lambda/slow", id, since)
		if err != nil || !found || !strings.Contains(log, "REPORT RequestId: "+id) || !strings.Contains(log, "waiting 12.0 s") {
			t.Errorf("found %v, %v:\n%s", found, err, log)
		}
		if took := a.Now().Sub(since); took < 12*time.Second || took > 16*time.Second {
			t.Errorf("the report of a run of 12 s was there after %v", took)
		}
		<-gone
	})
}

// startOf is the request that has started last.
func startOf(t *testing.T, s *awsclient.Session, group string) string {
	t.Helper()
	for _, e := range all(t, s, logs.Query{Group: group}) {
		if l := logs.Parse(e.Message); l.Starts() {
			return l.RequestID
		}
	}
	t.Fatal("nothing has started")
	return ""
}

func TestReportOfByTimeAlone(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
		since := a.Now()
		id := invoke(t, a, "echo", `{}`)
		log, found, err := logs.ReportOf(t.Context(), s, "/aws/lambda/echo", "", since)
		if err != nil || !found || !strings.Contains(log, id) {
			t.Errorf("found %v, %v:\n%s", found, err, log)
		}
		invoke(t, a, "echo", `{}`)
		if _, found, err := logs.ReportOf(t.Context(), s, "/aws/lambda/echo", "", since); !errors.Is(err, logs.ErrSeveralRuns) || found {
			t.Errorf("of two runs: found %v, %v", found, err)
		}
	})
}

func TestReportOfGivesUp(t *testing.T) {
	tests := []struct {
		name  string
		fault *demo.Fault
		group string
		took  time.Duration
		err   string
	}{
		{"no group", nil, "/aws/lambda/echo", 30 * time.Second, ""},
		{"never ran", nil, orders, 30 * time.Second, ""},
		{"silence", &demo.Hang, orders, 30 * time.Second, ""},
		{"denied at once", &demo.Denied, orders, 0, "logs:FilterLogEvents"},
		{"reset to the end", &demo.Reset, orders, 30 * time.Second, "reset"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
				if tt.fault != nil {
					a.Fail(filter, *tt.fault)
				}
				since := a.Now()
				log, found, err := logs.ReportOf(t.Context(), s, tt.group, "11111111-2222-4333-a444-555555555555", since)
				if found || log != "" || (err != nil) != (tt.err != "") || err != nil && !strings.Contains(err.Error(), tt.err) {
					t.Errorf("log %q, found %v, %v", log, found, err)
				}
				if took := a.Now().Sub(since).Round(3 * time.Second); took != tt.took {
					t.Errorf("it took %v, want %v", took, tt.took)
				}
			})
		})
	}
}

func TestReportOfResumesAfterAnError(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
		since := a.Now()
		id := invoke(t, a, "echo", `{}`)
		f := demo.Reset
		f.Times = 7
		a.Fail(filter, f)
		log, found, err := logs.ReportOf(t.Context(), s, "/aws/lambda/echo", id, since)
		if err != nil || !found || !strings.Contains(log, "REPORT") {
			t.Errorf("found %v, %v:\n%s", found, err, log)
		}
	})
}

func TestReportOfEndsWithItsContext(t *testing.T) {
	inBubble(t, func(t *testing.T, s *awsclient.Session, a *demo.Account) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		since := a.Now()
		_, found, err := logs.ReportOf(ctx, s, "/aws/lambda/echo", "x", since)
		if found || !errors.Is(err, context.DeadlineExceeded) || a.Now().Sub(since) > 4*time.Second {
			t.Errorf("found %v, %v after %v", found, err, a.Now().Sub(since))
		}
	})
}
