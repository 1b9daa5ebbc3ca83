package awsclient

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Policy returns an IAM policy statement, as indented JSON, that allows what
// was denied. It is "" for every other kind, and where a policy denies
// explicitly, because an Allow does not lift that.
func (e *Error) Policy() string {
	if e.Kind != Denied || e.Action == "" || e.explicit {
		return ""
	}
	statement := struct {
		Effect   string
		Action   string
		Resource string
	}{"Allow", e.Action, e.policyResource()}
	text, err := json.MarshalIndent(statement, "", "  ")
	if err != nil {
		return ""
	}
	return string(text)
}

// policyResource is the ARN that was refused, or the one the call's target has.
func (e *Error) policyResource() string {
	if e.Resource != "" {
		return e.Resource
	}
	kind, name, _ := strings.Cut(e.Target, " ")
	bucket, _, _ := strings.Cut(name, "/")
	switch {
	case e.Service != "S3" || bucket == "" || e.Action == "s3:ListAllMyBuckets":
		return "*"
	case kind == "bucket":
		return fmt.Sprintf("arn:%s:s3:::%s", e.partition(), bucket)
	case kind == "object":
		return fmt.Sprintf("arn:%s:s3:::%s", e.partition(), name)
	}
	return "*"
}

// partition is that of whoever was refused, "aws" when nobody was named.
func (e *Error) partition() string {
	parts := strings.SplitN(e.Principal, ":", 3)
	if len(parts) == 3 && parts[0] == "arn" {
		return parts[1]
	}
	return "aws"
}
