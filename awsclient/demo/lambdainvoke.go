package demo

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

const (
	payloadLimit      = 6 << 20
	asyncPayloadLimit = 1 << 20
	answerLimit       = 6 << 20
	tailSize          = 4 << 10
	keptWarm          = 10 * time.Minute
)

// invoke runs a function. Its log is written at once for all the time the run
// will take, so that it ends as it would although the caller has gone.
func invoke(ctx context.Context, a *Account, in *lambda.InvokeInput) (*lambda.InvokeOutput, error) {
	f, version, err := a.function(ctx, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	if err := checkPayload(in); err != nil {
		return nil, err
	}
	if in.InvocationType == types.InvocationTypeDryRun {
		reply(ctx).status = 204
		return &lambda.InvokeOutput{StatusCode: 204}, nil
	}
	r := a.lambda.run(f, version, reply(ctx).id, a.Now(), in.Payload)
	if in.InvocationType == types.InvocationTypeEvent {
		reply(ctx).status = 202
		return &lambda.InvokeOutput{StatusCode: 202}, nil
	}
	if r.waits {
		if err := a.sleep(ctx, r.duration); err != nil {
			return nil, err
		}
	}
	out := &lambda.InvokeOutput{StatusCode: 200, Payload: r.payload, ExecutedVersion: aws.String(version)}
	if r.failed {
		out.FunctionError = aws.String("Unhandled")
	}
	if in.LogType == types.LogTypeTail {
		tail := r.log[max(0, len(r.log)-tailSize):]
		out.LogResult = aws.String(base64.StdEncoding.EncodeToString([]byte(tail)))
	}
	return out, nil
}

func checkPayload(in *lambda.InvokeInput) error {
	limit, kind := payloadLimit, types.InvocationTypeRequestResponse
	if in.InvocationType == types.InvocationTypeEvent {
		limit, kind = asyncPayloadLimit, types.InvocationTypeEvent
	}
	if n := len(in.Payload); n > limit {
		return apiError("RequestTooLargeException",
			fmt.Sprintf("%d byte payload is too large for the %s invocation type (limit %d bytes)", n, kind, limit), 413)
	}
	if len(in.Payload) > 0 && !json.Valid(in.Payload) {
		return apiError("InvalidRequestContentException", "Could not parse request body into json: Could not parse payload into json", 400)
	}
	return nil
}

// run is one run of a function.
type run struct {
	outcome
	f        *function
	version  string
	id       string
	start    time.Time
	duration time.Duration
	init     time.Duration // of a cold start
	timedOut bool
	failed   bool
	payload  []byte
	log      string // as the tail of the answer shows it
}

func (s *lambdaState) run(f *function, version, id string, now time.Time, event []byte) *run {
	if len(bytes.TrimSpace(event)) == 0 {
		event = []byte("{}")
	}
	r := &run{outcome: f.program(event), f: f, version: version, id: id, start: now}
	r.duration = r.takes
	if r.duration == 0 {
		r.duration = s.took(1200*time.Microsecond, 4*time.Millisecond)
	}
	if r.duration > f.limit {
		r.duration, r.timedOut = f.limit, true
	}
	if until, ok := f.warm[version]; !ok || now.After(until) || r.raised != nil && r.raised.exited {
		r.init = s.took(90*time.Millisecond, 180*time.Millisecond)
	}
	f.warm[version] = now.Add(r.duration + keptWarm)
	f.runs++
	if r.used == 0 {
		r.used = int64(36 + f.runs%4)
	}
	r.answerPayload()
	r.writeLog(s.logs)
	return r
}

// answerPayload makes the payload of the answer, from the outcome.
func (r *run) answerPayload() {
	r.payload = []byte(r.answer)
	r.failed = r.raised != nil || r.timedOut || len(r.answer) > answerLimit
	switch {
	case r.timedOut:
		r.payload = object("errorType", "Sandbox.Timedout", "errorMessage",
			fmt.Sprintf("RequestId: %s Error: Task timed out after %.2f seconds", r.id, r.f.limit.Seconds()))
	case r.raised != nil && r.raised.exited:
		r.payload = object("errorType", r.raised.kind, "errorMessage", "RequestId: "+r.id+" "+r.raised.message)
	case r.raised != nil:
		r.payload = object("errorMessage", r.raised.message, "errorType", r.raised.kind, "requestId", r.id, r.raised.stackKey, r.raised.stack)
	case len(r.answer) > answerLimit:
		r.payload = object("errorMessage",
			fmt.Sprintf("Response payload size exceeded maximum allowed payload size (%d bytes).", answerLimit),
			"errorType", "Function.ResponseSizeTooLarge")
	}
}

// object writes a JSON object of keys and values, in that order and with the
// spaces that Python puts into it.
func object(pairs ...any) []byte {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i == 0 {
			b.WriteString("{")
		} else {
			b.WriteString(", ")
		}
		key, _ := json.Marshal(pairs[i])     // a string
		value, _ := json.Marshal(pairs[i+1]) // a string or a list of strings
		b.Write(key)
		b.WriteString(": ")
		b.Write(value)
	}
	b.WriteString("}")
	return []byte(b.String())
}
