package demo

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func describeInstances(ctx context.Context, a *Account, in *ec2.DescribeInstancesInput) (*ec2.DescribeInstancesOutput, error) {
	f := a.here(ctx)
	limit, after, err := instancePage(in)
	if err != nil {
		return nil, err
	}
	machines, err := f.find(in.InstanceIds, in.Filters)
	if err != nil {
		return nil, err
	}
	if err := dryRun(in.DryRun); err != nil {
		return nil, err
	}
	out := &ec2.DescribeInstancesOutput{}
	sent := 0
	var last *machine
	for _, m := range machines {
		if m.sequence <= after {
			continue
		}
		if sent == limit {
			out.NextToken = aws.String(instanceToken(last.sequence))
			break
		}
		out.Reservations = append(out.Reservations, m.asReservation(f.region))
		last, sent = m, sent+1
	}
	return out, nil
}

// instancePage reads how many instances a page holds, 0 for all, and after
// which machine it begins.
func instancePage(in *ec2.DescribeInstancesInput) (limit, after int, err error) {
	if in.MaxResults != nil {
		limit = int(*in.MaxResults)
		switch {
		case len(in.InstanceIds) > 0:
			return 0, 0, apiError("InvalidParameterCombination", "The parameter instancesSet cannot be used with the parameter maxResults", 400)
		case limit < 5:
			return 0, 0, invalidValue(fmt.Sprintf("Value ( %d ) for parameter maxResults is invalid. Expecting a value greater than 5.", limit))
		case limit > 1000:
			return 0, 0, invalidValue(fmt.Sprintf("Value ( %d ) for parameter maxResults is invalid. Expecting a value less than 1000.", limit))
		}
	}
	if limit == 0 {
		limit = -1
	}
	if token := aws.ToString(in.NextToken); token != "" {
		raw, decode := base64.StdEncoding.DecodeString(token)
		if after, err = strconv.Atoi(string(raw)); err != nil || decode != nil {
			return 0, 0, apiError("InvalidNextToken", "The token '"+token+"' is invalid", 400)
		}
	}
	return limit, after, nil
}

func instanceToken(sequence int) string {
	return base64.StdEncoding.EncodeToString([]byte(strconv.Itoa(sequence)))
}

func (m *machine) asReservation(region string) types.Reservation {
	return types.Reservation{
		ReservationId: aws.String(m.reservation), OwnerId: aws.String(AccountID),
		Instances: []types.Instance{m.asInstance(region)},
	}
}

// describeInstanceAttribute answers for the protections, the attributes that
// DescribeInstances lacks.
func describeInstanceAttribute(
	ctx context.Context, a *Account, in *ec2.DescribeInstanceAttributeInput,
) (*ec2.DescribeInstanceAttributeOutput, error) {
	machines, err := a.here(ctx).find([]string{aws.ToString(in.InstanceId)}, nil)
	if err != nil {
		return nil, err
	}
	out := &ec2.DescribeInstanceAttributeOutput{InstanceId: in.InstanceId}
	switch in.Attribute {
	case types.InstanceAttributeNameDisableApiTermination:
		out.DisableApiTermination = &types.AttributeBooleanValue{Value: aws.Bool(machines[0].protected)}
	case types.InstanceAttributeNameDisableApiStop:
		out.DisableApiStop = &types.AttributeBooleanValue{Value: aws.Bool(false)}
	case types.InstanceAttributeNameInstanceInitiatedShutdownBehavior:
		out.InstanceInitiatedShutdownBehavior = &types.AttributeValue{Value: aws.String("stop")}
	default:
		return nil, invalidValue(fmt.Sprintf("Value (%s) for parameter attribute is invalid. Unknown attribute.", in.Attribute))
	}
	return out, nil
}

func describeRegions(_ context.Context, _ *Account, in *ec2.DescribeRegionsInput) (*ec2.DescribeRegionsOutput, error) {
	out := &ec2.DescribeRegionsOutput{}
	for _, name := range []string{
		"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
		"ca-central-1", "eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1",
		"us-east-1", "us-east-2", "us-west-1", "us-west-2",
	} {
		out.Regions = append(out.Regions, types.Region{
			RegionName: aws.String(name), Endpoint: aws.String("ec2." + name + ".amazonaws.com"),
			OptInStatus: aws.String("opt-in-not-required"),
		})
	}
	if aws.ToBool(in.AllRegions) {
		out.Regions = append(out.Regions, types.Region{
			RegionName: aws.String("af-south-1"), Endpoint: aws.String("ec2.af-south-1.amazonaws.com"),
			OptInStatus: aws.String("not-opted-in"),
		})
	}
	return out, nil
}

func invalidValue(message string) error { return apiError("InvalidParameterValue", message, 400) }

// dryRun is the answer to a request that only asks whether it would be allowed.
func dryRun(asked *bool) error {
	if !aws.ToBool(asked) {
		return nil
	}
	return apiError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412)
}
