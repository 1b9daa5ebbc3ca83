package ec2_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/ec2"

	sdk "github.com/aws/aws-sdk-go-v2/service/ec2"
)

const unknown = "i-00000000000000000"

func open(t *testing.T) (*demo.Account, *awsclient.Session) {
	t.Helper()
	start := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	a := demo.New(demo.Options{Now: func() time.Time { return start }})
	cfg := a.Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	return a, s
}

func list(t *testing.T, s *awsclient.Session) []ec2.Instance {
	t.Helper()
	var all []ec2.Instance
	next := ec2.List(s)
	for more := true; more; {
		page, m, err := next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all, more = append(all, page...), m
	}
	return all
}

func named(t *testing.T, s *awsclient.Session, name string) ec2.Instance {
	t.Helper()
	for _, i := range list(t, s) {
		if i.Name == name {
			return i
		}
	}
	t.Fatalf("no instance is named %s", name)
	return ec2.Instance{}
}

func TestListAsksOnceAPage(t *testing.T) {
	a, s := open(t)
	if n := len(list(t, s)); n != 40 {
		t.Errorf("%d instances, want 40", n)
	}
	calls := a.Calls("ec2:DescribeInstances")
	if len(calls) != 1 {
		t.Fatalf("AWS was asked %d times, want once", len(calls))
	}
	if in := calls[0].Input.(*sdk.DescribeInstancesInput); in.MaxResults == nil || *in.MaxResults != 1000 {
		t.Errorf("asked for %v instances, want pages of 1000", in.MaxResults)
	}
}

func TestTheListOfAnotherRegion(t *testing.T) {
	_, s := open(t)
	for _, i := range list(t, s.In("us-east-1")) {
		if !strings.HasPrefix(i.Zone, "us-east-1") {
			t.Errorf("%s is in %s", i.Name, i.Zone)
		}
	}
	if n := len(list(t, s.In("sa-east-1"))); n != 0 {
		t.Errorf("%d instances in an empty region", n)
	}
}

func TestARowHoldsWhatAWSSays(t *testing.T) {
	a, s := open(t)
	i := named(t, s, "web-1")
	if i.State != ec2.Running || i.Type != "m6i.large" || i.Zone != "eu-west-1a" || i.PrivateIP == "" || i.PublicIP == "" {
		t.Errorf("row: %+v", i)
	}
	if i.Account != demo.AccountID || i.Region != demo.Region || !i.Launched.Before(a.Now()) || i.Tag("env") != "prod" || i.Tag("none") != "" {
		t.Errorf("row: %+v", i)
	}
	if !slices.IsSortedFunc(i.Tags, func(a, b ec2.Tag) int { return strings.Compare(a.Key, b.Key) }) {
		t.Errorf("tags are not in order: %v", i.Tags)
	}
	if !named(t, s, "ci-runner-1").Spot() || i.Spot() {
		t.Error("ci-runner-1 alone is a spot instance of the two")
	}
}

func TestOwners(t *testing.T) {
	_, s := open(t)
	tests := []struct{ instance, owner string }{
		{"web-1", "Auto Scaling group web-asg"},
		{"eks-workers", "EKS node group workers"},
		{"bastion", ""},
	}
	for _, tt := range tests {
		t.Run(tt.instance, func(t *testing.T) {
			if got := named(t, s, tt.instance).Owner.String(); got != tt.owner {
				t.Errorf("owner %q, want %q", got, tt.owner)
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	_, s := open(t)
	want := named(t, s, "db-1")
	got, err := ec2.Describe(t.Context(), s, want.ID)
	if err != nil || got.ID != want.ID || got.Name != "db-1" || got.Account != want.Account {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestRecordIsWhatAWSSent(t *testing.T) {
	_, s := open(t)
	id := named(t, s, "db-1").ID
	record, err := ec2.Record(t.Context(), s, id)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"InstanceId":"` + id, `"EbsOptimized":true`, `"AmiLaunchIndex":0`, `"LaunchTime":"2025-`, `"HttpTokens":"required"`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("the record lacks %s:\n%s", want, raw)
		}
	}
	for _, never := range []string{"null", "ResultMetadata", `"PublicIpAddress"`} {
		if strings.Contains(string(raw), never) {
			t.Errorf("the record holds %s:\n%s", never, raw)
		}
	}
}

func TestChanges(t *testing.T) {
	type change = func(context.Context, *awsclient.Session, string) error
	tests := []struct {
		name       string
		instance   string
		do         change
		soon, then ec2.State
	}{
		{"start", "batch-18", ec2.Start, ec2.Pending, ec2.Running},
		{"stop", "batch-1", ec2.Stop, ec2.Stopping, ec2.Stopped},
		{"terminate", "batch-1", ec2.Terminate, ec2.ShuttingDown, ec2.Terminated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, s := open(t)
			i := named(t, s, tt.instance)
			if err := tt.do(t.Context(), s, i.ID); err != nil {
				t.Fatal(err)
			}
			for _, want := range []ec2.State{tt.soon, tt.then} {
				got, err := ec2.Describe(t.Context(), s, i.ID)
				if err != nil || got.State != want || got.State.Transient() != (want == tt.soon) {
					t.Errorf("state %s, %v; want %s", got.State, err, want)
				}
				a.Advance(10 * time.Second)
			}
		})
	}
}

func TestAFailureNamesTheInstance(t *testing.T) {
	a, s := open(t)
	bastion, dead := named(t, s, "bastion").ID, named(t, s, "ci-runner-3").ID
	ctx := t.Context()
	_, describe := ec2.Describe(ctx, s, unknown)
	_, record := ec2.Record(ctx, s, unknown)
	_, malformed := ec2.Describe(ctx, s, "i-1")
	protected, start := ec2.Terminate(ctx, s, bastion), ec2.Start(ctx, s, dead)
	a.Fail("ec2:StopInstances", demo.Denied)
	denied := ec2.Stop(ctx, s, bastion)
	tests := []struct {
		name string
		err  error
		kind awsclient.Kind
		want string
	}{
		{"describe an unknown one", describe, awsclient.NotFound, "there is no instance " + unknown + " in eu-west-1"},
		{"record of an unknown one", record, awsclient.NotFound, "there is no instance " + unknown + " in eu-west-1"},
		{"describe no id", malformed, awsclient.Invalid, "i-1 is not an instance id"},
		{"terminate a protected one", protected, awsclient.Conflict, bastion + " is protected against termination"},
		{"start a dead one", start, awsclient.Conflict, dead},
		{"stop without permission", denied, awsclient.Denied, "ec2:StopInstances"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var e *awsclient.Error
			if !errors.As(tt.err, &e) || e.Kind != tt.kind {
				t.Errorf("got %#v, want kind %v", tt.err, tt.kind)
			}
			if tt.err != nil && !strings.Contains(tt.err.Error(), tt.want) {
				t.Errorf("it says %q, want %q in it", tt.err, tt.want)
			}
		})
	}
}

func TestAListThatFailsIsNotEmpty(t *testing.T) {
	a, s := open(t)
	a.Fail("ec2:DescribeInstances", demo.Denied)
	rows, more, err := ec2.List(s)(t.Context())
	var e *awsclient.Error
	if len(rows) != 0 || more || !errors.As(awsclient.Classify(err), &e) || e.Kind != awsclient.Denied {
		t.Errorf("got %d rows, more %v, %v", len(rows), more, err)
	}
}
