package demo_test

import (
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func (c cloud) terminate(ids ...string) error {
	_, err := c.api.TerminateInstances(c.Context(), &ec2.TerminateInstancesInput{InstanceIds: ids})
	return err
}

func TestTheFirstMinuteOfTheAccount(t *testing.T) {
	c := newCloud(t)
	web, api, batch := c.named("web-5"), c.named("api-staging-2"), c.named("batch-7")
	runner, gone := c.named("ci-runner-2"), c.named("ci-runner-3")
	steps := []struct {
		after time.Duration
		want  map[string]types.InstanceStateName
	}{
		{0, map[string]types.InstanceStateName{web: "pending", api: "stopping", batch: "stopping", runner: "shutting-down", gone: "terminated"}},
		{6 * time.Second, map[string]types.InstanceStateName{web: "running", api: "stopped", batch: "stopping", runner: "terminated"}},
		{23 * time.Second, map[string]types.InstanceStateName{batch: "stopping"}},
		{time.Second, map[string]types.InstanceStateName{batch: "stopped"}},
	}
	for _, step := range steps {
		c.Advance(step.after)
		for id, want := range step.want {
			c.wantState(id, want)
		}
	}
	c.Advance(time.Hour)
	_, err := c.api.DescribeInstances(t.Context(), &ec2.DescribeInstancesInput{InstanceIds: []string{gone}})
	c.wantCode(err, "InvalidInstanceID.NotFound")
}

func TestStopAndStart(t *testing.T) {
	c := newCloud(t)
	id := c.named("api-2")
	was := aws.ToString(c.filtered("instance-id", id)[0].PublicIpAddress)
	out, err := c.api.StopInstances(t.Context(), &ec2.StopInstancesInput{InstanceIds: []string{id}})
	if err != nil {
		t.Fatal(err)
	}
	if s := out.StoppingInstances[0]; s.PreviousState.Name != "running" || s.CurrentState.Name != "stopping" {
		t.Errorf("stopping went from %s to %s", s.PreviousState.Name, s.CurrentState.Name)
	}
	_, err = c.api.StartInstances(t.Context(), &ec2.StartInstancesInput{InstanceIds: []string{id}})
	c.wantCode(err, "IncorrectInstanceState")
	c.Advance(6 * time.Second)
	stopped := c.filtered("instance-id", id)[0]
	if stopped.State.Name != "stopped" || stopped.PublicIpAddress != nil || aws.ToString(stopped.StateTransitionReason) == "" {
		t.Errorf("it is %s at %v because of %v", stopped.State.Name, stopped.PublicIpAddress, stopped.StateTransitionReason)
	}
	if _, err := c.api.StartInstances(t.Context(), &ec2.StartInstancesInput{InstanceIds: []string{id}}); err != nil {
		t.Fatal(err)
	}
	c.wantState(id, "pending")
	c.Advance(5 * time.Second)
	c.wantState(id, "running")
	if got := aws.ToString(c.filtered("instance-id", id)[0].PublicIpAddress); got == "" || got == was {
		t.Errorf("it came back at %q, want another address than %q", got, was)
	}
}

func TestTerminateTakesSecondsAndIsRememberedAnHour(t *testing.T) {
	c := newCloud(t)
	running, stopped := c.named("batch-1"), c.named("batch-18")
	if err := c.terminate(running, stopped); err != nil {
		t.Fatal(err)
	}
	c.wantState(running, "shutting-down")
	c.wantState(stopped, "terminated")
	c.Advance(6 * time.Second)
	c.wantState(running, "terminated")
	if err := c.terminate(running); err != nil {
		t.Errorf("terminating again: %v", err)
	}
	c.Advance(time.Hour)
	if left := c.filtered("instance-id", running, stopped); len(left) != 0 {
		t.Errorf("%d are still listed after an hour", len(left))
	}
}

func TestAProtectedInstanceSavesItsZone(t *testing.T) {
	c := newCloud(t)
	protected := c.named("bastion")                       // zone a
	same, other := c.named("batch-1"), c.named("batch-2") // zones a and b
	c.wantCode(c.terminate(same, protected, other), "OperationNotPermitted")
	c.wantState(protected, "running")
	c.wantState(same, "running")
	c.wantState(other, "shutting-down")
	out, err := c.api.DescribeInstanceAttribute(t.Context(), &ec2.DescribeInstanceAttributeInput{
		InstanceId: aws.String(protected), Attribute: types.InstanceAttributeNameDisableApiTermination,
	})
	if err != nil || !aws.ToBool(out.DisableApiTermination.Value) {
		t.Errorf("protection of the bastion: %v, %v", out, err)
	}
}

func TestChangesThatAreRefused(t *testing.T) {
	c := newCloud(t)
	start := func(dry bool, ids ...string) error {
		_, err := c.api.StartInstances(t.Context(), &ec2.StartInstancesInput{InstanceIds: ids, DryRun: aws.Bool(dry)})
		return err
	}
	stop := func(dry bool, ids ...string) error {
		_, err := c.api.StopInstances(t.Context(), &ec2.StopInstancesInput{InstanceIds: ids, DryRun: aws.Bool(dry)})
		return err
	}
	reboot := func(ids ...string) error {
		_, err := c.api.RebootInstances(t.Context(), &ec2.RebootInstancesInput{InstanceIds: ids})
		return err
	}
	fine, dead := c.named("batch-3"), c.named("batch-4")
	if err := c.terminate(dead); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		err  error
		code string
	}{
		{"stop a dead one", stop(false, dead, fine), "IncorrectInstanceState"},
		{"stop one that boots", stop(false, c.named("web-5"), fine), "IncorrectInstanceState"},
		{"stop a spot instance", stop(false, fine, c.named("ci-runner-1")), "UnsupportedOperation"},
		{"start a dead one", start(false, dead), "IncorrectInstanceState"},
		{"reboot a stopped one", reboot(c.named("batch-18")), "IncorrectInstanceState"},
		{"no ids", c.terminate([]string{}...), "MissingParameter"},
		{"one unknown id of two", c.terminate(fine, "i-00000000000000000"), "InvalidInstanceID.NotFound"},
		{"dry run", stop(true, fine), "DryRunOperation"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { cloud{t, c.Account, c.api}.wantCode(tt.err, tt.code) })
	}
	c.wantState(fine, "running")
	if err := reboot(fine); err != nil {
		t.Errorf("reboot a running one: %v", err)
	}
}

