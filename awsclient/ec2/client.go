// Package ec2 lists, describes and changes the EC2 instances of a session, in
// plain types. It is the only package that imports the SDK's EC2 client, which
// takes minutes to compile.
package ec2

import (
	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

func client(s *awsclient.Session) *ec2.Client {
	return awsclient.Client(s, func(c aws.Config) *ec2.Client { return ec2.NewFromConfig(c) })
}
