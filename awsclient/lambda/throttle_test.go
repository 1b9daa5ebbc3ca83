package lambda_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/lambda"

	"github.com/aws/aws-sdk-go-v2/aws"
)

func TestWhichLimitThrottles(t *testing.T) {
	for _, tt := range []struct{ reason, want string }{
		{"ReservedFunctionConcurrentInvocationLimitExceeded", "the function's own limit: its reserved concurrency"},
		{"ConcurrentInvocationLimitExceeded", "the account's limit: all of its concurrency"},
		{"ReservedFunctionInvocationRateLimitExceeded", "the function's own limit: ten invocations"},
		{"FunctionInvocationRateLimitExceeded", "the account's limit: ten invocations"},
		{"CallerRateLimitExceeded", "this caller"},
		{"ConcurrentSnapshotCreateLimitExceeded", "SnapStart"},
		{"", "does not say"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel() // each waits between its three attempts
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Amzn-Errortype", "TooManyRequestsException")
				w.WriteHeader(http.StatusTooManyRequests)
				_, _ = io.WriteString(w, `{"Reason":"`+tt.reason+`","Type":"User","message":"Rate Exceeded."}`)
			}))
			defer server.Close()
			_, err := lambda.Invoke(t.Context(), wired(t, server.URL, aws.RetryModeStandard), lambda.Invocation{Function: "f"})
			var e *awsclient.Error
			if !errors.As(err, &e) || e.Kind != awsclient.Throttled || !strings.Contains(lambda.ThrottledBy(err), tt.want) {
				t.Errorf("got %q of %v", lambda.ThrottledBy(err), err)
			}
		})
	}
	if got := lambda.ThrottledBy(errors.New("no")); got != "" {
		t.Errorf("another error: %q", got)
	}
}
