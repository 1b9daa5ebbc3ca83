package demo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// A demo call goes down the SDK's whole stack, so the retryer, the meter, the
// call log and the read-only guard see it as they see a real one. Only its two
// ends differ: capture keeps the typed input on its way down, transport answers
// where the network would, and deliver hands the typed answer up in place of
// the parser of XML and JSON.

type stack = middleware.Stack

// exchange is one request and its answer.
type exchange struct {
	op, region string
	input      any

	id     string // request id
	output any
	err    error // an API error
	status int   // what err says when 0
	header http.Header
	body   io.ReadCloser // that the SDK reads itself; nil for an empty one
	stream func(out any) *io.ReadCloser
}

type (
	inputKey    struct{} // context key of the typed input
	exchangeKey struct{} // context key of the exchange, for handlers
	slotKey     struct{} // context key of the place where transport leaves the exchange for deliver
)

// reply gives a handler access to the status and headers of its answer.
func reply(ctx context.Context) *exchange {
	return ctx.Value(exchangeKey{}).(*exchange)
}

// set adds a header to the answer, also to one that is an error.
func (x *exchange) set(name, value string) { x.header.Set(name, value) }

// addStack turns one operation's stack into that of a demo call. A stack that
// only signs has no parser, and is left alone.
func addStack(s *stack) error {
	const parser = "OperationDeserializer"
	if _, ok := s.Deserialize.Get(parser); !ok {
		return nil
	}
	if err := s.Initialize.Add(middleware.InitializeMiddlewareFunc("DemoCapture", capture), middleware.After); err != nil {
		return fmt.Errorf("add the demo account to the stack: %w", err)
	}
	if _, err := s.Deserialize.Swap(parser, middleware.DeserializeMiddlewareFunc(parser, deliver)); err != nil {
		return fmt.Errorf("add the demo account to the stack: %w", err)
	}
	return nil
}

func capture(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (
	middleware.InitializeOutput, middleware.Metadata, error,
) {
	return next.HandleInitialize(middleware.WithStackValue(ctx, inputKey{}, in.Parameters), in)
}

func deliver(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	var x *exchange
	out, meta, err := next.HandleDeserialize(middleware.WithStackValue(ctx, slotKey{}, &x), in)
	if err != nil {
		return out, meta, err
	}
	resp, ok := out.RawResponse.(*smithyhttp.Response)
	if !ok || x == nil {
		return out, meta, &smithy.DeserializationError{Err: fmt.Errorf("no answer from the demo account in %T", out.RawResponse)}
	}
	if x.err != nil {
		return out, meta, x.err
	}
	if x.stream != nil {
		*x.stream(x.output) = resp.Body
	}
	out.Result = x.output
	return out, meta, nil
}

// transport stands where the network would be.
type transport struct{ a *Account }

// Do answers one attempt of a call.
func (t transport) Do(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	slot, ok := middleware.GetStackValue(ctx, slotKey{}).(**exchange)
	if !ok {
		return nil, errors.New("the demo account answers only SDK clients made from its configuration")
	}
	x := &exchange{
		op:     serviceName(awsmiddleware.GetServiceID(ctx)) + ":" + awsmiddleware.GetOperationName(ctx),
		region: awsmiddleware.GetRegion(ctx),
		input:  shallow(middleware.GetStackValue(ctx, inputKey{})),
		header: http.Header{},
	}
	if err := t.a.answer(ctx, x); err != nil {
		return nil, &url.Error{Op: "Post", URL: req.URL.String(), Err: err}
	}
	*slot = x
	return x.response(req), nil
}

// serviceName is the prefix of operation names, such as "logs".
func serviceName(id string) string {
	if id == "CloudWatch Logs" {
		return "logs"
	}
	return strings.ToLower(strings.ReplaceAll(id, " ", ""))
}

// shallow copies an input, so that a caller who reuses its own for the next page
// does not rewrite the record of this one.
func shallow(in any) any {
	v := reflect.ValueOf(in)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return in
	}
	c := reflect.New(v.Elem().Type())
	c.Elem().Set(v.Elem())
	return c.Interface()
}

// response dresses the answer as HTTP: status, request ids, length, and the
// body when there is a stream.
func (x *exchange) response(req *http.Request) *http.Response {
	status := x.status
	if status == 0 {
		status = statusOf(x.err)
	}
	for _, name := range []string{"X-Amzn-Requestid", "X-Amz-Request-Id", "X-Amz-Id-2"} {
		x.header.Set(name, x.id)
	}
	r := &http.Response{
		Status: strconv.Itoa(status) + " " + http.StatusText(status), StatusCode: status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: x.header, Body: io.NopCloser(bytes.NewReader(nil)), Request: req,
	}
	if x.err == nil && x.stream != nil {
		r.Body = *x.stream(x.output)
	}
	if x.body != nil {
		r.Body, r.ContentLength = x.body, -1
		return r
	}
	if v := x.header.Get("Content-Length"); v != "" {
		r.ContentLength, _ = strconv.ParseInt(v, 10, 64)
	} else {
		r.ContentLength = envelope + weigh(reflect.ValueOf(x.output), 6)
		x.header.Set("Content-Length", strconv.FormatInt(r.ContentLength, 10))
	}
	return r
}
