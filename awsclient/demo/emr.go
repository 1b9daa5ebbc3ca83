package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/emr/types"
)

const (
	emrPerPage      = 50
	stepsPerRequest = 256
	endsPerRequest  = 10
)

// emrState is the clusters of the account's own region.
type emrState struct {
	clusters []*emrCluster // by id, as EMR promises no order
	newID    func(prefix string) string
}

func registerEMR(r *router) {
	handle(r, "emr:ListClusters", listClusters)
	handle(r, "emr:DescribeCluster", describeCluster)
	handle(r, "emr:ListSteps", listSteps)
	handle(r, "emr:DescribeStep", describeStep)
	handle(r, "emr:ListInstanceGroups", listInstanceGroups)
	handle(r, "emr:AddJobFlowSteps", addSteps)
	handle(r, "emr:CancelSteps", cancelSteps)
	handle(r, "emr:TerminateJobFlows", terminateClusters)
}

// cluster finds a cluster of the region that is asked, and writes the logs that
// have been finished in it.
func (a *Account) cluster(ctx context.Context, id *string) (*emrCluster, error) {
	if reply(ctx).region == Region {
		for _, c := range a.emr.clusters {
			if c.id == aws.ToString(id) {
				a.writeStepLogs(c)
				return c, nil
			}
		}
	}
	return nil, apiError("InvalidRequestException", fmt.Sprintf("Cluster id '%s' is not valid.", aws.ToString(id)), 400)
}

func listClusters(ctx context.Context, a *Account, in *emr.ListClustersInput) (*emr.ListClustersOutput, error) {
	var found []types.ClusterSummary
	now := a.Now()
	for _, c := range a.emr.clusters {
		status := c.at(now).status()
		switch {
		case reply(ctx).region != Region,
			len(in.ClusterStates) > 0 && !slices.Contains(in.ClusterStates, status.State),
			in.CreatedAfter != nil && c.created.Before(*in.CreatedAfter),
			in.CreatedBefore != nil && c.created.After(*in.CreatedBefore):
			continue
		}
		found = append(found, types.ClusterSummary{
			Id: aws.String(c.id), Name: aws.String(c.name), ClusterArn: aws.String(c.arn()),
			NormalizedInstanceHours: aws.Int32(c.hours(now)), Status: status,
		})
	}
	page, next, err := markerPage(found, in.Marker, 0, emrPerPage)
	if err != nil {
		return nil, err
	}
	return &emr.ListClustersOutput{Clusters: page, Marker: next}, nil
}

func describeCluster(ctx context.Context, a *Account, in *emr.DescribeClusterInput) (*emr.DescribeClusterOutput, error) {
	c, err := a.cluster(ctx, in.ClusterId)
	if err != nil {
		return nil, err
	}
	out := &types.Cluster{
		Id: aws.String(c.id), Name: aws.String(c.name), ClusterArn: aws.String(c.arn()), ReleaseLabel: aws.String(c.release),
		Status: c.at(a.Now()).status(), NormalizedInstanceHours: aws.Int32(c.hours(a.Now())),
		AutoTerminate: aws.Bool(c.autoEnd), TerminationProtected: aws.Bool(c.protected),
		InstanceCollectionType: types.InstanceCollectionTypeInstanceGroup, StepConcurrencyLevel: aws.Int32(1),
		MasterPublicDnsName: aws.String("ip-10-0-3-17." + Region + ".compute.internal"), ServiceRole: aws.String("EMR_DefaultRole"),
		Ec2InstanceAttributes: &types.Ec2InstanceAttributes{
			IamInstanceProfile: aws.String("EMR_EC2_DefaultRole"), Ec2SubnetId: aws.String("subnet-0aa1"),
			Ec2AvailabilityZone: aws.String(Region + "a"), Ec2KeyName: aws.String("ops"),
		},
		Tags: []types.Tag{{Key: aws.String("team"), Value: aws.String("data")}, {Key: aws.String("env"), Value: aws.String("prod")}},
	}
	if c.logs != "" {
		out.LogUri = aws.String(c.logs)
	}
	for _, app := range []string{"Hadoop 3.4.1", "Spark 3.5.5"} {
		out.Applications = append(out.Applications, types.Application{Name: aws.String(app[:len(app)-6]), Version: aws.String(app[len(app)-5:])})
	}
	return &emr.DescribeClusterOutput{Cluster: out}, nil
}

func listSteps(ctx context.Context, a *Account, in *emr.ListStepsInput) (*emr.ListStepsOutput, error) {
	c, err := a.cluster(ctx, in.ClusterId)
	if err != nil {
		return nil, err
	}
	if len(in.StepIds) > 10 {
		return nil, apiError("InvalidRequestException", "A maximum of 10 step ids can be specified.", 400)
	}
	line := c.at(a.Now())
	var found []types.StepSummary
	for i, s := range slices.Backward(c.steps) {
		state := line.steps[i].state
		if len(in.StepStates) > 0 && !slices.Contains(in.StepStates, state) ||
			len(in.StepIds) > 0 && !slices.Contains(in.StepIds, s.id) {
			continue
		}
		found = append(found, types.StepSummary{
			Id: aws.String(s.id), Name: aws.String(s.name), ActionOnFailure: s.onFailure,
			Config: s.config(), Status: c.stepStatus(s, line.steps[i]), AdditionalInfo: s.additional(line.steps[i]),
		})
	}
	page, next, err := markerPage(found, in.Marker, 0, emrPerPage)
	if err != nil {
		return nil, err
	}
	return &emr.ListStepsOutput{Steps: page, Marker: next}, nil
}

func describeStep(ctx context.Context, a *Account, in *emr.DescribeStepInput) (*emr.DescribeStepOutput, error) {
	c, err := a.cluster(ctx, in.ClusterId)
	if err != nil {
		return nil, err
	}
	line := c.at(a.Now())
	for i, s := range c.steps {
		if s.id == aws.ToString(in.StepId) {
			return &emr.DescribeStepOutput{Step: &types.Step{
				Id: aws.String(s.id), Name: aws.String(s.name), ActionOnFailure: s.onFailure,
				Config: s.config(), Status: c.stepStatus(s, line.steps[i]), AdditionalInfo: s.additional(line.steps[i]),
			}}, nil
		}
	}
	return nil, apiError("InvalidRequestException", fmt.Sprintf("Step id '%s' is not valid.", aws.ToString(in.StepId)), 400)
}

func listInstanceGroups(ctx context.Context, a *Account, in *emr.ListInstanceGroupsInput) (*emr.ListInstanceGroupsOutput, error) {
	c, err := a.cluster(ctx, in.ClusterId)
	if err != nil {
		return nil, err
	}
	running := c.at(a.Now()).active()
	out := &emr.ListInstanceGroupsOutput{}
	for i, kind := range []types.InstanceGroupType{types.InstanceGroupTypeMaster, types.InstanceGroupTypeCore} {
		want := []int32{1, c.cores}[i]
		g := types.InstanceGroup{
			Id: aws.String("ig-" + c.id[2:] + string(kind[:1])), Name: aws.String(string(kind)), InstanceGroupType: kind,
			InstanceType: aws.String("m6g.xlarge"), Market: types.MarketTypeOnDemand,
			RequestedInstanceCount: aws.Int32(want), RunningInstanceCount: aws.Int32(0),
			Status: &types.InstanceGroupStatus{State: types.InstanceGroupStateTerminated},
		}
		if running {
			g.RunningInstanceCount, g.Status.State = aws.Int32(want), types.InstanceGroupStateRunning
		}
		out.InstanceGroups = append(out.InstanceGroups, g)
	}
	return out, nil
}
