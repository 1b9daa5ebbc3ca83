package ec2

import (
	"context"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// Every change is sent for one instance: a request for several is not atomic,
// and one bad or protected id fails others with it.

// Start boots a stopped instance (StartInstances). It answers when AWS has
// agreed; the instance is pending until it runs.
func Start(ctx context.Context, s *awsclient.Session, id string) error {
	_, err := client(s).StartInstances(ctx, &ec2.StartInstancesInput{InstanceIds: []string{id}})
	return explain(err, "start", id, s.Region())
}

// Stop shuts an instance down and keeps its volumes (StopInstances). It answers
// when AWS has agreed; the instance is stopping until it stands.
func Stop(ctx context.Context, s *awsclient.Session, id string) error {
	_, err := client(s).StopInstances(ctx, &ec2.StopInstancesInput{InstanceIds: []string{id}})
	return explain(err, "stop", id, s.Region())
}

// Terminate destroys an instance and the volumes that are set to go with it
// (TerminateInstances). It answers when AWS has agreed; a protected instance is
// an *awsclient.Error of code OperationNotPermitted.
func Terminate(ctx context.Context, s *awsclient.Session, id string) error {
	_, err := client(s).TerminateInstances(ctx, &ec2.TerminateInstancesInput{InstanceIds: []string{id}})
	return explain(err, "terminate", id, s.Region())
}
