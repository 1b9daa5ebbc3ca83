// Package templates makes the events that AWS services send to functions.
package templates

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// Place is where an event is to come from.
type Place struct {
	Account string // 12 digits; "" makes one up
	Region  string
	Time    time.Time
}

// Template is an event of one kind.
type Template struct {
	Name   string // "S3 put"
	Detail string // what has happened
	event  func(place) any
}

// All returns every template, in the order in which they are offered.
func All() []Template {
	return []Template{
		{"S3 put", "an object was created", s3Put},
		{"SQS", "two messages of a queue", sqsMessages},
		{"SNS", "a message of a topic", snsMessage},
		{"API Gateway v1", "a request to a REST API", restRequest},
		{"API Gateway v2", "a request to an HTTP API or a function URL", httpRequest},
		{"EventBridge", "an instance changed its state", instanceChange},
		{"Schedule", "a rule or schedule of EventBridge came due", schedule},
		{"DynamoDB stream", "an item was inserted, another modified", tableChanges},
		{"Kinesis stream", "a record of a stream", streamRecord},
		{"ALB", "a request through a load balancer", balancedRequest},
		{"Cognito sign-up", "before a user is signed up", preSignUp},
		{"Cognito confirmation", "after a user was confirmed", postConfirmation},
	}
}

// Payload is the event as indented JSON.
func (t Template) Payload(p Place) (string, error) {
	if p.Account == "" {
		p.Account = "123456789012"
	}
	p.Time = p.Time.UTC().Truncate(time.Millisecond)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(t.event(place(p))); err != nil {
		return "", fmt.Errorf("make the template %s: %w", t.Name, err)
	}
	return string(bytes.TrimRight(b.Bytes(), "\n")), nil
}

// place is a Place with everything in it.
type place Place

// arn names something of this account and region.
func (p place) arn(service, resource string) string {
	return fmt.Sprintf("arn:aws:%s:%s:%s:%s", service, p.Region, p.Account, resource)
}
