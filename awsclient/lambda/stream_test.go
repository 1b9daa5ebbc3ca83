package lambda_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/lambda"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/smithy-go/eventstream"
)

func TestAnAnswerArrivesInPieces(t *testing.T) {
	s, _ := open(t, awsclient.Options{})
	var pieces []string
	r, err := lambda.InvokeStream(t.Context(), s, lambda.Invocation{Function: "echo", Payload: []byte(`{"text":"a long answer"}`), Mode: lambda.Stream},
		func(p []byte) { pieces = append(pieces, string(p)) })
	if err != nil || r.Status != 200 || string(r.Payload) != `{"text":"a long answer"}` || strings.Join(pieces, "") != string(r.Payload) || len(pieces) < 2 {
		t.Errorf("got %q in %q, %v", r.Payload, pieces, err)
	}
	if r.Report.RequestID != r.RequestID || r.Report.Memory != 128 || r.ExecutedVersion != "$LATEST" {
		t.Errorf("got %+v", r)
	}
}

func TestAFailureInAStreamIsAFailure(t *testing.T) {
	s, _ := open(t, awsclient.Options{})
	r, err := lambda.InvokeStream(t.Context(), s, lambda.Invocation{Function: "always-fails", Mode: lambda.Stream}, func([]byte) {})
	if err != nil || r.FunctionError == "" || r.Failure.Type != "ZeroDivisionError" || len(r.Failure.Stack) != 2 {
		t.Errorf("got %+v, %v", r, err)
	}
}

// streamed answers with events; the last word is done's.
func streamed(got *atomic.Int32, done func(w http.ResponseWriter), events ...eventstream.Message) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		got.Add(1)
		w.Header().Set("Content-Type", "application/vnd.amazon.eventstream")
		w.Header().Set("X-Amzn-Requestid", "0c1e7b1c-stream")
		for _, e := range events {
			_ = eventstream.NewEncoder().Encode(w, e)
			w.(http.Flusher).Flush()
		}
		if done != nil {
			done(w)
		}
	}))
}

func event(kind, body string) eventstream.Message {
	return eventstream.Message{Payload: []byte(body), Headers: eventstream.Headers{
		{Name: eventstream.MessageTypeHeader, Value: eventstream.StringValue("event")},
		{Name: eventstream.EventTypeHeader, Value: eventstream.StringValue(kind)},
	}}
}

func TestAStreamIsAskedForOnceWhateverHappens(t *testing.T) {
	log := base64.StdEncoding.EncodeToString([]byte("REPORT RequestId: 1\tDuration: 5 ms\t"))
	tests := []struct {
		name   string
		done   func(http.ResponseWriter)
		events []eventstream.Message
		whole  bool
	}{
		{"whole", nil, []eventstream.Message{event("PayloadChunk", "one"), event("PayloadChunk", "two"), event("InvokeComplete", `{"LogResult":"`+log+`"}`)}, true},
		{"ended without completion", nil, []eventstream.Message{event("PayloadChunk", "onetwo")}, false},
		{"reset in the middle", func(w http.ResponseWriter) { hijack(w, true) }, []eventstream.Message{event("PayloadChunk", "onetwo")}, false},
		{"reset at once", func(w http.ResponseWriter) { hijack(w, true) }, nil, false},
		{"rubbish", func(w http.ResponseWriter) { _, _ = w.Write(bytes.Repeat([]byte("x"), 100)) }, []eventstream.Message{event("PayloadChunk", "onetwo")}, false},
	}
	for _, mode := range []aws.RetryMode{aws.RetryModeStandard, aws.RetryModeAdaptive} {
		for _, tt := range tests {
			t.Run(string(mode)+" "+tt.name, func(t *testing.T) {
				var got atomic.Int32
				server := streamed(&got, tt.done, tt.events...)
				defer server.Close()
				r, err := lambda.InvokeStream(t.Context(), wired(t, server.URL, mode), lambda.Invocation{Function: "f"}, func([]byte) {})
				if n := got.Load(); n != 1 {
					t.Errorf("the server was asked %d times", n)
				}
				if tt.whole != (err == nil) || !tt.whole && !errors.Is(err, lambda.ErrOutcomeUnknown) {
					t.Errorf("got %v", err)
				}
				if len(tt.events) > 0 && string(r.Payload) != "onetwo" {
					t.Errorf("got %q", r.Payload)
				}
				if tt.whole && (r.Report.Duration != 5*time.Millisecond || r.RequestID != "0c1e7b1c-stream") {
					t.Errorf("got %+v", r)
				}
			})
		}
	}
}

func TestStoppingAStream(t *testing.T) {
	var got atomic.Int32
	release := make(chan struct{})
	server := streamed(&got, func(http.ResponseWriter) { <-release }, event("PayloadChunk", "one"))
	defer server.Close()
	defer close(release)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := lambda.InvokeStream(ctx, wired(t, server.URL, aws.RetryModeStandard), lambda.Invocation{Function: "f"}, func([]byte) { cancel() })
	if !errors.Is(err, context.Canceled) || errors.Is(err, lambda.ErrOutcomeUnknown) || got.Load() != 1 {
		t.Errorf("got %v after %d requests", err, got.Load())
	}
}

func TestReadOnlyStreamsNothing(t *testing.T) {
	s, a := open(t, awsclient.Options{ReadOnly: true})
	_, err := lambda.InvokeStream(t.Context(), s, lambda.Invocation{Function: "echo"}, func([]byte) {})
	if !errors.Is(err, awsclient.ErrReadOnly) || len(a.Calls("lambda:InvokeWithResponseStream")) != 0 {
		t.Errorf("got %v", err)
	}
}

func TestTheClientContextIsSentAsBase64(t *testing.T) {
	s, a := open(t, awsclient.Options{})
	i := lambda.Invocation{Function: "echo", Context: []byte(`{"custom":{"a":"b"}}`)}
	if _, err := lambda.Invoke(t.Context(), s, i); err != nil {
		t.Fatal(err)
	}
	in := a.Calls("lambda:Invoke")[0].Input.(*sdk.InvokeInput)
	if text, err := base64.StdEncoding.DecodeString(aws.ToString(in.ClientContext)); err != nil || string(text) != `{"custom":{"a":"b"}}` {
		t.Errorf("AWS received %v, %v", in.ClientContext, err)
	}
	if _, err := lambda.InvokeStream(t.Context(), s, i, func([]byte) {}); err != nil || len(a.Calls("lambda:InvokeWithResponseStream")) != 1 {
		t.Errorf("got %v", err)
	}
}
