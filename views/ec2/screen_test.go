package ec2_test

import (
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/uitest"
	"straws/views/ec2"

	sdk "github.com/aws/aws-sdk-go-v2/service/ec2"
)

// screen is the program with EC2 alone, in front of a demo account on the same
// clock.
type screen struct {
	*uitest.Driver
	t       *testing.T
	account *demo.Account
}

// at opens the program at a target; "ec2" is the list.
func at(t *testing.T, target string, w, h int, change ...func(*awsclient.Options)) screen {
	t.Helper()
	clock := uitest.NewClock()
	account := demo.New(demo.Options{Now: clock.Now})
	return with(t, clock, account, target, w, h, change...)
}

func with(t *testing.T, clock *uitest.Clock, account *demo.Account, target string, w, h int, change ...func(*awsclient.Options)) screen {
	t.Helper()
	cfg := account.Config()
	o := awsclient.Options{Config: &cfg}
	for _, f := range change {
		f(&o)
	}
	session, err := awsclient.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	shell := ui.Options{AWS: session, Services: []pane.Service{ec2.Service()}, Target: target}
	return screen{uitest.Start(t, clock, shell, w, h), t, account}
}

// list opens the list on an ordinary screen.
func list(t *testing.T) screen { return at(t, "ec2", 120, 48) }

// on puts the cursor on the first row that matches a filter.
func (s screen) on(filter string) screen {
	s.t.Helper()
	s.Keys("/").Type(filter).Keys("enter", "g")
	return s
}

// row is the line of the list that holds text.
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

// id is the instance id in the line of the list that holds text.
func (s screen) id(text string) string {
	s.t.Helper()
	words := strings.Fields(s.row(text))
	n := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "i-0") })
	if n < 0 {
		s.t.Fatalf("no id in the line of %q:\n%s", text, s.Frame())
	}
	return words[n]
}

// wantRow fails unless the line that holds text also holds all of want.
func (s screen) wantRow(text string, want ...string) screen {
	s.t.Helper()
	row := s.row(text)
	for _, w := range want {
		if !strings.Contains(row, w) {
			s.t.Fatalf("the line of %s lacks %q: %s", text, w, row)
		}
	}
	return s
}

// received are the ids that AWS was asked to change, in the order of requests.
func (s screen) received(op string) []string {
	s.t.Helper()
	var ids []string
	for _, c := range s.account.Calls("ec2:" + op) {
		switch in := c.Input.(type) {
		case *sdk.StartInstancesInput:
			ids = append(ids, in.InstanceIds...)
		case *sdk.StopInstancesInput:
			ids = append(ids, in.InstanceIds...)
		case *sdk.TerminateInstancesInput:
			ids = append(ids, in.InstanceIds...)
		}
	}
	return ids
}

func (s screen) wantReceived(op string, ids ...string) {
	s.t.Helper()
	if got := s.received(op); !slices.Equal(got, ids) {
		s.t.Errorf("AWS was asked to %s %v, want %v", op, got, ids)
	}
}

// asked is how many listings AWS has answered.
func (s screen) asked() int { return len(s.account.Calls("ec2:DescribeInstances")) }
