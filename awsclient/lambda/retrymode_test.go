package lambda_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/lambda"
)

// Whatever the user's environment says about retries, a function is sent once.
func TestNoEnvironmentRepeatsAnInvocation(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	for _, mode := range []string{"", "standard", "adaptive"} {
		for _, attempts := range []string{"", "1", "10"} {
			for name, answer := range map[string]http.HandlerFunc{
				"reset":  func(w http.ResponseWriter, _ *http.Request) { hijack(w, true) },
				"closed": func(w http.ResponseWriter, _ *http.Request) { hijack(w, false) },
				"500":    status(500, "ServiceException"),
				"503":    status(503, "ServiceUnavailable"),
				"silent": hang,
			} {
				t.Run(strings.Join([]string{mode, attempts, name}, "/"), func(t *testing.T) {
					var got atomic.Int32
					server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
						_, _ = io.Copy(io.Discard, r.Body)
						got.Add(1)
						answer(w, r)
					}))
					defer server.Close()
					s := fromEnvironment(t, server.URL, mode, attempts)
					for _, invoke := range invokers() {
						got.Store(0)
						ctx, cancel := contextFor(t, name == "silent")
						err := invoke(ctx, s)
						cancel()
						if err == nil || got.Load() != 1 {
							t.Errorf("the server was asked %d times: %v", got.Load(), err)
						}
					}
				})
			}
		}
	}
}

// fromEnvironment is the session of a user with these settings for retries.
func fromEnvironment(t *testing.T, url, mode, attempts string) *awsclient.Session {
	t.Helper()
	dir := t.TempDir()
	for name, value := range map[string]string{
		"AWS_CONFIG_FILE": filepath.Join(dir, "config"), "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(dir, "credentials"),
		"AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "eu-west-1", "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
	for name, value := range map[string]string{"AWS_RETRY_MODE": mode, "AWS_MAX_ATTEMPTS": attempts} {
		t.Setenv(name, value)
		if value == "" {
			_ = os.Unsetenv(name)
		}
	}
	s, err := awsclient.Open(t.Context(), awsclient.Options{Endpoint: url, Timeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// invokers are the two ways of running a function.
func invokers() []func(context.Context, *awsclient.Session) error {
	i := lambda.Invocation{Function: "f", Payload: []byte("{}")}
	return []func(context.Context, *awsclient.Session) error{
		func(ctx context.Context, s *awsclient.Session) error {
			_, err := lambda.Invoke(ctx, s, i)
			return err
		},
		func(ctx context.Context, s *awsclient.Session) error {
			_, err := lambda.InvokeStream(ctx, s, i, func([]byte) {})
			return err
		},
	}
}

// contextFor ends by itself where the server says nothing: longer than any other
// call may take, and as a user who stops waiting.
func contextFor(t *testing.T, silent bool) (context.Context, context.CancelFunc) {
	t.Helper()
	if silent {
		return context.WithTimeout(t.Context(), 150*time.Millisecond)
	}
	return context.WithCancel(t.Context())
}
