package ec2

import (
	"errors"
	"fmt"

	"straws/awsclient"
)

// sentences are what some of EC2's codes mean for one instance; its own
// messages speak of attributes of the API.
var sentences = map[string]string{
	"InvalidInstanceID.NotFound":  "there is no instance %[1]s in %[2]s",
	"InvalidInstanceID.Malformed": "%[1]s is not an instance id",
}

// explain turns the failure of one call on one instance into an
// *awsclient.Error whose message names the instance. verb is what was asked.
func explain(err error, verb, id, region string) error {
	if err == nil {
		return nil
	}
	err = awsclient.Classify(fmt.Errorf("%s %s: %w", verb, id, err))
	var e *awsclient.Error
	if !errors.As(err, &e) {
		return err
	}
	if sentence, ok := sentences[e.Code]; ok {
		e.Message = fmt.Sprintf(sentence, id, region)
	}
	if e.Code == "OperationNotPermitted" {
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

// missing is the error for an instance that AWS left out of its answer, as it
// does for those of other accounts.
func missing(id, region string) error {
	return &awsclient.Error{
		Kind: awsclient.NotFound, Service: "EC2", Operation: "DescribeInstances", Action: "ec2:DescribeInstances",
		Message: fmt.Sprintf(sentences["InvalidInstanceID.NotFound"], id, region),
		Err:     errors.New("the answer holds no instance"),
	}
}