func TestAnAutoScalingGroupMakesUpForALostMember(t *testing.T) {
	tests := []struct {
		name string
		lose func(c cloud, id string) error
	}{
		{"terminated", func(c cloud, id string) error { return c.terminate(id) }},
		{"stopped", func(c cloud, id string) error {
			_, err := c.api.StopInstances(c.Context(), &ec2.StopInstancesInput{InstanceIds: []string{id}})
			return err
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newCloud(t)
			id := c.named("web-2")
			if err := tt.lose(c, id); err != nil {
				t.Fatal(err)
			}
			c.Advance(10 * time.Second)
			if n := len(c.filtered("tag:Name", "web-2")); n != 1 {
				t.Errorf("%d are named web-2 after ten seconds, want the lost one only", n)
			}
			c.Advance(30 * time.Second)
			c.wantState(id, "terminated")
			fresh := slices.DeleteFunc(c.filtered("tag:Name", "web-2"), func(i types.Instance) bool { return *i.InstanceId == id })
			if len(fresh) != 1 || fresh[0].State.Name != "running" {
				t.Fatalf("the group launched %d instances, want one that runs", len(fresh))
			}
			c.Advance(time.Minute)
			if n := len(c.filtered("tag:Name", "web-2")); n != 2 {
				t.Errorf("%d are named web-2 a minute later, want the old and the new", n)
			}
		})
	}
}
