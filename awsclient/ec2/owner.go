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

// mark is a tag that a service puts on its instances.
type mark struct {
	tag, kind string
	flag      bool // its value names nothing
}

// marks are in the order in which they count: an EKS node group also works
// through an Auto Scaling group.
func marks() []mark {
	return []mark{
		{tag: "eks:nodegroup-name", kind: "EKS node group"},
		{tag: "karpenter.sh/nodepool", kind: "Karpenter node pool"},
		{tag: "elasticbeanstalk:environment-name", kind: "Elastic Beanstalk environment"},
		{tag: "aws:elasticmapreduce:job-flow-id", kind: "EMR cluster"},
		{tag: "AWSBatchServiceTag", kind: "AWS Batch", flag: true},
		{tag: "AmazonECSManaged", kind: "ECS capacity provider", flag: true},
		{tag: "aws:autoscaling:groupName", kind: "Auto Scaling group"},
		{tag: "aws:ec2:fleet-id", kind: "EC2 fleet"},
		{tag: "aws:ec2spot:fleet-request-id", kind: "spot fleet"},
	}
}

// ownerOf reads the tags, and the operator that AWS names for instances which
// it manages itself.
func ownerOf(i Instance, op *types.OperatorResponse) Owner {
	if op != nil && aws.ToBool(op.Managed) {
		return Owner{Kind: "AWS", Name: aws.ToString(op.Principal), Locked: true}
	}
	for _, m := range marks() {
		value, ok := i.lookup(m.tag)
		if !ok {
			continue
		}
		if m.flag {
			value = ""
		}
		return Owner{Kind: m.kind, Name: value}
	}
	return Owner{}
}
