package demo_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/smithy-go"
)

// cloud is EC2 of a demo account whose clock only the test moves.
type cloud struct {
	*testing.T
	*demo.Account
	api *ec2.Client
}

func newCloud(t *testing.T) cloud {
	start := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	a := demo.New(demo.Options{Now: func() time.Time { return start }})
	return cloud{t, a, ec2.NewFromConfig(a.Config())}
}

func (c cloud) describe(in *ec2.DescribeInstancesInput) []types.Instance {
	c.Helper()
	out, err := c.api.DescribeInstances(c.Context(), in)
	if err != nil {
		c.Fatal(err)
	}
	var all []types.Instance
	for _, r := range out.Reservations {
		all = append(all, r.Instances...)
	}
	return all
}

func (c cloud) filtered(name string, values ...string) []types.Instance {
	c.Helper()
	return c.describe(&ec2.DescribeInstancesInput{Filters: []types.Filter{{Name: aws.String(name), Values: values}}})
}

// named returns the id of the only instance of this name.
func (c cloud) named(name string) string {
	c.Helper()
	found := c.filtered("tag:Name", name)
	if len(found) != 1 {
		c.Fatalf("%d instances are named %s, want one", len(found), name)
	}
	return *found[0].InstanceId
}

func (c cloud) state(id string) types.InstanceStateName {
	c.Helper()
	return c.describe(&ec2.DescribeInstancesInput{InstanceIds: []string{id}})[0].State.Name
}

func (c cloud) wantState(id string, want types.InstanceStateName) {
	c.Helper()
	if got := c.state(id); got != want {
		c.Errorf("%s is %s, want %s", id, got, want)
	}
}

func (c cloud) wantCode(err error, want string) {
	c.Helper()
	var api smithy.APIError
	if !errors.As(err, &api) || api.ErrorCode() != want {
		c.Errorf("got %v, want code %s", err, want)
	}
}

func TestTheFleetHasWhatAFleetHas(t *testing.T) {
	c := newCloud(t)
	all := c.describe(&ec2.DescribeInstancesInput{})
	if len(all) != 40 {
		t.Errorf("%d instances, want 40", len(all))
	}
	addresses := map[string]string{}
	states := map[types.InstanceStateName]int{}
	var spot, nameless, hostile bool
	for _, i := range all {
		states[i.State.Name]++
		spot = spot || i.InstanceLifecycle == types.InstanceLifecycleTypeSpot
		named := slices.IndexFunc(i.Tags, func(t types.Tag) bool { return *t.Key == "Name" })
		nameless = nameless || named < 0
		hostile = hostile || named >= 0 && strings.Contains(*i.Tags[named].Value, "\x1b")
		for _, ip := range []*string{i.PrivateIpAddress, i.PublicIpAddress} {
			if other, taken := addresses[aws.ToString(ip)]; taken && ip != nil {
				t.Errorf("%s and %s both have the address %s", *i.InstanceId, other, *ip)
			}
			addresses[aws.ToString(ip)] = *i.InstanceId
		}
	}
	for _, s := range types.InstanceStateName("").Values() {
		if states[s] == 0 {
			t.Errorf("no instance is %s", s)
		}
	}
	if !spot || !nameless || !hostile {
		t.Errorf("a spot instance: %v, one without a name: %v, one with a hostile name: %v", spot, nameless, hostile)
	}
	if group := c.filtered("tag-key", "aws:autoscaling:groupName"); len(group) == 0 {
		t.Error("no instance is in an Auto Scaling group")
	}
}

func TestEveryRegionHasItsOwnInstances(t *testing.T) {
	c := newCloud(t)
	tests := []struct {
		region string
		some   bool
	}{{"eu-west-1", true}, {"us-east-1", true}, {"sa-east-1", false}}
	for _, tt := range tests {
		t.Run(tt.region, func(t *testing.T) {
			out, err := c.api.DescribeInstances(t.Context(), &ec2.DescribeInstancesInput{}, func(o *ec2.Options) { o.Region = tt.region })
			if err != nil {
				t.Fatal(err)
			}
			if got := len(out.Reservations) > 0; got != tt.some {
				t.Errorf("has instances: %v, want %v", got, tt.some)
			}
			for _, r := range out.Reservations {
				if zone := *r.Instances[0].Placement.AvailabilityZone; !strings.HasPrefix(zone, tt.region) {
					t.Errorf("an instance is in %s", zone)
				}
			}
		})
	}
}

