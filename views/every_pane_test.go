package views_test

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/uitest"
	"straws/views"

	tea "charm.land/bubbletea/v2"
)

// screens are the sizes at which every pane has to be right. On the last there
// is no room for anything but a word about that.
func screens() [][2]int { return [][2]int{{200, 60}, {120, 40}, {80, 24}, {40, 8}, {20, 5}} }

// paneCase is a pane with the way to it: a target, and from there a filter for
// the row to enter.
type paneCase struct {
	name, target, row string
	rows              []string // what it shows when all is well
	key               string   // that enters it; enter when empty
}

func panes() []paneCase {
	return []paneCase{
		{"overview", "", "", []string{"acme-backups", "api-1", "calculate_mean", "wordcount-nightly"}, ""},
		{"buckets", "s3", "", []string{"acme-backups", "terraform-state"}, ""},
		{"a bucket", "s3", "datalake", []string{"raw/", "README.md"}, ""},
		{"the sizes of a bucket", "s3", "datalake", []string{"raw/", "(objects directly here)"}, "z"},
		{"what an object holds", "s3://datalake/", "README", []string{"# datalake"}, ""},
		{"what a table holds", "s3://ml-models/samples/", "orders.csv", []string{"o-00000001", "amount"}, ""},
		{"the newest object", "s3://acme-logs/", "alb", []string{"access.log", "HTTP/1.1"}, "F"},
		{"instances", "ec2", "", []string{"api-1", "running"}, ""},
		{"an instance", "ec2", "bastion", []string{`"InstanceId"`}, ""},
		{"functions", "lambda", "", []string{"calculate_mean", "python3.13"}, ""},
		{"a function", "lambda", "mean", []string{"Mean of the numbers", "128 MB"}, ""},
		{"clusters", "emr", "", []string{"wordcount-nightly", "emr-"}, ""},
		{"a cluster", "emr", "spark-etl", []string{"FAILED", "spark"}, ""},
	}
}

// front is the whole program in front of a demo account.
type front struct {
	*uitest.Driver
	account *demo.Account
}

// open starts p on a screen of a size, with a fault in place before the pane's
// own first request.
func (p paneCase) open(t *testing.T, size [2]int, fault demo.Fault) front {
	t.Helper()
	clock := uitest.NewClock()
	f := front{account: demo.New(demo.Options{Now: clock.Now})}
	cfg := f.account.Config()
	session, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Profile: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	if p.row == "" {
		f.account.Fail("*", fault)
	}
	f.Driver = uitest.Launch(t, clock, ui.Options{AWS: session, Services: views.All(views.Options{History: true}), Target: p.target}, size[0], size[1])
	if p.row == "" {
		return f
	}
	f.Settle().Keys("/").Type(p.row).Keys("enter", "g")
	f.account.Fail("*", fault)
	f.Burst(cmp.Or(p.key, "enter"))
	return f
}

// squashed is a text without white space: a narrow screen breaks sentences.
func squashed(s string) string { return strings.Join(strings.Fields(s), "") }

// wantSentence fails unless the screen says something, whatever its width.
func (f front) wantSentence(t *testing.T, size [2]int, sentence string) {
	t.Helper()
	switch {
	case size[0] < 40:
		f.Want("straws needs")
		return
	case size[1] < 12 && strings.Contains(f.Frame(), "1 S3"): // one line a service holds the beginning of a sentence
		if !regexp.MustCompile(`1 S3  \S`).MatchString(f.Frame()) {
			t.Errorf("the overview does not say how S3 is:\n%s", f.Frame())
		}
		return
	}
	if !strings.Contains(squashed(f.Frame()), squashed(sentence)) {
		t.Errorf("at %d×%d the screen does not say %q:\n%s", size[0], size[1], sentence, f.Frame())
	}
}

// recovered fails unless the pane shows its rows once AWS is well again.
func (f front) recovered(t *testing.T, p paneCase) {
	t.Helper()
	f.account.Heal("*")
	f.Patient().Settle().Resize(140, 50).Keys("r")
	for _, s := range p.rows {
		if !strings.Contains(f.Frame(), s) {
			t.Errorf("after r the screen lacks %q:\n%s", s, f.Frame())
		}
	}
	f.Lack("loading")
}

func TestEveryPane(t *testing.T) {
	for _, p := range panes() {
		for _, fault := range []struct {
			name     string
			fault    demo.Fault
			sentence string
		}{
			{"denied", demo.Denied, "not allowed: "},
			{"throttled", demo.Throttled, "is throttling"},
			{"5xx", demo.Internal, "InternalError"},
			{"connection reset", demo.Reset, "reset the connection"},
			{"connection refused", demo.Refused, "refused the connection"},
		} {
			for _, size := range screens() {
				t.Run(fmt.Sprintf("%s/%s/%d×%d", p.name, fault.name, size[0], size[1]), func(t *testing.T) {
					t.Parallel()
					f := p.open(t, size, fault.fault)
					f.Settle()
					f.wantSentence(t, size, fault.sentence)
					f.recovered(t, p)
				})
			}
		}
	}
}

func TestEveryPaneWhileItIsSlow(t *testing.T) {
	for _, p := range panes() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			f := p.open(t, [2]int{120, 40}, demo.Fault{})
			for _, size := range screens() {
				f.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				f.wantSentence(t, size, "loading")
				f.Burst("j", "G", "g", "space", "*", "U", "p", "p") // no row is there to be hurt
				f.wantSentence(t, size, "")
			}
			f.recovered(t, p)
		})
	}
}

// Every pane that has shown its rows keeps them when a refresh fails, and says
// that they are old.
func TestEveryPaneKeepsItsRowsWhenARefreshFails(t *testing.T) {
	for _, p := range panes() {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			f := p.open(t, [2]int{140, 50}, demo.Fault{})
			f.Settle().Want(p.rows...)
			f.account.Fail("*", demo.Reset)
			f.Keys("r").Want("reset the connection").Want(p.rows...)
			f.recovered(t, p)
		})
	}
}
