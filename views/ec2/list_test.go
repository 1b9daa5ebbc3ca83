package ec2_test

import (
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"
	"straws/ui/uitest"

	tea "charm.land/bubbletea/v2"
)

func TestTheListShowsTheFleet(t *testing.T) {
	s := list(t)
	s.Want("NAME", "STATE", "TYPE", "PRIVATE IP", "PUBLIC IP", "AGE", "ID")
	s.wantRow("bastion", "●", "running", "t3.micro", "10.0.1.", "203.0.113.", "212d")
	s.wantRow("batch-7", "◐", "stopping").wantRow("web-5", "◐", "pending").wantRow("ci-runner-2", "◐", "shutting-down")
	s.wantRow("batch-18", "○", "stopped").wantRow("ci-runner-3", "✗", "terminated")
	frame := s.Frame()
	for _, pair := range [][2]string{{"batch-9", "batch-10"}, {"api-3", "bastion"}, {"web-5", "ci-runner-3"}} {
		if strings.Index(frame, pair[0]) > strings.Index(frame, pair[1]) {
			t.Errorf("%s does not come before %s:\n%s", pair[0], pair[1], frame)
		}
	}
	if s.asked() != 1 {
		t.Errorf("AWS was asked %d times for one page", s.asked())
	}
}

func TestWhatStaysOnANarrowScreen(t *testing.T) {
	tests := []struct {
		name string
		w, h int
		want []string
		lack []string
	}{
		{"wide", 200, 60, []string{"ZONE", "TAGS", "env=prod", "eu-west-1a", "i-0"}, []string{"aws:autoscaling"}},
		{"ordinary", 80, 24, []string{"NAME", "STATE", "TYPE", "PRIVATE IP", "AGE", "api-1", "● ", "running"}, []string{"TAGS"}},
		{"narrow", 40, 8, []string{"api-1", "●", "running"}, []string{"TYPE"}},
		{"too small", 20, 5, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at(t, "ec2", tt.w, tt.h).Want(tt.want...).Lack(tt.lack...)
		})
	}
}

func TestTheOverviewCountsStates(t *testing.T) {
	s := at(t, "", 120, 40)
	s.Want("31 running", "4 stopped", "1 pending", "2 stopping", "1 shutting-down", "1 terminated", "api-1")
}

func TestAHostileNameIsHarmless(t *testing.T) {
	s := list(t)
	s.on("evil").wantRow("evil", "running") // the driver fails on any control character on the screen
	s.Lack("\x1b", "\u202e")
	s.Keys("S").Want("evil").Lack("\u202e").Keys("n")
	s.Keys("i", "/").Type("evil").Keys("enter").Want(`evil\u001b[31m`).Lack("\u202e")
}

func TestAnInstanceWithoutAName(t *testing.T) {
	s := list(t).on("t3.nano")
	if row := s.row("t3.nano"); strings.Count(row, s.id("t3.nano")) < 1 {
		t.Errorf("nothing to call it by: %s", row)
	}
	s.Keys("D").Want("type  " + s.id("t3.nano"))
}

func TestFilters(t *testing.T) {
	tests := []struct{ filter, has, lacks string }{
		{"state:stopped", "reports-win", "bastion"},
		{"tag:env=prod", "web-1", "batch-1"},
		{"tag:autoscaling", "web-1", "api-1"},
		{"<1d type:t3", "ci-runner-1", "bastion"},
		{"r6g", "db-2", "web-1"},
	}
	for _, tt := range tests {
		t.Run(tt.filter, func(t *testing.T) {
			s := list(t)
			s.Keys("/").Type(tt.filter).Keys("enter")
			s.Want(tt.has).Lack(tt.lacks)
		})
	}
}

func TestDetails(t *testing.T) {
	s := list(t).on("db-1")
	id := s.id("db-1")
	s.Keys("enter").Want("› db-1", `"InstanceId": "`+id).Lack("null")
	s.Keys("esc")
	s.wantRow("db-1", "▸")
}

