package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// What all instances of the account have in common.
const (
	vpcID   = "vpc-0a1b2c3d4e5f60718"
	groupID = "sg-0c0ffee0c0ffee001"
	keyName = "acme-ops"
)

func privateAddress(zone string, n int) string {
	return fmt.Sprintf("10.0.%d.%d", strings.Index("abc", zone)+1, n%246+4)
}

// asInstance is the machine as DescribeInstances tells of it, in memory of the
// caller's own.
func (m *machine) asInstance(region string) types.Instance {
	i := types.Instance{
		InstanceId: aws.String(m.id), InstanceType: m.size, State: instanceState(m.state),
		ImageId: aws.String("ami-0123456789abcdef0"), KeyName: aws.String(keyName),
		LaunchTime:   aws.Time(m.launched.UTC().Truncate(time.Second)),
		Architecture: m.architecture(), Hypervisor: types.HypervisorTypeXen, VirtualizationType: types.VirtualizationTypeHvm,
		AmiLaunchIndex: aws.Int32(0), EbsOptimized: aws.Bool(true), EnaSupport: aws.Bool(true), SourceDestCheck: aws.Bool(true),
		RootDeviceName: aws.String("/dev/xvda"), RootDeviceType: types.DeviceTypeEbs,
		PlatformDetails: aws.String("Linux/UNIX"), UsageOperation: aws.String("RunInstances"),
		Monitoring:     &types.Monitoring{State: types.MonitoringStateDisabled},
		Placement:      &types.Placement{AvailabilityZone: aws.String(m.zone), Tenancy: types.TenancyDefault, GroupName: aws.String("")},
		CpuOptions:     &types.CpuOptions{CoreCount: aws.Int32(2), ThreadsPerCore: aws.Int32(2)},
		PrivateDnsName: aws.String(""), PublicDnsName: aws.String(""),
		MetadataOptions: &types.InstanceMetadataOptionsResponse{
			HttpTokens: types.HttpTokensStateRequired, HttpEndpoint: types.InstanceMetadataEndpointStateEnabled,
			HttpPutResponseHopLimit: aws.Int32(2), State: types.InstanceMetadataOptionsStateApplied,
		},
		Tags: m.asTags(),
	}
	if m.windows {
		i.Platform, i.PlatformDetails = types.PlatformValuesWindows, aws.String("Windows")
	}
	if m.spot {
		i.InstanceLifecycle = types.InstanceLifecycleTypeSpot
	}
	m.reasons(&i)
	m.attachments(&i, region)
	return i
}

func (m *machine) architecture() types.ArchitectureValues {
	if family, _, _ := strings.Cut(string(m.size), "."); strings.HasSuffix(family, "g") {
		return types.ArchitectureValuesArm64
	}
	return types.ArchitectureValuesX8664
}

func (m *machine) asTags() []types.Tag {
	var out []types.Tag
	for _, t := range m.tags() {
		out = append(out, types.Tag{Key: aws.String(t[0]), Value: aws.String(t[1])})
	}
	return out
}

// reasons say why the machine is down, when somebody took it down.
func (m *machine) reasons(i *types.Instance) {
	i.StateTransitionReason = aws.String("")
	if m.took == "" {
		return
	}
	i.StateTransitionReason = aws.String(m.took + " (" + m.since.UTC().Format(time.DateTime) + " GMT)")
	i.StateReason = &types.StateReason{
		Code: aws.String("Client.UserInitiatedShutdown"), Message: aws.String("Client.UserInitiatedShutdown: User initiated shutdown"),
	}
}

// attachments are what the machine loses when it is gone: network and disk.
func (m *machine) attachments(i *types.Instance, region string) {
	if m.state == types.InstanceStateNameTerminated {
		return
	}
	i.VpcId, i.SubnetId = aws.String(vpcID), aws.String("subnet-0aaaabbbbccccddd"+m.zone[len(m.zone)-1:])
	i.SecurityGroups = []types.GroupIdentifier{{GroupId: aws.String(groupID), GroupName: aws.String("default")}}
	i.PrivateIpAddress = aws.String(m.private)
	i.PrivateDnsName = aws.String("ip-" + strings.ReplaceAll(m.private, ".", "-") + "." + region + ".compute.internal")
	if m.public != "" {
		i.PublicIpAddress = aws.String(m.public)
		i.PublicDnsName = aws.String("ec2-" + strings.ReplaceAll(m.public, ".", "-") + "." + region + ".compute.amazonaws.com")
	}
	i.BlockDeviceMappings = []types.InstanceBlockDeviceMapping{{
		DeviceName: i.RootDeviceName,
		Ebs: &types.EbsInstanceBlockDevice{
			VolumeId: aws.String(m.volume), Status: types.AttachmentStatusAttached, DeleteOnTermination: aws.Bool(true),
			AttachTime: i.LaunchTime,
		},
	}}
	i.NetworkInterfaces = []types.InstanceNetworkInterface{{
		NetworkInterfaceId: aws.String(m.eni), PrivateIpAddress: i.PrivateIpAddress, VpcId: i.VpcId, SubnetId: i.SubnetId,
		Groups: i.SecurityGroups, Status: types.NetworkInterfaceStatusInUse, OwnerId: aws.String(AccountID),
	}}
}
