package lambda_test

import (
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/uitest"
	"straws/views/lambda"
)

// screen is the program with Lambda alone, in front of a demo account on the
// same clock.
type screen struct {
	*uitest.Driver
	t       *testing.T
	account *demo.Account
}

// setup is how a screen differs from an ordinary one.
type setup struct {
	readOnly bool
	thin     bool // the elapsed time moves every two seconds
	forgets  bool // no history is kept
	fault    func(*demo.Account)
}

// at opens the program at a target; "lambda" is the list.
func at(t *testing.T, target string, w, h int) screen {
	t.Helper()
	return with(t, target, w, h, setup{})
}

func with(t *testing.T, target string, w, h int, o setup) screen {
	t.Helper()
	clock := uitest.NewClock()
	account := demo.New(demo.Options{Now: clock.Now})
	if o.fault != nil {
		o.fault(account)
	}
	cfg := account.Config()
	session, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, ReadOnly: o.readOnly})
	if err != nil {
		t.Fatal(err)
	}
	shell := ui.Options{AWS: session, Services: []pane.Service{lambda.Service(lambda.Options{History: !o.forgets})}, Target: target, Thin: o.thin}
	return screen{uitest.Start(t, clock, shell, w, h), t, account}
}

// failing makes an operation fail from the beginning.
func failing(op string, f demo.Fault) setup {
	return setup{fault: func(a *demo.Account) { a.Fail(op, f) }}
}

// list opens the list on an ordinary screen.
func list(t *testing.T) screen { return at(t, "lambda", 120, 40) }

// on puts the cursor on the first row that matches a filter.
func (s screen) on(filter string) screen {
	s.t.Helper()
	s.Keys("/").Type(filter).Keys("enter", "g")
	return s
}

// row is the line of the screen that holds text.
func (s screen) row(text string) string {
	s.t.Helper()
	for _, line := range strings.Split(s.Frame(), "\n") {
		if strings.Contains(line, text) {
			return line
		}
	}
	s.t.Fatalf("no line holds %q:\n%s", text, s.Frame())
	return ""
}

// wantInvoked fails unless AWS received n invocations.
func (s screen) wantInvoked(n int) screen {
	s.t.Helper()
	if got := len(s.account.Calls("lambda:Invoke")); got != n {
		s.t.Fatalf("AWS received %d invocations, want %d; the screen:\n%s", got, n, s.Frame())
	}
	return s
}
