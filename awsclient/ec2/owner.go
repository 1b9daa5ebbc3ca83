package ec2

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// Owner is the service that made an instance and replaces it when it goes away.
// The zero Owner is nobody: the instance was started by hand, or by a template
// that lets it go.
type Owner struct {
	Kind string // "Auto Scaling group", "EKS node group", …
	Name string // "web-asg"; may be ""
	// Locked owners refuse every start, stop and terminate but their own.
	Locked bool
}

// String is the kind and the name, "Auto Scaling group web-asg"; "" for nobody.
func (o Owner) String() string {
	if o.Name == "" {
		return o.Kind
	}
	return o.Kind + " " + o.Name
}

// owners are the tags that services put on their instances. The first match
// wins: an EKS node group also works through an Auto Scaling group.
var owners = []struct{ tag, kind string }{
	{"eks:nodegroup-name", "EKS node group"},
	{"karpenter.sh/nodepool", "Karpenter node pool"},
	{"elasticbeanstalk:environment-name", "Elastic Beanstalk environment"},
	{"aws:elasticmapreduce:job-flow-id", "EMR cluster"},
	{"AWSBatchServiceTag", "AWS Batch"},
	{"AmazonECSManaged", "ECS capacity provider"},
	{"aws:autoscaling:groupName", "Auto Scaling group"},
	{"aws:ec2:fleet-id", "EC2 fleet"},
	{"aws:ec2spot:fleet-request-id", "spot fleet"},
}

// ownerOf reads the tags, and the operator that AWS names for instances which
// it manages itself.
func ownerOf(i Instance, op *types.OperatorResponse) Owner {
	if op != nil && aws.ToBool(op.Managed) {
		return Owner{Kind: "AWS", Name: aws.ToString(op.Principal), Locked: true}
	}
	for _, o := range owners {
		for _, t := range i.Tags {
			if t.Key != o.tag {
				continue
			}
			name := t.Value
			if o.kind == "AWS Batch" || o.kind == "ECS capacity provider" {
				name = "" // the value of these tags is a flag
			}
			return Owner{Kind: o.kind, Name: name}
		}
	}
	return Owner{}
}
