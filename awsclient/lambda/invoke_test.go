package lambda_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/lambda"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// open is a session with a new demo account.
func open(t *testing.T, o awsclient.Options) (*awsclient.Session, *demo.Account) {
	t.Helper()
	a := demo.New(demo.Options{})
	c := a.Config()
	o.Config = &c
	s, err := awsclient.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s, a
}

func TestInvoke(t *testing.T) {
	tests := []struct {
		name    string
		in      lambda.Invocation
		status  int
		payload string
		failure string // type and message
		stack   string
		log     string
	}{
		{"the mean", lambda.Invocation{Function: "calculate_mean", Payload: []byte(`{"nums":[1,2,3]}`)}, 200, `{"statusCode": 200, "body": 2.0}`, "", "", "REPORT RequestId"},
		{"an alias", lambda.Invocation{Function: "calculate_mean", Qualifier: "live", Payload: []byte(`{"nums":[1]}`)}, 200, `{"statusCode": 200, "body": 1.0}`, "", "", "Version: 2"},
		{"nothing at all", lambda.Invocation{Function: "echo", Payload: []byte(" \n")}, 200, `{}`, "", "", ""},
		{"a number", lambda.Invocation{Function: "echo", Payload: []byte(`1`)}, 200, `1`, "", "", ""},
		{"python raises", lambda.Invocation{Function: "always-fails"}, 200, `"errorMessage"`, "ZeroDivisionError division by zero", "line 9, in ratio", "Traceback"},
		{"node raises", lambda.Invocation{Function: "resize-image"}, 200, `"trace"`, "TypeError Cannot read properties", "index.mjs:31", "platform.report"},
		{"java raises", lambda.Invocation{Function: "order-events"}, 200, "", "java.lang.NullPointerException Cannot invoke", "Ledger.java:58", ""},
		{"image that cannot start", lambda.Invocation{Function: "legacy-invoices"}, 200, "", "Runtime.ExitError RequestId", "", ""},
		{"queued", lambda.Invocation{Function: "echo", Mode: lambda.Async}, 202, "", "", "", ""},
		{"allowed", lambda.Invocation{Function: "echo", Mode: lambda.DryRun}, 204, "", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := open(t, awsclient.Options{})
			r, err := lambda.Invoke(t.Context(), s, tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if r.Status != tt.status || !strings.Contains(string(r.Payload), tt.payload) || !strings.Contains(r.Log, tt.log) {
				t.Errorf("status %d, payload %s, log\n%s", r.Status, r.Payload, r.Log)
			}
			if (r.FunctionError != "") != (tt.failure != "") || !strings.HasPrefix(r.Failure.Type+" "+r.Failure.Message, tt.failure) && tt.failure != "" {
				t.Errorf("failure %q %+v, want %q", r.FunctionError, r.Failure, tt.failure)
			}
			if !strings.Contains(strings.Join(r.Failure.Stack, "\n"), tt.stack) {
				t.Errorf("stack lacks %q: %q", tt.stack, r.Failure.Stack)
			}
			if tt.in.Mode == lambda.Wait && (r.RequestID == "" || r.Report.RequestID != r.RequestID || r.Report.Billed == 0 || r.Report.Memory == 0) {
				t.Errorf("request %q, report %+v", r.RequestID, r.Report)
			}
		})
	}
}

func TestAFunctionIsInvokedOnceWhateverHappens(t *testing.T) {
	tests := []struct {
		name    string
		answer  func(w http.ResponseWriter, r *http.Request)
		unknown bool // whether the outcome is
		want    int32
	}{
		{"reset", func(w http.ResponseWriter, _ *http.Request) { hijack(w, true) }, true, 1},
		{"closed", func(w http.ResponseWriter, _ *http.Request) { hijack(w, false) }, true, 1},
		{"internal error", status(500, "ServiceException"), true, 1},
		{"bad gateway of a proxy", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(502)
			_, _ = io.WriteString(w, "<html>Bad Gateway</html>")
		}, true, 1},
		{"denied", status(403, "AccessDeniedException"), false, 1},
		{"unknown function", status(404, "ResourceNotFoundException"), false, 1},
		{"throttled", status(429, "TooManyRequestsException"), false, 3},
		{"cut off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, `{"half":`)
		}, true, 1},
	}
	for _, mode := range []aws.RetryMode{aws.RetryModeStandard, aws.RetryModeAdaptive} {
		for _, tt := range tests {
			t.Run(string(mode)+" "+tt.name, func(t *testing.T) {
				var got atomic.Int32
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					_, _ = io.Copy(io.Discard, r.Body)
					got.Add(1)
					tt.answer(w, r)
				}))
				defer server.Close()
				s := wired(t, server.URL, mode)
				_, err := lambda.Invoke(t.Context(), s, lambda.Invocation{Function: "f", Payload: []byte("{}")})
				if err == nil {
					t.Fatal("no error")
				}
				if n := got.Load(); n != tt.want {
					t.Errorf("the server was asked %d times, want %d", n, tt.want)
				}
				if errors.Is(err, lambda.ErrOutcomeUnknown) != tt.unknown {
					t.Errorf("outcome unknown is %v, want %v: %v", !tt.unknown, tt.unknown, err)
				}
			})
		}
	}
}

