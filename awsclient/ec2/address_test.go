package ec2_test

import (
	"strings"
	"testing"

	"straws/awsclient/ec2"
)

func TestParseAddress(t *testing.T) {
	tests := []struct {
		name, address string
		want          ec2.Address
		ours          bool
		err           string // a part of it
	}{
		{name: "the list", address: "ec2", ours: true},
		{name: "the list with a slash", address: "ec2/", ours: true},
		{name: "an instance", address: "i-0abcdef0123456789", want: ec2.Address{ID: "i-0abcdef0123456789"}, ours: true},
		{name: "an old instance", address: "i-0abcdef0", want: ec2.Address{ID: "i-0abcdef0"}, ours: true},
		{name: "pasted with spaces", address: " i-0abcdef0\n", want: ec2.Address{ID: "i-0abcdef0"}, ours: true},
		{name: "an instance below the list", address: "ec2/i-0abcdef0", want: ec2.Address{ID: "i-0abcdef0"}, ours: true},
		{name: "an ARN", address: "arn:aws:ec2:us-east-1:123456789012:instance/i-0abcdef0", want: ec2.Address{ID: "i-0abcdef0", Region: "us-east-1"}, ours: true},
		{name: "an ARN of China", address: "arn:aws-cn:ec2:cn-north-1:123456789012:instance/i-0abcdef0", want: ec2.Address{ID: "i-0abcdef0", Region: "cn-north-1"}, ours: true},

		{name: "too short an id", address: "i-0abc", ours: true, err: `"i-0abc" is not an instance id: i- and 8 or 17`},
		{name: "capitals", address: "i-0ABCDEF0", ours: true, err: "is not an instance id"},
		{name: "a name below the list", address: "ec2/bastion", ours: true, err: `"bastion" is not an instance id`},
		{name: "an escape sequence", address: "i-\x1b[2J", ours: true, err: `"i-\x1b[2J" is not`},
		{name: "a volume", address: "arn:aws:ec2:us-east-1:123456789012:volume/vol-1", ours: true, err: "is not the ARN of an instance"},
		{name: "an ARN with a bad id", address: "arn:aws:ec2:us-east-1:123456789012:instance/*", ours: true, err: `"*" is not an instance id`},

		{name: "nothing", address: ""},
		{name: "a bucket", address: "s3://ec2/i-0abcdef0"},
		{name: "another service's ARN", address: "arn:aws:lambda:us-east-1:123456789012:function:i-0abcdef0"},
		{name: "half an ARN", address: "arn:aws:ec2"},
		{name: "a word that begins alike", address: "ec2x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ours, err := ec2.ParseAddress(tt.address)
			if got != tt.want || ours != tt.ours {
				t.Errorf("got %+v, ours %v; want %+v, %v", got, ours, tt.want, tt.ours)
			}
			switch {
			case tt.err == "" && err != nil:
				t.Errorf("error %v", err)
			case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
				t.Errorf("error %v, want %q in it", err, tt.err)
			}
		})
	}
}

func TestAnARNLeadsBackToTheInstance(t *testing.T) {
	tests := []struct{ region, arn, console string }{
		{"eu-west-1", "arn:aws:ec2:eu-west-1:123456789012:instance/i-0abcdef0", "https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#InstanceDetails:instanceId=i-0abcdef0"},
		{"cn-north-1", "arn:aws-cn:ec2:cn-north-1:123456789012:instance/i-0abcdef0", "https://cn-north-1.console.amazonaws.cn/ec2/home?region=cn-north-1#InstanceDetails:instanceId=i-0abcdef0"},
		{"us-gov-west-1", "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:instance/i-0abcdef0", "https://us-gov-west-1.console.amazonaws-us-gov.com/ec2/home?region=us-gov-west-1#InstanceDetails:instanceId=i-0abcdef0"},
	}
	for _, tt := range tests {
		t.Run(tt.region, func(t *testing.T) {
			got := ec2.Instance{ID: "i-0abcdef0", Account: "123456789012", Region: tt.region}.ARN()
			if got != tt.arn {
				t.Errorf("ARN %s, want %s", got, tt.arn)
			}
			if a, _, err := ec2.ParseAddress(got); err != nil || a.ID != "i-0abcdef0" || a.Region != tt.region {
				t.Errorf("it reads as %+v, %v", a, err)
			}
			if url := ec2.ConsoleURL(tt.region, "i-0abcdef0"); url != tt.console {
				t.Errorf("console %s, want %s", url, tt.console)
			}
		})
	}
}
