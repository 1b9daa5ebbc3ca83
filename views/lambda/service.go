// Package lambda is the pane of Lambda functions: what is shown of them, and the
// screen on which one is invoked.
package lambda

import (
	"cmp"
	"sync"
	"sync/atomic"

	"straws/awsclient/lambda"
	"straws/awsclient/saved"
	"straws/ui/pane"
)

// Options are the settings that the panes of functions know of.
type Options struct {
	History bool // keep every invocation, to be looked at and run again
}

// Service is the Lambda quarter of the overview.
func Service(o Options) pane.Service {
	m := &memory{payloads: map[string]string{}, options: o, past: newPast()}
	return pane.Service{Name: "Lambda", Root: m.list(), Resolve: m.resolve, Row: row}
}

// resolve opens the invoke screen of a function, above its configuration and
// the list: an address is given by somebody who wants to run it.
func (m *memory) resolve(address string) (path []pane.Factory, ok bool, err error) {
	a, ours, err := lambda.ParseAddress(address)
	if !ours || err != nil || a.Function == "" {
		return nil, ours, err
	}
	t := target{function: lambda.Function{Name: a.Function}, qualifier: a.Qualifier}
	return []pane.Factory{in(a.Region, m.function(t)), in(a.Region, m.invoke(t, "invoke"))}, true, nil
}

// row is the function an address names.
func row(address string) string {
	a, _, _ := lambda.ParseAddress(address)
	return a.Function
}

// in opens a pane in another region; "" is the session's own.
func in(region string, f pane.Factory) pane.Factory {
	return func(env pane.Env) pane.Pane {
		env.AWS = env.AWS.In(region)
		return f(env)
	}
}

// target is a function as it is to be invoked. Only the function's name is known
// for sure; the rest is when it was chosen from the list.
type target struct {
	function  lambda.Function
	qualifier string // version or alias; "" for $LATEST
}

func (t target) name() string {
	if t.qualifier == "" {
		return t.function.Name
	}
	return t.function.Name + ":" + t.qualifier
}

// id is what the audit log calls the function: its ARN where that is known.
func (t target) id() string {
	if t.function.ARN != "" {
		return t.function.ARN
	}
	return t.function.Name
}

// memory is what the panes of functions know of each other's while the program
// runs.
type memory struct {
	options  Options
	payloads map[string]string // typed last, by memoryKey
	saved    saved.Store       // drafts and named events
	sharing  sync.Mutex        // held while a shared event is written
	source   string            // file or object that was loaded last
	changes  atomic.Int64      // made on pages above the list, by jobs
	past     past
}

// changed is called by jobs, away from the event loop.
func (m *memory) changed() { m.changes.Add(1) }

// invocation is the run that would be made, with the payload as it stands.
func (m *memory) invocation(env pane.Env, t target) lambda.Invocation {
	s := m.past.setups[memoryKey(env, t)]
	return lambda.Invocation{
		Function: t.function.Name, Qualifier: cmp.Or(t.qualifier, s.qualifier),
		Payload: []byte(m.payloads[memoryKey(env, t)]), Context: []byte(s.context), Mode: s.mode,
	}
}

func memoryKey(env pane.Env, t target) string {
	return env.AWS.Profile() + "/" + env.AWS.Region() + "/" + t.function.Name
}
