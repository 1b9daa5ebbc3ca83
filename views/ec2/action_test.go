package ec2_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/ec2"
)

func TestEveryChange(t *testing.T) {
	tests := []struct {
		name, instance, key, op string
		answer                  func(id string) []string // the keys that agree
		soon, then              string
	}{
		{"start", "batch-18", "s", "StartInstances", yes, "pending", "running"},
		{"stop", "api-2", "S", "StopInstances", yes, "stopping", "stopped"},
		{"terminate", "batch-2", "D", "TerminateInstances", typed, "shutting-down", "terminated"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := list(t).on(tt.instance)
			id := s.id(tt.instance)
			s.Keys(tt.key).Want("needs ec2:"+tt.op, tt.instance, id)
			s.Keys(tt.answer(id)...)
			s.wantReceived(tt.op, id)
			s.wantRow(id, tt.soon)
			s.Advance(10 * time.Second)
			s.wantRow(id, tt.then)
		})
		t.Run("do not "+tt.name, func(t *testing.T) {
			s := list(t).on(tt.instance)
			s.Keys(tt.key, "esc").Want("nothing was done")
			s.Keys(tt.key).Keys("n", "enter", "esc", "j")
			s.wantReceived(tt.op)
		})
		t.Run(tt.name+" is denied", func(t *testing.T) {
			s := list(t).on(tt.instance)
			id := s.id(tt.instance)
			s.account.Fail("ec2:"+tt.op, demo.Denied)
			before := s.row(id)
			s.Keys(tt.key).Keys(tt.answer(id)...)
			s.Keys("t").Want("failed").Keys("enter").Want("ec2:"+tt.op).Keys("esc", "esc")
			if after := s.row(id); strings.Fields(after)[3] != strings.Fields(before)[3] {
				t.Errorf("the row changed from %q to %q", before, after)
			}
		})
		t.Run(tt.name+" in a read-only session", func(t *testing.T) {
			s := at(t, "ec2", 120, 48, func(o *awsclient.Options) { o.ReadOnly = true }).on(tt.instance)
			s.Keys(tt.key).Want("read-only").Keys("y", "enter")
			s.wantReceived(tt.op)
		})
	}
}

func yes(string) []string { return []string{"y"} }

func typed(text string) []string { return append(strings.Split(text, ""), "enter") }

func TestWhyAChangeIsOff(t *testing.T) {
	tests := []struct{ instance, key, why string }{
		{"bastion", "s", "Start: already running"},
		{"web-5", "s", "Start: already starting"},
		{"batch-7", "s", "Start: still stopping"},
		{"batch-18", "S", "Stop: already stopped"},
		{"batch-7", "S", "Stop: already stopping"},
		{"web-5", "S", "Stop: still starting"},
		{"ci-runner-2", "D", "Terminate: already shutting down"},
		{"ci-runner-3", "D", "Terminate: already terminated"},
		{"ci-runner-3", "s", "Start: already terminated"},
	}
	for _, tt := range tests {
		t.Run(tt.why+" "+tt.instance, func(t *testing.T) {
			s := list(t).on(tt.instance)
			s.Keys(tt.key).Want(tt.why)
		})
	}
}

func TestWhatToKnowBeforeAgreeing(t *testing.T) {
	tests := []struct{ instance, key, want, lack string }{
		{"web-1", "S", "Auto Scaling group web-asg replaces what it loses", "spot"},
		{"web-1", "S", "the public IP changes", "spot"},
		{"batch-1", "S", "instance stores is lost", "public IP"},
		{"eks-workers", "D", "EKS node group workers replaces what it loses", "spot"},
		{"ci-runner-1", "D", "a persistent spot request starts another one", "replaces"},
	}
	for _, tt := range tests {
		t.Run(tt.instance+" "+tt.want, func(t *testing.T) {
			list(t).on(tt.instance).Keys(tt.key).Want(tt.want).Lack(tt.lack)
		})
	}
}

func TestAProtectedInstanceSaysWhatToDo(t *testing.T) {
	s := list(t).on("bastion")
	id := s.id("bastion")
	s.Keys("D").Keys(typed(id)...)
	s.Keys("t", "enter").Want(id+" is protected against termination", "DisableApiTermination")
}

func TestTerminateTwentyByFilter(t *testing.T) {
	s := at(t, "", 120, 40)
	var want []string
	s.Keys("1").Resize(120, 60)
	for n := range 20 {
		want = append(want, s.id(fmt.Sprintf(" batch-%d ", n+1)))
	}
	keys := strings.Split("/batch-", "")
	keys = append(keys, "enter", "*", "D", "2", "0", "enter")
	if len(keys) >= 40 {
		t.Errorf("it takes %d keys", len(keys))
	}
	s.Keys(keys...)
	got := s.received("TerminateInstances")
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("AWS was asked to terminate\n%v, want\n%v", got, want)
	}
	for _, c := range s.account.Calls("ec2:TerminateInstances") {
		if c.Region != demo.Region {
			t.Errorf("a request went to %s", c.Region)
		}
	}
	s.Advance(10 * time.Second)
	for _, id := range want {
		s.wantRow(id, "terminated")
	}
	s.Keys("esc", "0").Want("22 terminated") // with two of ci-runner
}

func TestTheWrongCountTerminatesNothing(t *testing.T) {
	s := list(t)
	s.Keys("/").Type("batch-").Keys("enter", "*", "D", "1", "9", "enter").Want("that is not it")
	s.Keys("esc")
	s.wantReceived("TerminateInstances")
}

func TestPartOfABatchMayFail(t *testing.T) {
	s := list(t).on("db-") // both are protected
	s.Keys("*", "esc")
	s.on("batch-2").Keys("space", "D").Want("Terminate 3 instances").Keys("3", "enter")
	if n := len(s.account.Calls("ec2:TerminateInstances")); n != 3 {
		t.Errorf("AWS got %d requests, want one for each of the three", n)
	}
	s.wantRow("batch-2 ", "shutting-down")
	s.Keys("t").Want("partial", "1 of 3")
}

// elsewhere terminates an instance as somebody else would.
func (s screen) elsewhere(id string) {
	s.t.Helper()
	api := sdk.NewFromConfig(s.account.Config())
	if _, err := api.TerminateInstances(s.t.Context(), &sdk.TerminateInstancesInput{InstanceIds: []string{id}}); err != nil {
		s.t.Fatal(err)
	}
}

// Somebody else's change moves every row while the question is on the screen.
func TestTheAnswerHitsWhatWasNamed(t *testing.T) {
	s := list(t)
	above, named := s.id("api-2"), s.id("api-3")
	s.Keys("j", "j")
	s.wantRow(named, "▸")
	s.Keys("D").Want(named)
	s.elsewhere(above)
	s.Advance(10 * time.Second)
	s.Keys(typed(named)...)
	s.wantReceived("TerminateInstances", above, named)
}

func TestMarksAndCursorFollowTheInstance(t *testing.T) {
	s := list(t)
	above, marked, under := s.id("api-2"), s.id("batch-1 "), s.id("batch-3")
	s.on(marked).Keys("space", "esc")
	s.on(under).Keys("esc")
	s.elsewhere(above)
	s.Advance(10 * time.Second)
	s.wantRow(above, "terminated").wantRow(marked, "▌").wantRow(under, "▸")
	s.Keys("D").Want("type  " + marked).Keys(typed(marked)...)
	s.wantReceived("TerminateInstances", above, marked)
}
