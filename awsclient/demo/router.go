package demo

import (
	"context"
	"io"
	"time"
)

// Call is one request that reached the account. Every attempt counts, also the
// ones that a fault then failed.
type Call struct {
	Op     string // "ec2:TerminateInstances"
	Region string
	Input  any // a pointer to the SDK's input, as it was sent: *ec2.TerminateInstancesInput
	At     time.Time
}

// callsKept bounds the record of calls, for accounts that are polled for days.
const callsKept = 20_000

// router finds the handler of an operation.
type router struct {
	routes map[string]route
}

type route struct {
	run    func(ctx context.Context, a *Account, in any) (any, error)
	stream func(out any) *io.ReadCloser // the streamed member of the output; nil when there is none
}

func newRouter() *router { return &router{routes: map[string]route{}} }

// handle registers the handler of one operation. It runs with a.mu held; a
// handler that takes time uses a.sleep, which releases it meanwhile.
func handle[I, O any](r *router, op string, f func(ctx context.Context, a *Account, in *I) (*O, error)) {
	rt := r.routes[op]
	rt.run = func(ctx context.Context, a *Account, in any) (any, error) {
		out, err := f(ctx, a, in.(*I))
		if err != nil {
			return nil, err
		}
		return out, nil
	}
	r.routes[op] = rt
}

// streams says which member of an output is a stream, so that it travels as the
// body of the response and whatever watches the body sees it pass.
func streams[O any](r *router, op string, body func(*O) *io.ReadCloser) {
	rt := r.routes[op]
	rt.stream = func(out any) *io.ReadCloser { return body(out.(*O)) }
	r.routes[op] = rt
}

// Calls returns what AWS received for op, such as "s3:ListObjectsV2", oldest
// first; everything for "*". The last 20,000 calls are kept.
func (a *Account) Calls(op string) []Call {
	a.mu.Lock()
	defer a.mu.Unlock()
	var calls []Call
	for _, c := range a.calls {
		if op == "*" || c.Op == op {
			calls = append(calls, c)
		}
	}
	return calls
}

func (a *Account) record(c Call) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.calls) >= callsKept {
		a.calls = append([]Call(nil), a.calls[callsKept/2:]...)
	}
	a.calls = append(a.calls, c)
}

// answer runs the handler of a call, unless a fault or the context ends it
// before. An error that is not an API error is one of the connection.
func (a *Account) answer(ctx context.Context, x *exchange) error {
	a.record(Call{Op: x.op, Region: x.region, Input: x.input, At: a.Now()})
	if err := pause(ctx, a.latency); err != nil {
		return err
	}
	f, faulty := a.fault(x)
	if faulty && !f.After {
		if err := f.strike(ctx, x); err != nil || x.err != nil {
			return err
		}
	}
	if err := a.work(ctx, x); err != nil || !faulty || !f.After {
		return err
	}
	return f.strike(ctx, x)
}

// work runs the handler of a call.
func (a *Account) work(ctx context.Context, x *exchange) error {
	rt, ok := a.router.routes[x.op]
	if !ok || rt.run == nil {
		x.err = apiError("NotImplemented", "the demo account does not answer "+x.op, 501)
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	x.id = a.requestID()
	x.stream = rt.stream
	x.output, x.err = rt.run(context.WithValue(ctx, exchangeKey{}, x), a, x.input)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return nil
}
