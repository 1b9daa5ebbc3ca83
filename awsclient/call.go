package awsclient

import (
	"context"
	"errors"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// watch is the session's middleware at three depths of every operation: around
// it all (deadline, call log), around each attempt once it is signed (meter),
// and at the wire (bytes, and whether it is AWS that answers). The SDK's
// interceptors would do for none of these: they do not see errors, and cannot
// change the context.
type watch struct {
	profile string
	limit   time.Duration
	meter   *Meter
	trace   *Trace
}

// install adds the middleware to the clients built from cfg. It goes in before
// the options that cfg has: one of them may put a whole account at the end of
// the stack.
func (w *watch) install(cfg *aws.Config) {
	add := func(s *middleware.Stack) error {
		return errors.Join(
			s.Initialize.Add(middleware.InitializeMiddlewareFunc("StrawsCall", w.call), middleware.Before),
			s.Finalize.Add(middleware.FinalizeMiddlewareFunc("StrawsAttempt", w.attempt), middleware.After),
			s.Deserialize.Add(middleware.DeserializeMiddlewareFunc("StrawsWire", w.wire), middleware.After),
		)
	}
	cfg.APIOptions = append([]func(*middleware.Stack) error{add}, cfg.APIOptions...)
}

type stateKey struct{}

// state is what is known of an operation while it runs. One goroutine has it.
type state struct {
	service, operation string

	host     string
	attempts int
	status   int
}

// callError adds to an error what only the call itself knows.
type callError struct {
	host, profile, target string
	waited                time.Duration // until the deadline cut it short
	err                   error
}

func (e *callError) Error() string { return e.err.Error() }
func (e *callError) Unwrap() error { return e.err }

func (w *watch) call(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	middleware.InitializeOutput, middleware.Metadata, error,
) {
	start := time.Now()
	c := &state{service: awsmiddleware.GetServiceID(ctx), operation: awsmiddleware.GetOperationName(ctx)}
	region := awsmiddleware.GetRegion(ctx)
	ctx = middleware.WithStackValue(ctx, stateKey{}, c)
	if !takesLong(c.service, c.operation) {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, w.limit)
		defer cancel()
	}
	out, meta, err := next.HandleInitialize(ctx, in)
	took := time.Since(start)
	if err != nil {
		e := &callError{host: c.host, profile: w.profile, target: target(in.Parameters), err: err}
		if errors.Is(ctx.Err(), context.DeadlineExceeded) && errors.Is(err, context.DeadlineExceeded) {
			e.waited = max(took.Round(100*time.Millisecond), time.Millisecond)
		}
		err = e
	}
	// A presigned URL is made without a request: there is nothing to log.
	if c.attempts > 0 || err != nil {
		w.trace.add(ctx, Call{
			Time: start, Service: c.service, Operation: c.operation, Region: region,
			Status: c.status, Attempts: c.attempts, Duration: took,
			RequestID: requestID(meta, err), Params: parameters(in.Parameters),
		}, err)
	}
	return out, meta, err
}

// attempt runs once a request is signed and about to be sent.
func (w *watch) attempt(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
	middleware.FinalizeOutput, middleware.Metadata, error,
) {
	c, ok := middleware.GetStackValue(ctx, stateKey{}).(*state)
	req, isHTTP := in.Request.(*smithyhttp.Request)
	if !ok || !isHTTP {
		return next.HandleFinalize(ctx, in)
	}
	c.attempts++
	c.host = req.URL.Scheme + "://" + req.URL.Host
	out, meta, err := next.HandleFinalize(ctx, in)
	c.status = statusOf(meta, err)
	w.meter.request(c, max(req.ContentLength, 0), err)
	return out, meta, err
}

// statusOf is the HTTP status of an attempt, 0 when there was no answer.
func statusOf(meta middleware.Metadata, err error) int {
	var failed *smithyhttp.ResponseError
	if errors.As(err, &failed) {
		return failed.HTTPStatusCode()
	}
	if resp, ok := awsmiddleware.GetRawResponse(meta).(*smithyhttp.Response); ok && resp.Response != nil {
		return resp.StatusCode
	}
	return 0
}

func requestID(meta middleware.Metadata, err error) string {
	var failed interface{ ServiceRequestID() string }
	if errors.As(err, &failed) {
		return failed.ServiceRequestID()
	}
	id, _ := awsmiddleware.GetRequestIDMetadata(meta)
	return id
}

// errorCode is AWS's code of a failure, or the kind of one that has none.
func errorCode(err error) string {
	var api smithy.APIError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &api):
		return api.ErrorCode()
	}
	var e *Error
	if errors.As(Classify(err), &e) {
		return e.Kind.String()
	}
	return ""
}

// takesLong says whether an operation may run for minutes: it moves an
// object's bytes, waits for a function, or stays open.
func takesLong(service, operation string) bool {
	switch service + ":" + operation {
	case "S3:GetObject", "S3:PutObject", "S3:UploadPart", "S3:UploadPartCopy", "S3:CopyObject",
		"S3:CompleteMultipartUpload", "S3:SelectObjectContent",
		"Lambda:Invoke", "Lambda:InvokeAsync", "Lambda:InvokeWithResponseStream",
		"CloudWatch Logs:StartLiveTail", "CloudWatch Logs:GetLogObject":
		return true
	}
	return false
}
