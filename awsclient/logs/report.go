package logs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"straws/awsclient"
)

const (
	reportWait  = 30 * time.Second // until a report that does not come is given up
	reportEvery = 2 * time.Second
	startSlack  = time.Second     // by which a run may seem to begin before its request
	startWithin = 5 * time.Second // after a request was made, its run begins
)

// ErrSeveralRuns says that a run was looked for by time alone, and that more than
// one began then.
var ErrSeveralRuns = errors.New("several runs began at that time, and the logs do not say which one it was")

// ReportOf waits until Lambda has reported the end of a request, and returns all
// that it logged. After 30 seconds, or what ctx allows, it returns what there is
// and found is false. An empty requestID stands for the one run that began
// within seconds of since; when there are several the error is ErrSeveralRuns.
func ReportOf(ctx context.Context, s *awsclient.Session, group, requestID string, since time.Time) (log string, found bool, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, reportWait, errEnough)
	defer cancel()
	for {
		var run Run
		if run, err = readReport(ctx, s, group, requestID, since); len(run.Events) > 0 {
			log = run.Text()
		}
		if err != nil && !passing(err) || run.Ended {
			return log, run.Ended, err
		}
		select {
		case <-time.After(reportEvery):
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			return log, false, given(ctx, err)
		}
	}
}

var errEnough = errors.New("there is no report yet")

// given is the error of a search that ended without a report: none when the logs
// could be read to the last.
func given(ctx context.Context, err error) error {
	switch {
	case !errors.Is(context.Cause(ctx), errEnough):
		return ctx.Err()
	case errors.Is(err, ErrNoGroup), errors.Is(err, context.DeadlineExceeded):
		return nil
	}
	return err
}

// passing says whether an error may be gone at the next attempt.
func passing(err error) bool {
	var e *awsclient.Error
	if !errors.As(err, &e) {
		return errors.Is(err, ErrNoGroup)
	}
	switch e.Kind { //nolint:exhaustive // the others stay until somebody does something
	case awsclient.Throttled, awsclient.Network, awsclient.Unavailable, awsclient.NotFound, awsclient.Canceled:
		return true
	}
	return false
}

// ReportSoFar is ReportOf without the wait: it looks once.
func ReportSoFar(ctx context.Context, s *awsclient.Session, group, requestID string, since time.Time) (log string, found bool, err error) {
	run, err := readReport(ctx, s, group, requestID, since)
	return run.Text(), run.Ended, err
}

func readReport(ctx context.Context, s *awsclient.Session, group, requestID string, since time.Time) (Run, error) {
	if requestID == "" {
		id, err := beganAt(ctx, s, group, since)
		if err != nil || id == "" {
			return Run{}, err
		}
		requestID = id
	}
	return ReadRun(ctx, s, group, requestID, since)
}

// beganAt is the request whose run began when one was made.
func beganAt(ctx context.Context, s *awsclient.Session, group string, since time.Time) (string, error) {
	q := Query{Group: group, Pattern: `?"START RequestId" ?"platform.start"`, Start: since.Add(-startSlack), End: since.Add(startWithin)}
	events, err := readAll(ctx, s, q)
	if err != nil {
		return "", err
	}
	id := ""
	for _, e := range events {
		switch l := Parse(e.Message); {
		case !l.Starts():
		case id != "" && id != l.RequestID:
			return "", fmt.Errorf("look for the run of %s in %s: %w", since.Format(time.TimeOnly), group, ErrSeveralRuns)
		default:
			id = l.RequestID
		}
	}
	return id, nil
}

// Text is the messages of a run, one after the other.
func (r Run) Text() string {
	var b strings.Builder
	for _, e := range r.Events {
		b.WriteString(strings.TrimRight(e.Message, "\n") + "\n")
	}
	return b.String()
}
