package ec2

import (
	"context"
	"fmt"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// pageSize is sent with every listing: requests without it draw from a smaller
// quota.
const pageSize = 1000

// List returns a pager over every instance of the session's region, terminated
// ones included for the hour that AWS remembers them. Each call sends one
// DescribeInstances.
func List(s *awsclient.Session) func(context.Context) ([]Instance, bool, error) {
	var token *string
	return func(ctx context.Context) ([]Instance, bool, error) {
		out, err := client(s).DescribeInstances(ctx, &ec2.DescribeInstancesInput{
			MaxResults: aws.Int32(pageSize), NextToken: token,
		})
		if err != nil {
			return nil, false, fmt.Errorf("list instances in %s: %w", s.Region(), err)
		}
		token = out.NextToken
		return instances(out.Reservations, s.Region()), aws.ToString(token) != "", nil
	}
}

// Describe returns one instance. An instance of which AWS knows nothing is an
// *awsclient.Error of kind NotFound.
func Describe(ctx context.Context, s *awsclient.Session, id string) (Instance, error) {
	r, err := reservation(ctx, s, id)
	if err != nil {
		return Instance{}, err
	}
	return instanceOf(r.Instances[0], r.OwnerId, s.Region()), nil
}

// reservation returns the reservation of one instance, which holds at least
// that instance.
func reservation(ctx context.Context, s *awsclient.Session, id string) (types.Reservation, error) {
	out, err := client(s).DescribeInstances(ctx, &ec2.DescribeInstancesInput{InstanceIds: []string{id}})
	if err != nil {
		return types.Reservation{}, explain(err, "describe", id, s.Region())
	}
	for _, r := range out.Reservations {
		if len(r.Instances) > 0 {
			return r, nil
		}
	}
	return types.Reservation{}, missing(id, s.Region())
}

func instances(reservations []types.Reservation, region string) []Instance {
	n := 0
	for _, r := range reservations {
		n += len(r.Instances)
	}
	out := make([]Instance, 0, n)
	for _, r := range reservations {
		for _, i := range r.Instances {
			out = append(out, instanceOf(i, r.OwnerId, region))
		}
	}
	return out
}
