package lambda

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/awsclient/runs"
	"straws/ui/pane"
)

// flight is one run from its request to its end. It goes on when its pane is
// left: the answer is kept, and waits for the next pane of the function.
type flight struct {
	aws   *awsclient.Session
	store *runs.Store // nil when nothing is kept
	where runs.Function
	run   runs.Run // as it stands before there is an answer
	stop  context.CancelFunc
	ended chan struct{}
	land  landing // once ended is closed

	mu       sync.Mutex
	streamed []byte // of the answer, so far
}

// landing is how a run ended.
type landing struct {
	run    runs.Run
	json   bool  // the answer is JSON
	err    error // nil when an answer came, also that of a function that failed
	unkept error // why the run is not in the history
}

// launch prepares the run that is set up for a function.
func (m *memory) launch(env pane.Env, t target) (*flight, context.Context) {
	// The pane's own context would end the request with the pane.
	ctx, stop := context.WithCancel(context.WithoutCancel(env.Ctx))
	f := &flight{
		aws: env.AWS, store: m.store(env), where: kept(env, t), stop: stop, ended: make(chan struct{}),
		run: runs.Run{
			ID: runs.NewID(env.Now()), Began: env.Now(), Invocation: m.invocation(env, t),
			Arch: t.function.Arch, Timeout: t.function.Timeout,
		},
	}
	key := memoryKey(env, t)
	m.past.flights[key] = f
	s := m.past.setups[key]
	s.ran = true
	m.past.setups[key] = s
	return f, ctx
}

// fly makes the request, once, and keeps what comes of it.
func (f *flight) fly(ctx context.Context) {
	defer close(f.ended)
	defer f.stop()
	f.land = landing{run: f.run, err: errors.New("the run ended without a result")} // unless it gets further
	l := landing{run: f.run}
	if f.run.Invocation.Mode == lambda.Stream {
		l.run.Result, l.err = lambda.InvokeStream(ctx, f.aws, f.run.Invocation, f.arrived)
	} else {
		l.run.Result, l.err = lambda.Invoke(ctx, f.aws, f.run.Invocation)
	}
	l.json = json.Valid(l.run.Result.Payload)
	l.run.Outcome = outcomeOf(l.err)
	if l.err != nil {
		l.err = awsclient.Classify(l.err)
		l.run.Err = l.err.Error()
	}
	if f.store != nil {
		l.unkept = f.store.Put(f.where, l.run)
	}
	f.land = l
}

func outcomeOf(err error) runs.Outcome {
	switch {
	case err == nil:
		return runs.Answered
	case errors.Is(err, lambda.ErrOutcomeUnknown):
		return runs.Unknown
	case errors.Is(err, context.Canceled):
		return runs.Left
	}
	return runs.Refused
}

// wait returns when the run has ended.
func (f *flight) wait(ctx context.Context) (landing, error) {
	select {
	case <-f.ended:
		return f.land, nil
	case <-ctx.Done():
		return landing{}, ctx.Err()
	}
}

func (f *flight) arrived(piece []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.streamed = append(f.streamed, piece...)
}

// tail returns the end of what has arrived of a streamed answer, at most n bytes,
// and how many bytes have arrived.
func (f *flight) tail(n int) (text string, total int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return string(f.streamed[max(0, len(f.streamed)-n):]), len(f.streamed)
}
