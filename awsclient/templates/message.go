package templates

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/aws/aws-lambda-go/events"
)

const order = `{"orderId":"o-1001","total":42.5}`

func s3Put(p place) any {
	return events.S3Event{Records: []events.S3EventRecord{{
		EventVersion: "2.1", EventSource: "aws:s3", AWSRegion: p.Region, EventTime: p.Time, EventName: "ObjectCreated:Put",
		PrincipalID:       events.S3UserIdentity{PrincipalID: "AWS:AIDAEXAMPLE"},
		RequestParameters: events.S3RequestParameters{SourceIPAddress: "203.0.113.10"},
		ResponseElements:  map[string]string{"x-amz-request-id": "C3D13FE58DE4C810", "x-amz-id-2": "FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG4V5Wp6S7S/JRWeUWerMUE5JgHvANOjpD"},
		S3: events.S3Entity{
			SchemaVersion: "1.0", ConfigurationID: "on-put",
			Bucket: events.S3Bucket{Name: "my-bucket", OwnerIdentity: events.S3UserIdentity{PrincipalID: "A3NL1KOZZKExample"}, Arn: "arn:aws:s3:::my-bucket"},
			Object: events.S3Object{
				Key: "uploads/my+photo.jpg", URLDecodedKey: "uploads/my photo.jpg", Size: 1024, ETag: "d41d8cd98f00b204e9800998ecf8427e",
				VersionID: "096fKKXTRTtl3on89fVO.nfljtsv6qko", Sequencer: "0055AED6DCD90281E5",
			},
		},
	}}}
}

func sqsMessages(p place) any {
	sent := strconv.FormatInt(p.Time.UnixMilli(), 10)
	message := func(id, body string) events.SQSMessage {
		kind := "order"
		return events.SQSMessage{
			MessageId: id, ReceiptHandle: "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a", Body: body, Md5OfBody: "e4e68fb7bd0e697a0ae8f1bb342846b3",
			Attributes: map[string]string{
				"ApproximateReceiveCount": "1", "SentTimestamp": sent, "SenderId": "AIDAEXAMPLE", "ApproximateFirstReceiveTimestamp": sent,
			},
			MessageAttributes: map[string]events.SQSMessageAttribute{
				"kind": {StringValue: &kind, DataType: "String", StringListValues: []string{}, BinaryListValues: [][]byte{}},
			},
			EventSourceARN: p.arn("sqs", "my-queue"), EventSource: "aws:sqs", AWSRegion: p.Region,
		}
	}
	return events.SQSEvent{Records: []events.SQSMessage{
		message("059f36b4-87a3-44ab-83d2-661975830a7d", order), message("2e1424d4-f796-459a-8184-9c92662be6da", "plain text"),
	}}
}

func snsMessage(p place) any {
	topic := p.arn("sns", "my-topic")
	return events.SNSEvent{Records: []events.SNSEventRecord{{
		EventVersion: "1.0", EventSource: "aws:sns", EventSubscriptionArn: topic + ":21be56ed-a058-49f5-8c98-aedd2564c486",
		SNS: events.SNSEntity{
			Type: "Notification", MessageID: "95df01b4-ee98-5cb9-9903-4c221d41eb5e", TopicArn: topic, Subject: "an order", Message: order,
			Timestamp: p.Time, SignatureVersion: "1", Signature: "tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j",
			SigningCertURL:    fmt.Sprintf("https://sns.%s.amazonaws.com/SimpleNotificationService-example.pem", p.Region),
			UnsubscribeURL:    fmt.Sprintf("https://sns.%s.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=%s", p.Region, topic),
			MessageAttributes: map[string]any{"kind": map[string]string{"Type": "String", "Value": "order"}},
		},
	}}}
}

func instanceChange(p place) any {
	const id = "i-0abcd1234efgh5678"
	return p.bridged("EC2 Instance State-change Notification", "aws.ec2", p.arn("ec2", "instance/"+id), map[string]string{"instance-id": id, "state": "stopped"})
}

func schedule(p place) any {
	return p.bridged("Scheduled Event", "aws.events", p.arn("events", "rule/my-schedule"), map[string]string{})
}

func (p place) bridged(kind, source, resource string, detail map[string]string) events.EventBridgeEvent {
	text, _ := json.Marshal(detail) // strings cannot fail
	return events.EventBridgeEvent{
		Version: "0", ID: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", DetailType: kind, Source: source, AccountID: p.Account,
		Time: p.Time, Region: p.Region, Resources: []string{resource}, Detail: text,
	}
}
