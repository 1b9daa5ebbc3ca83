package awsclient

import (
	"reflect"
	"strconv"
	"strings"
)

const (
	parametersLimit = 160 // runes of a call's parameters in the log
	namesLimit      = 3   // ids of a list that are written out
)

// logged are the parameters that name things. No other parameter is ever
// written down: payloads, policies and environments stay out of every log.
const logged = "Bucket Key Prefix Delimiter CopySource UploadId VersionId Range FunctionName Qualifier InvocationType " +
	"InstanceId InstanceIds ClusterId ClusterStates StepId StepIds JobFlowId JobFlowIds LogGroupName LogStreamName " +
	"RoleArn SecretId MaxKeys MaxItems MaxResults"

// continued are the tokens of a further page, whose values mean nothing.
const continued = "ContinuationToken NextToken Marker KeyMarker StartAfter"

// parameters sums up what a call asks about: "Bucket=logs Prefix=raw/".
func parameters(input any) string {
	v := inputStruct(input)
	if !v.IsValid() {
		return ""
	}
	var words []string
	for name := range strings.FieldsSeq(logged) {
		if value := fieldText(v, name); value != "" {
			words = append(words, name+"="+value)
		}
	}
	for name := range strings.FieldsSeq(continued) {
		if fieldText(v, name) != "" {
			words = append(words, "(next page)")
			break
		}
	}
	return plain(strings.Join(words, " "), parametersLimit)
}

// target names the one thing a call is about, after the word for what it is:
// "bucket logs", "object logs/a.gz", "instance i-1". It is "" for a listing of all.
func target(input any) string {
	v := inputStruct(input)
	if !v.IsValid() {
		return ""
	}
	if bucket := fieldText(v, "Bucket"); bucket != "" {
		if key := fieldText(v, "Key"); key != "" {
			return "object " + bucket + "/" + key
		}
		return "bucket " + bucket
	}
	for _, t := range [][2]string{
		{"FunctionName", "function"},
		{"InstanceId", "instance"},
		{"InstanceIds", "instance"},
		{"StepId", "step"},
		{"ClusterId", "cluster"},
		{"JobFlowId", "cluster"},
		{"JobFlowIds", "cluster"},
		{"LogGroupName", "log group"},
	} {
		if name := fieldText(v, t[0]); name != "" {
			return t[1] + " " + name
		}
	}
	return ""
}

func inputStruct(input any) reflect.Value {
	v := reflect.ValueOf(input)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return v.Elem()
}

// fieldText is a parameter as text, "" when it is absent or not set.
func fieldText(v reflect.Value, name string) string {
	f := v.FieldByName(name)
	if !f.IsValid() {
		return ""
	}
	if f.Kind() == reflect.Slice {
		return listText(f)
	}
	return scalarText(f)
}

func listText(f reflect.Value) string {
	var names []string
	for i := range min(f.Len(), namesLimit) {
		names = append(names, scalarText(f.Index(i)))
	}
	if f.Len() > namesLimit {
		names = append(names, "…")
	}
	return strings.Join(names, ",")
}

func scalarText(f reflect.Value) string {
	if f.Kind() == reflect.Pointer {
		if f.IsNil() {
			return ""
		}
		f = f.Elem()
	}
	switch f.Kind() {
	case reflect.String:
		return f.String()
	case reflect.Int32, reflect.Int64:
		return intText(f.Int())
	}
	return ""
}

func intText(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
