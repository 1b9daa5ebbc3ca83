package emr

import (
	"context"
	"fmt"
	"slices"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/emr/types"
)

// Details is everything DescribeCluster tells about a cluster.
type Details struct {
	Cluster
	Facts

	Applications    []string // "Spark 3.5.5"
	Collection      string   // "INSTANCE_GROUP" or "INSTANCE_FLEET"
	PrimaryDNS      string
	ServiceRole     string
	InstanceProfile string
	KeyName         string
	Subnet          string
	Zone            string
	SecurityConfig  string
	AutoTerminate   bool // ends when its last step does
	Protected       bool // against being terminated
	StepConcurrency int64
	Errors          []string // "code: message"
	Tags            map[string]string
}

// Describe reads one cluster (DescribeCluster), and makes its facts Known.
func Describe(ctx context.Context, s *awsclient.Session, id string) (Details, error) {
	return client(s).describe(ctx, id)
}

func (s *service) describe(ctx context.Context, id string) (Details, error) {
	if err := s.describes.wait(ctx); err != nil {
		return Details{}, awsclient.Classify(fmt.Errorf("describe cluster %s: %w", id, err))
	}
	out, err := s.DescribeCluster(ctx, &sdk.DescribeClusterInput{ClusterId: aws.String(id)})
	if err != nil {
		return Details{}, awsclient.Classify(fmt.Errorf("describe cluster %s: %w", id, err))
	}
	if out.Cluster == nil {
		return Details{}, fmt.Errorf("describe cluster %s: the answer holds no cluster", id)
	}
	d := newDetails(out.Cluster)
	s.learn(id, d.Facts)
	return d, nil
}

func newDetails(c *types.Cluster) Details {
	d := Details{
		Cluster: Cluster{
			ID: aws.ToString(c.Id), Name: aws.ToString(c.Name), ARN: aws.ToString(c.ClusterArn),
			NormalizedHours: int64(aws.ToInt32(c.NormalizedInstanceHours)),
		},
		Facts:           Facts{Release: aws.ToString(c.ReleaseLabel), LogURI: aws.ToString(c.LogUri)},
		Collection:      string(c.InstanceCollectionType),
		PrimaryDNS:      aws.ToString(c.MasterPublicDnsName),
		ServiceRole:     aws.ToString(c.ServiceRole),
		SecurityConfig:  aws.ToString(c.SecurityConfiguration),
		AutoTerminate:   aws.ToBool(c.AutoTerminate),
		Protected:       aws.ToBool(c.TerminationProtected),
		StepConcurrency: int64(aws.ToInt32(c.StepConcurrencyLevel)),
		Tags:            make(map[string]string, len(c.Tags)),
	}
	d.setStatus(c.Status)
	for _, a := range c.Applications {
		d.Applications = append(d.Applications, aws.ToString(a.Name)+" "+aws.ToString(a.Version))
	}
	slices.Sort(d.Applications)
	for _, t := range c.Tags {
		d.Tags[aws.ToString(t.Key)] = aws.ToString(t.Value)
	}
	if e := c.Ec2InstanceAttributes; e != nil {
		d.InstanceProfile, d.KeyName = aws.ToString(e.IamInstanceProfile), aws.ToString(e.Ec2KeyName)
		d.Subnet, d.Zone = aws.ToString(e.Ec2SubnetId), aws.ToString(e.Ec2AvailabilityZone)
	}
	if c.Status != nil {
		for _, e := range c.Status.ErrorDetails {
			d.Errors = append(d.Errors, aws.ToString(e.ErrorCode)+": "+aws.ToString(e.ErrorMessage))
		}
	}
	return d
}
