package templates_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"straws/awsclient/templates"

	"github.com/aws/aws-lambda-go/events"
)

func payload(t *testing.T, name string) string {
	t.Helper()
	p := templates.Place{Account: "111122223333", Region: "eu-west-1", Time: time.Date(2026, 11, 21, 15, 0, 0, 123456789, time.UTC)}
	for _, tpl := range templates.All() {
		if tpl.Name == name {
			text, err := tpl.Payload(p)
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
	}
	t.Fatalf("there is no template %s", name)
	return ""
}

// A function that is written with aws-lambda-go reads each template, and finds in
// it what it asks for.
func TestFunctionsReadTheirEvents(t *testing.T) {
	for _, tt := range []struct {
		name string
		into any
		want []string // in the text
	}{
		{"S3 put", &events.S3Event{}, []string{`"eventName": "ObjectCreated:Put"`, `"awsRegion": "eu-west-1"`, `"eventTime": "2026-11-21T15:00:00.123Z"`, `"key": "uploads/my+photo.jpg"`}},
		{"SQS", &events.SQSEvent{}, []string{`"eventSourceARN": "arn:aws:sqs:eu-west-1:111122223333:my-queue"`, `"body": "plain text"`}},
		{"SNS", &events.SNSEvent{}, []string{`"Sns"`, `&SubscriptionArn=`, `"Subject": "an order"`}},
		{"API Gateway v1", &events.APIGatewayProxyRequest{}, []string{`"httpMethod": "POST"`, `"requestTime": "21/Nov/2026:15:00:00 +0000"`}},
		{"API Gateway v2", &events.APIGatewayV2HTTPRequest{}, []string{`"version": "2.0"`, `"rawQueryString": "verbose=true"`, `"method": "POST"`}},
		{"EventBridge", &events.EventBridgeEvent{}, []string{`"detail-type": "EC2 Instance State-change Notification"`, `"state": "stopped"`}},
		{"Schedule", &events.EventBridgeEvent{}, []string{`"detail-type": "Scheduled Event"`, `"detail": {}`}},
		{"DynamoDB stream", &events.DynamoDBEvent{}, []string{`"N": "101"`, `"MODIFY"`, `"OldImage"`}},
		{"Kinesis stream", &events.KinesisEvent{}, []string{`"data": "eyJvcmRlcklkIjoi`}},
		{"ALB", &events.ALBTargetGroupRequest{}, []string{`"targetGroupArn"`}},
		{"Cognito sign-up", &events.CognitoEventUserPoolsPreSignup{}, []string{`"triggerSource": "PreSignUp_SignUp"`, `"autoConfirmUser": false`}},
		{"Cognito confirmation", &events.CognitoEventUserPoolsPostConfirmation{}, []string{`"CONFIRMED"`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := payload(t, tt.name)
			if err := json.Unmarshal([]byte(text), tt.into); err != nil {
				t.Fatal(err)
			}
			for _, want := range tt.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s is not in\n%s", want, text)
				}
			}
			if strings.Contains(text, ": null") || strings.Contains(text, "0001-01-01") {
				t.Errorf("something was left out:\n%s", text)
			}
		})
	}
}

func TestEveryTemplateIsTried(t *testing.T) {
	seen := map[string]bool{}
	for _, tpl := range templates.All() {
		if seen[tpl.Name] || tpl.Detail == "" {
			t.Errorf("%q is there twice or says nothing of itself", tpl.Name)
		}
		seen[tpl.Name] = true
		if text, err := tpl.Payload(templates.Place{Region: "us-east-1"}); err != nil || strings.Contains(text, `"account": ""`) {
			t.Errorf("%s without an account: %v", tpl.Name, err)
		}
	}
}
