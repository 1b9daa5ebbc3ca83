package ec2

import (
	"cmp"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// Instance is one EC2 instance as a row of a list. Every string is AWS's own and
// may hold anything; ID alone identifies the instance, since names can be
// missing or shared.
type Instance struct {
	ID          string
	Name        string // the Name tag; "" when there is none
	Account     string // twelve digits
	Region      string
	State       State
	StateReason string // why it is stopped or terminated, in AWS's words
	Type        string
	Zone        string // "eu-west-1a"
	PrivateIP   string
	PublicIP    string // "" when stopped, or in a private subnet
	IPv6        string
	Launched    time.Time // the last start, not the creation
	Tags        []Tag     // by key
	Lifecycle   string    // "spot", "scheduled", "capacity-block"; "" is on demand
	Owner       Owner
	Platform    string // "Linux/UNIX", "Windows", …
	VPC         string
	Subnet      string
	AMI         string
	KeyName     string
	Volatile    bool // its root disk is an instance store, so it cannot be stopped
}

// Tag is one key and value of an instance.
type Tag struct{ Key, Value string }

// Tag returns the value of a tag, "" when the instance lacks it.
func (i Instance) Tag(key string) string {
	value, _ := i.lookup(key)
	return value
}

func (i Instance) lookup(key string) (value string, ok bool) {
	n, ok := slices.BinarySearchFunc(i.Tags, key, func(t Tag, k string) int { return cmp.Compare(t.Key, k) })
	if !ok {
		return "", false
	}
	return i.Tags[n].Value, true
}

// ARN is the instance's full name.
func (i Instance) ARN() string { return ARN(i.Account, i.Region, i.ID) }

// Spot reports whether AWS may take the instance back at any time.
func (i Instance) Spot() bool { return i.Lifecycle == string(types.InstanceLifecycleTypeSpot) }

func instanceOf(in types.Instance, account *string, region string) Instance {
	i := Instance{
		ID: aws.ToString(in.InstanceId), Account: aws.ToString(account), Region: region,
		State: stateOf(in.State), StateReason: reason(in),
		Type: string(in.InstanceType), Lifecycle: string(in.InstanceLifecycle),
		PrivateIP: aws.ToString(in.PrivateIpAddress), PublicIP: aws.ToString(in.PublicIpAddress),
		IPv6: aws.ToString(in.Ipv6Address), Launched: aws.ToTime(in.LaunchTime),
		Platform: aws.ToString(in.PlatformDetails), KeyName: aws.ToString(in.KeyName),
		VPC: aws.ToString(in.VpcId), Subnet: aws.ToString(in.SubnetId), AMI: aws.ToString(in.ImageId),
		Volatile: in.RootDeviceType == types.DeviceTypeInstanceStore,
		Tags:     tagsOf(in.Tags),
	}
	if in.Placement != nil {
		i.Zone = aws.ToString(in.Placement.AvailabilityZone)
	}
	i.Name = i.Tag("Name")
	i.Owner = ownerOf(i, in.Operator)
	return i
}

func tagsOf(in []types.Tag) []Tag {
	out := make([]Tag, len(in))
	for n, t := range in {
		out[n] = Tag{aws.ToString(t.Key), aws.ToString(t.Value)}
	}
	slices.SortFunc(out, func(a, b Tag) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

func reason(in types.Instance) string {
	if in.StateReason != nil && aws.ToString(in.StateReason.Message) != "" {
		return *in.StateReason.Message
	}
	return aws.ToString(in.StateTransitionReason)
}