func TestPagesOfInstances(t *testing.T) {
	c := newCloud(t)
	var ids []string
	pages := ec2.NewDescribeInstancesPaginator(c.api, &ec2.DescribeInstancesInput{MaxResults: aws.Int32(15)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Reservations) > 15 {
			t.Errorf("a page holds %d instances, want at most 15", len(page.Reservations))
		}
		for _, r := range page.Reservations {
			ids = append(ids, *r.Instances[0].InstanceId)
		}
	}
	var want []string
	for _, i := range c.describe(&ec2.DescribeInstancesInput{}) {
		want = append(want, *i.InstanceId)
	}
	if !slices.Equal(ids, want) {
		t.Errorf("pages gave %d instances, want the %d of one request in the same order", len(ids), len(want))
	}
}

func TestWhatDescribeInstancesRefuses(t *testing.T) {
	c := newCloud(t)
	id := c.named("bastion")
	tests := []struct {
		name string
		in   ec2.DescribeInstancesInput
		code string
	}{
		{"an unknown id", ec2.DescribeInstancesInput{InstanceIds: []string{id, "i-00000000000000000"}}, "InvalidInstanceID.NotFound"},
		{"a malformed id", ec2.DescribeInstancesInput{InstanceIds: []string{"bastion"}}, "InvalidInstanceID.Malformed"},
		{"too small a page", ec2.DescribeInstancesInput{MaxResults: aws.Int32(4)}, "InvalidParameterValue"},
		{"too large a page", ec2.DescribeInstancesInput{MaxResults: aws.Int32(1001)}, "InvalidParameterValue"},
		{"ids with pages", ec2.DescribeInstancesInput{InstanceIds: []string{id}, MaxResults: aws.Int32(5)}, "InvalidParameterCombination"},
		{"a foreign token", ec2.DescribeInstancesInput{NextToken: aws.String("?")}, "InvalidNextToken"},
		{"an unknown filter", ec2.DescribeInstancesInput{Filters: []types.Filter{{Name: aws.String("colour")}}}, "InvalidParameterValue"},
		{"a dry run", ec2.DescribeInstancesInput{DryRun: aws.Bool(true)}, "DryRunOperation"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := c.api.DescribeInstances(t.Context(), &tt.in)
			cloud{t, c.Account, c.api}.wantCode(err, tt.code)
		})
	}
}

func TestFiltersOfInstances(t *testing.T) {
	c := newCloud(t)
	tests := []struct {
		name   string
		values []string
		want   int
	}{
		{"tag:Name", []string{"batch-*"}, 20},
		{"tag:Name", []string{"api-?", "bastion"}, 4},
		{"instance-id", []string{c.named("db-1"), c.named("db-2")}, 2},
		{"instance-state-name", []string{"pending"}, 1},
		{"instance-state-code", []string{"48"}, 1},
		{"tag:eks:nodegroup-name", []string{"workers"}, 1},
		{"instance-type", []string{"r6g.*"}, 2},
		{"availability-zone", []string{"us-east-1a"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.values[0], func(t *testing.T) {
			if got := len(c.filtered(tt.name, tt.values...)); got != tt.want {
				t.Errorf("%d instances, want %d", got, tt.want)
			}
		})
	}
}

func TestTheCallerOwnsWhatItIsTold(t *testing.T) {
	c := newCloud(t)
	first := c.describe(&ec2.DescribeInstancesInput{})[0]
	first.State.Name, *first.Tags[0].Value = "gone", "changed"
	again := c.describe(&ec2.DescribeInstancesInput{})[0]
	if again.State.Name == "gone" || *again.Tags[0].Value == "changed" {
		t.Error("writing into an answer changed the account")
	}
}
