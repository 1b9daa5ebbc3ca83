package lambda_test

import (
	"testing"

	"straws/awsclient/lambda"
)

func TestParseAddress(t *testing.T) {
	const arn = "arn:aws:lambda:us-east-1:123456789012:"
	tests := []struct {
		name, address string
		want          lambda.Address
		ours, bad     bool
	}{
		{"the list", "lambda", lambda.Address{}, true, false},
		{"a name", "lambda/calculate_mean", lambda.Address{Function: "calculate_mean"}, true, false},
		{"an alias", "lambda/f:live", lambda.Address{Function: "f", Qualifier: "live"}, true, false},
		{"latest", "lambda/f:$LATEST", lambda.Address{Function: "f", Qualifier: "$LATEST"}, true, false},
		{"an ARN", arn + "function:f", lambda.Address{Region: "us-east-1", Function: "f"}, true, false},
		{"an ARN of a version", arn + "function:f:7", lambda.Address{Region: "us-east-1", Function: "f", Qualifier: "7"}, true, false},
		{"a layer", arn + "layer:pandas:4", lambda.Address{}, true, true},
		{"spaces", "lambda/a b", lambda.Address{}, true, true},
		{"nothing after the colon", "lambda/f:", lambda.Address{}, true, true},
		{"escape", "lambda/\x1b[31m", lambda.Address{}, true, true},
		{"a bucket", "s3://b/", lambda.Address{}, false, false},
		{"another service's ARN", "arn:aws:s3:::b", lambda.Address{}, false, false},
		{"half an ARN", "arn:aws:lambda", lambda.Address{}, false, false},
		{"another word", "lambdas", lambda.Address{}, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ours, err := lambda.ParseAddress(tt.address)
			if ours != tt.ours || (err != nil) != tt.bad || err == nil && got != tt.want {
				t.Errorf("got %+v, %v, %v; want %+v, %v", got, ours, err, tt.want, tt.ours)
			}
		})
	}
}
