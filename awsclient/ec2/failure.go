package ec2

import (
	"errors"
	"fmt"

	"straws/awsclient"
)

// explain turns the failure of one call on one instance into an
// *awsclient.Error whose message names the instance: EC2's own messages speak
// of attributes of its API. verb is what was asked.
func explain(err error, verb, id, region string) error {
	if err == nil {
		return nil
	}
	err = awsclient.Classify(fmt.Errorf("%s %s: %w", verb, id, err))
	var e *awsclient.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case "InvalidInstanceID.NotFound":
		e.Message = unknown(id, region)
	case "InvalidInstanceID.Malformed":
		e.Message = id + " is not an instance id"
	case "OperationNotPermitted":
		e.Message = refused(verb, id)
	}
	return err
}

// refused is the message of OperationNotPermitted, which EC2 sends for its
// protections.
func refused(verb, id string) string {
	switch verb {
	case "terminate":
		return id + " is protected against termination: switch off its DisableApiTermination first"
	case "stop":
		return id + " is protected against stopping: switch off its DisableApiStop first"
	}
	return fmt.Sprintf("%s cannot be asked to %s: the service that manages it does that", id, verb)
}

func unknown(id, region string) string {
	return fmt.Sprintf("there is no instance %s in %s", id, region)
}

// missing is the error for an instance that AWS left out of its answer, as it
// does for those of other accounts.
func missing(id, region string) error {
	return &awsclient.Error{
		Kind: awsclient.NotFound, Service: "EC2", Operation: "DescribeInstances", Action: "ec2:DescribeInstances",
		Message: unknown(id, region),
		Err:     errors.New("the answer holds no instance"),
	}
}
