package s3_test

import (
	"slices"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/uitest"
	"straws/views/s3"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// screen is the program with S3 alone, in front of a demo account on the same
// clock.
type screen struct {
	*uitest.Driver
	t       *testing.T
	account *demo.Account
}

// at opens the program at a target; "s3" is the list of buckets.
func at(t *testing.T, target string, change ...func(*awsclient.Options, *demo.Account)) screen {
	t.Helper()
	return sized(t, target, 120, 40, change...)
}

func sized(t *testing.T, target string, w, h int, change ...func(*awsclient.Options, *demo.Account)) screen {
	t.Helper()
	clock := uitest.NewClock()
	account := demo.New(demo.Options{Now: clock.Now})
	cfg := account.Config()
	o := awsclient.Options{Config: &cfg}
	for _, f := range change {
		f(&o, account)
	}
	session, err := awsclient.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	shell := ui.Options{AWS: session, Services: []pane.Service{s3.Service()}, Target: target}
	return screen{uitest.Start(t, clock, shell, w, h), t, account}
}

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

// deleted are the keys that AWS was asked to delete.
func (s screen) deleted() []string {
	var keys []string
	for _, c := range s.account.Calls("s3:DeleteObject") {
		keys = append(keys, *c.Input.(*sdk.DeleteObjectInput).Key)
	}
	slices.Sort(keys)
	return keys
}

func (s screen) wantDeleted(keys ...string) {
	s.t.Helper()
	if got := s.deleted(); !slices.Equal(got, keys) {
		s.t.Errorf("AWS was asked to delete %q, want %q", got, keys)
	}
}

// asked is how many requests of an operation AWS has answered.
func (s screen) asked(op string) int { return len(s.account.Calls("s3:" + op)) }

// prefixed is the prefix of a listing.
func prefixed(in any) (string, bool) {
	list, ok := in.(*sdk.ListObjectsV2Input)
	if !ok {
		return "", false
	}
	return *list.Prefix, true
}

// condition is what a read asks for, and of which state of the object.
func condition(in any) (span, tag string) {
	get := in.(*sdk.GetObjectInput)
	if get.IfMatch != nil {
		tag = *get.IfMatch
	}
	return *get.Range, tag
}
