package demo

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/smithy-go/eventstream"
)

// streamPieces is in how many pieces a function writes its answer.
const streamPieces = 4

// invokeStream runs a function and sends its answer piece by piece, over the time
// that the run takes.
func invokeStream(ctx context.Context, a *Account, in *lambda.InvokeWithResponseStreamInput) (*lambda.InvokeWithResponseStreamOutput, error) {
	f, version, err := a.function(ctx, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	if err := checkPayload(&lambda.InvokeInput{Payload: in.Payload}); err != nil {
		return nil, err
	}
	r := a.lambda.run(f, version, reply(ctx).id, a.Now(), in.Payload)
	reply(ctx).body = io.NopCloser(&answerStream{ctx: ctx, clock: a.clock, events: r.events(in.LogType)})
	return &lambda.InvokeWithResponseStreamOutput{StatusCode: 200, ExecutedVersion: aws.String(version)}, nil
}

// streamEvent is one message of an answer and when it is sent.
type streamEvent struct {
	at   time.Time
	kind string // of the event
	body []byte
}

func (r *run) events(log types.LogType) []streamEvent {
	var events []streamEvent
	size := max((len(r.payload)+streamPieces-1)/streamPieces, 1)
	for i := 0; i*size < len(r.payload) && !r.failed; i++ {
		at := r.start
		if r.waits {
			at = at.Add(r.duration * time.Duration(i+1) / streamPieces)
		}
		events = append(events, streamEvent{at, "PayloadChunk", r.payload[i*size : min((i+1)*size, len(r.payload))]})
	}
	end := map[string]string{}
	if r.failed {
		end["ErrorCode"], end["ErrorDetails"] = "Unhandled", string(r.payload)
	}
	if log == types.LogTypeTail {
		end["LogResult"] = base64.StdEncoding.EncodeToString([]byte(r.log[max(0, len(r.log)-tailSize):]))
	}
	body, _ := json.Marshal(end) // strings
	at := r.start
	if r.waits {
		at = at.Add(r.duration)
	}
	return append(events, streamEvent{at, "InvokeComplete", body})
}

// answerStream writes events as they travel, none before its time.
type answerStream struct {
	ctx    context.Context //nolint:containedctx // a reader has no other way to end with its request
	clock  *clock
	events []streamEvent
	ready  bytes.Buffer
}

// Read implements io.Reader.
func (s *answerStream) Read(p []byte) (int, error) {
	for s.ready.Len() == 0 && len(s.events) > 0 {
		e := s.events[0]
		if err := s.clock.wait(s.ctx, e.at); err != nil {
			return 0, err
		}
		s.events = s.events[1:]
		if err := eventstream.NewEncoder().Encode(&s.ready, e.message()); err != nil {
			return 0, fmt.Errorf("encode an event: %w", err)
		}
	}
	return s.ready.Read(p) //nolint:wrapcheck // a Reader's error is part of its contract
}

func (e streamEvent) message() eventstream.Message {
	content := "application/octet-stream"
	if e.kind == "InvokeComplete" {
		content = "application/json"
	}
	return eventstream.Message{
		Headers: eventstream.Headers{
			{Name: eventstream.MessageTypeHeader, Value: eventstream.StringValue(eventstream.EventMessageType)},
			{Name: eventstream.EventTypeHeader, Value: eventstream.StringValue(e.kind)},
			{Name: eventstream.ContentTypeHeader, Value: eventstream.StringValue(content)},
		},
		Payload: e.body,
	}
}
