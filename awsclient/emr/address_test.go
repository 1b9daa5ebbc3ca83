package emr_test

import (
	"testing"

	"straws/awsclient/emr"
)

func TestParseAddress(t *testing.T) {
	tests := []struct {
		name, address string
		want          emr.Address
		ours, bad     bool
	}{
		{"the list", "emr", emr.Address{}, true, false},
		{"a cluster", "emr/j-2AXQ7K0M9PZ1D", emr.Address{Cluster: "j-2AXQ7K0M9PZ1D"}, true, false},
		{"a bare id", "j-2AXQ7K0M9PZ1D", emr.Address{Cluster: "j-2AXQ7K0M9PZ1D"}, true, false},
		{"an ARN", "arn:aws:elasticmapreduce:us-east-1:123456789012:cluster/j-1", emr.Address{Region: "us-east-1", Cluster: "j-1"}, true, false},
		{"an ARN of a notebook", "arn:aws:elasticmapreduce:us-east-1:123456789012:editor/e-1", emr.Address{}, true, true},
		{"small letters", "emr/j-abc", emr.Address{}, true, true},
		{"a name", "emr/wordcount", emr.Address{}, true, true},
		{"escape", "emr/\x1b[31m", emr.Address{}, true, true},
		{"an instance", "i-0abc", emr.Address{}, false, false},
		{"a bucket", "s3://b/", emr.Address{}, false, false},
		{"another service's ARN", "arn:aws:s3:::b", emr.Address{}, false, false},
		{"another word", "emrx", emr.Address{}, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ours, err := emr.ParseAddress(tt.address)
			if ours != tt.ours || (err != nil) != tt.bad || err == nil && got != tt.want {
				t.Errorf("got %+v, %v, %v; want %+v, %v", got, ours, err, tt.want, tt.ours)
			}
		})
	}
}
