package lambda_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"straws/awsclient"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/uitest"
	"straws/views/lambda"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// wired is the invoke screen in front of a server that answers invocations as
// answer does, and nothing else.
func wired(t *testing.T, answer http.HandlerFunc) (d *uitest.Driver, invocations *atomic.Int32) {
	t.Helper()
	invocations = &atomic.Int32{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if !strings.HasSuffix(r.URL.Path, "/invocations") {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		invocations.Add(1)
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	cfg := aws.Config{
		Region: "eu-west-1", Credentials: credentials.NewStaticCredentialsProvider("AKID", "secret", ""),
		RetryMode: aws.RetryModeAdaptive, RetryMaxAttempts: 2,
	}
	session, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Endpoint: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	services := []pane.Service{lambda.Service(lambda.Options{History: true})}
	return uitest.Start(t, uitest.NewClock(), ui.Options{AWS: session, Services: services, Target: "lambda/f"}, 140, 40), invocations
}

func answering(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

func throttling(reason string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Amzn-Errortype", "TooManyRequestsException")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"Reason":"`+reason+`","message":"Rate Exceeded."}`)
	}
}

func TestWhatAServerMayAnswer(t *testing.T) {
	broken := func(reset bool) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				panic(err)
			}
			if tcp, ok := conn.(*net.TCPConn); ok && reset {
				_ = tcp.SetLinger(0)
			}
			_ = conn.Close()
		}
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   []string
		times  int32
	}{
		{"plain text", answering("three reports"), []string{"✓ 200  succeeded", "(the answer is not JSON; this is how it came)", "three reports"}, 1},
		{"not UTF-8", answering("\xff\xfe{}"), []string{"not UTF-8", `\xff\xfe{}`}, 1},
		{"escape sequences", answering("\x1b[2J\x1b]52;c;eA==\x07gone"), []string{"control characters are written out", `\x1b[2J`, "gone"}, 1},
		{"nothing", answering(""), []string{"✓ 200  succeeded", "(no answer)"}, 1},
		{"reset", broken(true), []string{"outcome unknown", "it was not sent again", "the logs cannot be read"}, 1},
		{"closed", broken(false), []string{"outcome unknown", "closed the connection without an answer"}, 1},
		{"500", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, []string{"outcome unknown"}, 1},
		{"function out of concurrency", throttling("ReservedFunctionConcurrentInvocationLimitExceeded"), []string{"✗ throttled, and not run", "the function's own limit"}, 2},
		{"account out of concurrency", throttling("ConcurrentInvocationLimitExceeded"), []string{"✗ throttled, and not run", "the account's limit"}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel() // those that are throttled wait between their attempts
			d, invocations := wired(t, tt.answer)
			d.Type("{}").Keys("ctrl+r").Want(tt.want...)
			if n := invocations.Load(); n != tt.times {
				t.Errorf("the server received %d invocations, want %d", n, tt.times)
			}
		})
	}
}