func TestCopies(t *testing.T) {
	s := list(t).on("web-1")
	id := s.id("web-1")
	s.Keys("y").Want("private IP", "public IP", "console URL")
	s.Keys("/").Type("arn").Keys("enter")
	if want := "arn:aws:ec2:eu-west-1:123456789012:instance/" + id; s.Clipboard() != want {
		t.Errorf("copied %q, want %q", s.Clipboard(), want)
	}
	s.Keys("y", "/").Type("terminate").Keys("enter")
	if want := "aws ec2 terminate-instances --instance-ids " + id; !strings.HasPrefix(s.Clipboard(), want) {
		t.Errorf("copied %q, want %q", s.Clipboard(), want)
	}
	if len(s.received("TerminateInstances")) > 0 {
		t.Error("copying a command carried it out")
	}
}

func TestPolling(t *testing.T) {
	s := list(t)
	listings := func(d time.Duration) int {
		before := s.asked()
		s.Advance(d)
		return s.asked() - before
	}
	if n := listings(10 * time.Second); n < 4 || n > 6 {
		t.Errorf("%d listings in ten seconds with instances in transition, want one every two", n)
	}
	s.wantRow("web-5", "running")
	s.Advance(30 * time.Second)
	s.wantRow("batch-7", "○", "stopped")
	if n := listings(2 * time.Minute); n < 3 || n > 5 {
		t.Errorf("%d listings in two calm minutes, want one every thirty seconds", n)
	}
	s.Send(tea.BlurMsg{})
	s.Settle()
	if n := listings(time.Hour); n != 0 {
		t.Errorf("%d listings while the terminal had no focus", n)
	}
	s.Send(tea.FocusMsg{})
	s.Settle()
	if n := listings(time.Second); n > 1 {
		t.Errorf("%d listings in the first second back", n)
	}
	s.Keys("0", "1", "enter")
	if n := listings(time.Minute); n > 3 {
		t.Errorf("%d listings in a minute behind the details", n)
	}
}

// Right after a change AWS may still list the old state, which must not stand
// for half a minute.
func TestAChangeIsLookedOutFor(t *testing.T) {
	s := list(t)
	s.Advance(time.Minute)
	s.on("batch-18")
	s.Keys("D").Keys(typed(s.id("batch-18"))...)
	s.wantRow("batch-18", "terminated")
	before := s.asked()
	s.Advance(10 * time.Second)
	if n := s.asked() - before; n < 4 {
		t.Errorf("%d listings in the ten seconds after a change, want one every two", n)
	}
	s.Advance(10 * time.Second)
	before = s.asked()
	s.Advance(time.Minute)
	if n := s.asked() - before; n > 3 {
		t.Errorf("%d listings in a calm minute", n)
	}
}

func TestAddresses(t *testing.T) {
	clock := uitest.NewClock()
	account := demo.New(demo.Options{Now: clock.Now})
	first := with(t, clock, account, "ec2", 120, 48)
	id := first.on("bastion").id("bastion")
	first.Keys("R").Type("us-east-1").Keys("enter")
	edge := first.on("edge-1").id("edge-1")
	arn := "arn:aws:ec2:us-east-1:123456789012:instance/" + edge
	tests := []struct{ name, target, want string }{
		{"an instance", id, `"InstanceId": "` + id},
		{"below the list", "ec2/" + id, `"InstanceId": "` + id},
		{"an ARN of another region", arn, `"AvailabilityZone": "us-east-1a"`},
		{"an unknown one", "i-00000000000000000", "there is no instance i-00000000000000000 in eu-west-1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := with(t, clock, account, tt.target, 120, 200)
			s.Want(tt.want)
			s.Keys("esc").Want("NAME", "bastion")
		})
	}
	t.Run("no instance id", func(t *testing.T) {
		with(t, clock, account, "i-0abc", 120, 40).Want(`"i-0abc" is not an instance id`)
	})
}

func TestAnEmptyRegion(t *testing.T) {
	s := list(t)
	s.Keys("R").Type("sa-east-1").Keys("enter")
	s.Want("there are no instances in sa-east-1")
	s.Keys("D").Want("Terminate: there is no instance")
}