// wired is a session that talks HTTP to url.
func wired(t *testing.T, url string, mode aws.RetryMode) *awsclient.Session {
	t.Helper()
	c := aws.Config{
		Region: "eu-west-1", Credentials: credentials.NewStaticCredentialsProvider("AKID", "secret", ""),
		RetryMode: mode, RetryMaxAttempts: 3,
	}
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &c, Endpoint: url})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func status(code int, name string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Amzn-Errortype", name)
		w.WriteHeader(code)
		_, _ = io.WriteString(w, `{"Message":"no"}`)
	}
}

func hijack(w http.ResponseWriter, reset bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

func TestNobodyListening(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	_, err := lambda.Invoke(t.Context(), wired(t, server.URL, aws.RetryModeStandard), lambda.Invocation{Function: "f"})
	if err == nil || errors.Is(err, lambda.ErrOutcomeUnknown) {
		t.Errorf("got %v, want an error that knows that nothing ran", err)
	}
}

func TestASilentServerIsWaitedForLongerThanAnyCall(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-release
		_, _ = io.WriteString(w, `"late"`)
	}))
	defer server.Close()
	c := aws.Config{Region: "eu-west-1", Credentials: credentials.NewStaticCredentialsProvider("AKID", "secret", "")}
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &c, Endpoint: server.URL, Timeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(300*time.Millisecond, func() { close(release) })
	r, err := lambda.Invoke(t.Context(), s, lambda.Invocation{Function: "f"})
	if err != nil || string(r.Payload) != `"late"` {
		t.Errorf("got %s, %v", r.Payload, err)
	}
}

func TestStoppingToWaitIsNotAnUnknownOutcome(t *testing.T) {
	s, a := open(t, awsclient.Options{})
	a.Fail("lambda:Invoke", demo.Hang)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	_, err := lambda.Invoke(ctx, s, lambda.Invocation{Function: "echo"})
	if !errors.Is(err, context.Canceled) || errors.Is(err, lambda.ErrOutcomeUnknown) {
		t.Errorf("got %v", err)
	}
	if n := len(a.Calls("lambda:Invoke")); n != 1 {
		t.Errorf("AWS received %d invocations", n)
	}
}

func TestReadOnlyInvokesNothing(t *testing.T) {
	s, a := open(t, awsclient.Options{ReadOnly: true})
	_, err := lambda.Invoke(t.Context(), s, lambda.Invocation{Function: "echo"})
	if !errors.Is(err, awsclient.ErrReadOnly) || errors.Is(err, lambda.ErrOutcomeUnknown) {
		t.Errorf("got %v", err)
	}
	if n := len(a.Calls("lambda:Invoke")); n != 0 {
		t.Errorf("AWS received %d invocations", n)
	}
}

func TestInvocationsAreAuditedWithoutTheirPayload(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	s, _ := open(t, awsclient.Options{AuditPath: path})
	for _, i := range []lambda.Invocation{
		{Function: "echo", Payload: []byte(`{"password":"hunter2"}`)},
		{Function: "always-fails"},
		{Function: "nope", Mode: lambda.Async},
		{Function: "echo", Mode: lambda.DryRun}, // changes nothing
	} {
		_, _ = lambda.Invoke(t.Context(), s, i)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	log := string(text)
	for _, want := range []string{"lambda:InvokeFunction", "echo", "the function failed: ZeroDivisionError", "nope"} {
		if !strings.Contains(log, want) {
			t.Errorf("the audit lacks %q:\n%s", want, log)
		}
	}
	if strings.Contains(log, "hunter2") || strings.Count(log, "\n") != 3 {
		t.Errorf("the audit says too much:\n%s", log)
	}
}

func TestCommandOfAnInvocation(t *testing.T) {
	tests := []struct {
		name string
		in   lambda.Invocation
		want string
	}{
		{"plain", lambda.Invocation{Function: "f"}, "lambda invoke --function-name f --log-type Tail /dev/stdout"},
		{"payload", lambda.Invocation{Function: "f", Qualifier: "live", Payload: []byte(`{"a":1}`)}, `lambda invoke --function-name f --qualifier live --log-type Tail --cli-binary-format raw-in-base64-out --payload {"a":1} /dev/stdout`},
		{"dry run", lambda.Invocation{Function: "f", Mode: lambda.DryRun}, "lambda invoke --function-name f --invocation-type DryRun /dev/stdout"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(tt.in.Command(), " "); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
