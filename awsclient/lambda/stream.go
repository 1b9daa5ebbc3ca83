package lambda

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/smithy-go/middleware"
)

// InvokeStream runs a function as Invoke does, once and without a limit of time
// (lambda:InvokeWithResponseStream), and gives every piece of the answer to
// arrived as soon as it comes. The Result has the whole of it. A connection that
// dies in the middle is an error with the Result so far.
func InvokeStream(ctx context.Context, s *awsclient.Session, i Invocation, arrived func(piece []byte)) (Result, error) {
	in := &sdk.InvokeWithResponseStreamInput{
		FunctionName: aws.String(i.Function), Qualifier: optional(i.Qualifier),
		ClientContext: i.context(), LogType: types.LogTypeTail,
	}
	if len(bytes.TrimSpace(i.Payload)) > 0 {
		in.Payload = i.Payload
	}
	start := time.Now()
	out, err := invokeClient(s).InvokeWithResponseStream(ctx, in)
	if err != nil {
		err = invokeError(i.Function, err)
		i.audit(s, requestID(err), err)
		return Result{}, err
	}
	r := newStreamResult(out.StatusCode, out.ExecutedVersion, out.ResultMetadata)
	err = r.read(ctx, out.GetStream(), arrived)
	r.Elapsed = time.Since(start)
	if err != nil {
		err = streamError(ctx, i.Function, err)
		i.audit(s, r.RequestID, err)
		return r, err
	}
	i.auditResult(s, r)
	return r, nil
}

func newStreamResult(status int32, version *string, meta middleware.Metadata) Result {
	r := Result{Status: cmp.Or(int(status), http.StatusOK), ExecutedVersion: aws.ToString(version)}
	r.RequestID, _ = awsmiddleware.GetRequestIDMetadata(meta)
	return r
}

// read takes the events of the answer until the one that completes it.
func (r *Result) read(ctx context.Context, stream *sdk.InvokeWithResponseStreamEventStream, arrived func([]byte)) error {
	defer stream.Close() //nolint:errcheck // the answer is whole, or its error is known
	complete := false
	for event := range stream.Events() {
		switch e := event.(type) {
		case *types.InvokeWithResponseStreamResponseEventMemberPayloadChunk:
			r.Payload = append(r.Payload, e.Value.Payload...)
			arrived(e.Value.Payload)
		case *types.InvokeWithResponseStreamResponseEventMemberInvokeComplete:
			complete = true
			r.complete(e.Value)
		}
	}
	switch err := stream.Err(); {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && !complete:
		return err //nolint:wrapcheck // streamError does
	case !complete:
		return io.ErrUnexpectedEOF
	}
	return nil
}

// complete takes what comes after the answer. A function that failed in the
// middle of it says so here and not in the answer.
func (r *Result) complete(e types.InvokeWithResponseStreamCompleteEvent) {
	r.addLog(e.LogResult)
	r.FunctionError = aws.ToString(e.ErrorCode)
	if r.FunctionError == "" {
		return
	}
	r.Failure = ParseFailure([]byte(aws.ToString(e.ErrorDetails)))
	if r.Failure.Type == "" && r.Failure.Message == "" {
		r.Failure = Failure{Type: r.FunctionError, Message: aws.ToString(e.ErrorDetails)}
	}
}

// streamError is what ended an answer that had begun: the function did run.
func streamError(ctx context.Context, function string, err error) error {
	if ctx.Err() == nil && !errors.Is(err, context.Canceled) {
		err = fmt.Errorf("%w: %w", ErrOutcomeUnknown, err)
	}
	return awsclient.Classify(fmt.Errorf("read the answer of %s: %w", function, err))
}
