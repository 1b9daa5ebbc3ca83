package lambda

import (
	"net/url"
	"path/filepath"
	"strings"

	"straws/awsclient/lambda"
	"straws/awsclient/runs"
	"straws/ui/pane"
)

// past is what is remembered of the invocations of functions.
type past struct {
	setups  map[string]setup       // by memoryKey
	flights map[string]*flight     // by memoryKey; those whose end no pane has seen
	stores  map[string]*runs.Store // by directory
}

// setup is how a function was to be invoked last, beside its payload.
type setup struct {
	qualifier string // "" for $LATEST
	mode      lambda.Mode
	chosen    bool   // the mode was picked by the user
	context   string // client context, JSON
	ran       bool   // since the program was started
}

func newPast() past {
	return past{setups: map[string]setup{}, flights: map[string]*flight{}, stores: map[string]*runs.Store{}}
}

// store is where the runs of a session are kept; nil when the user wants no
// history.
func (m *memory) store(env pane.Env) *runs.Store {
	if !m.options.History {
		return nil
	}
	dir := env.AWS.StateDir()
	if dir != "" {
		dir = filepath.Join(dir, "runs")
	}
	s, ok := m.past.stores[dir]
	if !ok {
		s = runs.Open(dir)
		m.past.stores[dir] = s
	}
	return s
}

// kept is the name under which the runs of a function are kept. The account is in
// its ARN; where that is not known, its place is taken by the profile. An
// emulator has accounts of its own.
func kept(env pane.Env, t target) runs.Function {
	f := runs.Function{Region: env.AWS.Region(), Name: t.function.Name, Account: "profile " + env.AWS.Profile()}
	if parts := strings.Split(t.function.ARN, ":"); len(parts) > 4 {
		f.Account = parts[4]
	}
	if u, err := url.Parse(env.AWS.Endpoint()); err == nil && u.Host != "" {
		f.Account += "@" + u.Host
	}
	return f
}
