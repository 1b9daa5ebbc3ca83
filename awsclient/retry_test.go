package awsclient_test

import (
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"straws/awsclient"
)

// Whatever happens to an invocation that may have begun, it is not sent again.
func TestAnInvocationIsSentOnce(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"500":          says(500, jsonType, jsonError("ServiceException", "boom")),
		"502 page":     says(502, "text/html", "<html>bad gateway</html>"),
		"reset":        hijack("", 0),
		"end of file":  hijack("", politely),
		"half a reply": hijack("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", politely),
		"404":          says(404, jsonType, jsonError("ResourceNotFoundException", "gone")),
	} {
		t.Run(name, func(t *testing.T) {
			fake := newWire(t, answer)
			if err := invoke(t.Context(), open(t, fake.URL)); err == nil {
				t.Error("it succeeded")
			}
			if n := fake.arrived.Load(); n != 1 {
				t.Errorf("%d invocations", n)
			}
		})
	}
}

// The default retryer sends such calls three times: the test above can fail.
func TestOtherCallsAreSentAgain(t *testing.T) {
	fake := newWire(t, hijack("", 0))
	s := open(t, fake.URL)
	if err := listFunctions(t.Context(), s); err == nil || fake.arrived.Load() != 3 {
		t.Errorf("%v after %d requests", err, fake.arrived.Load())
	}
	if m := s.Meter().Snapshot(); m.Requests != 3 || m.Retries != 2 {
		t.Errorf("the meter reads %+v", m)
	}
}

func TestAThrottledInvocationIsSentAgain(t *testing.T) {
	throttled := says(429, jsonType, jsonError("TooManyRequestsException", "Rate Exceeded."))
	first := true
	fake := newWire(t, func(w http.ResponseWriter, r *http.Request) {
		if first {
			first = false
			throttled(w, r)
			return
		}
		_, _ = io.WriteString(w, `{"ok":true}`)
	})
	s := open(t, fake.URL)
	if err := invoke(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if m := s.Meter().Snapshot(); fake.arrived.Load() != 2 || m.Throttles != 1 || m.Retries != 1 {
		t.Errorf("%d requests, the meter reads %+v", fake.arrived.Load(), m)
	}
}

func TestSingleAttemptDecides(t *testing.T) {
	r := awsclient.SingleAttempt()
	dial := &net.OpError{Op: "dial", Err: io.EOF}
	read := &net.OpError{Op: "read", Err: io.EOF}
	if !r.IsErrorRetryable(dial) || r.IsErrorRetryable(read) || r.IsErrorRetryable(io.ErrUnexpectedEOF) {
		t.Error("only a dial is known not to have begun")
	}
	if r.MaxAttempts() != 3 {
		t.Errorf("%d attempts", r.MaxAttempts())
	}
	if wait, err := r.RetryDelay(3, dial); err != nil || wait > 20*time.Second {
		t.Errorf("waits %v, %v", wait, err)
	}
}
