package emr_test

import (
	"context"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/textpane"
	"straws/ui/uitest"
	"straws/views/emr"
)

const (
	nightly = "j-2AXQ7K0M9PZ1D"
	etl     = "j-3F8ZK1QW0T6NB"
	hourly  = "j-0CL1CK57R3AM2"
)

// screen is the program with EMR in front of a demo account on the same clock,
// and an S3 that only shows which address it was opened at.
type screen struct {
	*uitest.Driver
	t       *testing.T
	account *demo.Account
}

func at(t *testing.T, target string, w, h int, prepare ...func(*demo.Account)) screen {
	t.Helper()
	clock := uitest.NewClock()
	account := demo.New(demo.Options{Now: clock.Now})
	for _, f := range prepare {
		f(account)
	}
	cfg := account.Config()
	session, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	shell := ui.Options{AWS: session, Services: []pane.Service{emr.Service(), storage()}, Target: target}
	return screen{uitest.Start(t, clock, shell, w, h), t, account}
}

func storage() pane.Service {
	show := func(text string) pane.Factory {
		return textpane.New(textpane.Spec{Title: "S3", Load: func(context.Context, pane.Env) (string, error) { return text, nil }})
	}
	return pane.Service{Name: "S3", Root: show("buckets"), Resolve: func(address string) ([]pane.Factory, bool, error) {
		return []pane.Factory{show("opened " + address)}, strings.HasPrefix(address, "s3://"), nil
	}}
}

// row is the first line of the screen that holds text.
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

// wantRow fails unless the line that holds text also holds all of want.
func (s screen) wantRow(text string, want ...string) {
	s.t.Helper()
	row := s.row(text)
	for _, w := range want {
		if !strings.Contains(row, w) {
			s.t.Fatalf("the line of %s lacks %q: %s", text, w, row)
		}
	}
}

// asked is how many requests of op AWS has received.
func (s screen) asked(op string) int { return len(s.account.Calls("emr:" + op)) }
