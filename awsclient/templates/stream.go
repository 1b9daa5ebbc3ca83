package templates

import (
	"github.com/aws/aws-lambda-go/events"
)

func tableChanges(p place) any {
	table := p.arn("dynamodb", "table/my-table/stream/"+p.Time.Format("2006-01-02T15:04:05.000"))
	keys := map[string]events.DynamoDBAttributeValue{"Id": events.NewNumberAttribute("101")}
	image := func(message string) map[string]events.DynamoDBAttributeValue {
		return map[string]events.DynamoDBAttributeValue{"Id": keys["Id"], "Message": events.NewStringAttribute(message)}
	}
	record := func(id, name, sequence string, now, before map[string]events.DynamoDBAttributeValue) events.DynamoDBEventRecord {
		return events.DynamoDBEventRecord{
			EventID: id, EventName: name, EventVersion: "1.1", EventSource: "aws:dynamodb", AWSRegion: p.Region, EventSourceArn: table,
			Change: events.DynamoDBStreamRecord{
				ApproximateCreationDateTime: events.SecondsEpochTime{Time: p.Time}, Keys: keys, NewImage: now, OldImage: before,
				SequenceNumber: sequence, SizeBytes: 26, StreamViewType: string(events.DynamoDBStreamViewTypeNewAndOldImages),
			},
		}
	}
	return events.DynamoDBEvent{Records: []events.DynamoDBEventRecord{
		record("c4ca4238a0b923820dcc509a6f75849b", "INSERT", "4421584500000000017450439091", image("new item"), nil),
		record("c81e728d9d4c2f636f067f89cc14862c", "MODIFY", "4421584500000000017450439092", image("changed"), image("new item")),
	}}
}

func streamRecord(p place) any {
	return events.KinesisEvent{Records: []events.KinesisEventRecord{{
		EventID: "shardId-000000000006:49590338271490256608559692538361571095921575989136588898", EventName: "aws:kinesis:record",
		EventVersion: "1.0", EventSource: "aws:kinesis", AwsRegion: p.Region, EventSourceArn: p.arn("kinesis", "stream/my-stream"),
		InvokeIdentityArn: "arn:aws:iam::" + p.Account + ":role/my-function",
		Kinesis: events.KinesisRecord{
			KinesisSchemaVersion: "1.0", PartitionKey: "o-1001", Data: []byte(order),
			SequenceNumber:              "49590338271490256608559692538361571095921575989136588898",
			ApproximateArrivalTimestamp: events.SecondsEpochTime{Time: p.Time},
		},
	}}}
}
