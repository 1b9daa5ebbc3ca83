package views_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
)

// motoFunction shows the page of a function: what the emulator lacks is said
// where it is missing, and hides nothing else.
func motoFunction(t *testing.T, m *emulator) {
	ctx := t.Context()
	for _, err := range []error{
		second(m.fn.TagResource(ctx, &lambda.TagResourceInput{Resource: m.arn(t, "function-02"), Tags: map[string]string{"team": "data"}})),
		second(m.fn.PutFunctionConcurrency(ctx, &lambda.PutFunctionConcurrencyInput{FunctionName: aws.String("function-02"), ReservedConcurrentExecutions: aws.Int32(7)})),
		second(m.fn.PublishVersion(ctx, &lambda.PublishVersionInput{FunctionName: aws.String("function-02")})),
		second(m.fn.CreateAlias(ctx, &lambda.CreateAliasInput{FunctionName: aws.String("function-02"), Name: aws.String("live"), FunctionVersion: aws.String("1")})),
		second(m.fn.AddPermission(ctx, &lambda.AddPermissionInput{
			FunctionName: aws.String("function-02"), StatementId: aws.String("bucket"), Action: aws.String("lambda:InvokeFunction"),
			Principal: aws.String("s3.amazonaws.com"), SourceArn: aws.String("arn:aws:s3:::datalake"),
		})),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	d := m.open(t, "").Resize(140, 90).Keys("3", "/").Type("function-02").Keys("enter", "enter")
	d.Want("main.handler", "python3.13", "128 MB", "reserved  7", "live  version 1", "team  data", "s3.amazonaws.com  may", "for arn:aws:s3:::datalake")
	d.Lack("loading")
}

// motoSettings changes memory, timeout and environment, and asks the emulator.
func motoSettings(t *testing.T, m *emulator) {
	d := m.open(t, "").Keys("3", "/").Type("function-03").Keys("enter", "e").Want("settings", "memory", "timeout")
	d.Keys("enter", "ctrl+u").Type("256").Keys("tab", "ctrl+u").Type("30").Keys("enter")
	d.Keys("n").Type("MODE=fast").Keys("enter", "ctrl+s").Want("128 → 256", "3 → 30", "MODE=••••").Keys("y").Want("done")
	got, err := m.fn.GetFunctionConfiguration(t.Context(), &lambda.GetFunctionConfigurationInput{FunctionName: aws.String("function-03")})
	if err != nil {
		t.Fatal(err)
	}
	if *got.MemorySize != 256 || *got.Timeout != 30 || got.Environment.Variables["MODE"] != "fast" {
		t.Errorf("the emulator has %d MB, %d s, %v", *got.MemorySize, *got.Timeout, got.Environment)
	}
}

// motoDelete deletes one function; the list goes on without it.
func motoDelete(t *testing.T, m *emulator) {
	const doomed = "function-39"
	d := m.open(t, "").Keys("3", "/").Type(doomed).Keys("enter", "D").Want("Delete function").Type(doomed).Keys("enter").Want("delete " + doomed + ": done")
	d.Keys("esc").Want("39 functions")
	if _, err := m.fn.GetFunction(t.Context(), &lambda.GetFunctionInput{FunctionName: aws.String(doomed)}); err == nil || !strings.Contains(err.Error(), "ResourceNotFound") {
		t.Errorf("the emulator still has it: %v", err)
	}
}

// second is the error of a call whose answer does not matter.
func second[T any](_ T, err error) error { return err }

func (m *emulator) arn(t *testing.T, name string) *string {
	t.Helper()
	out, err := m.fn.GetFunctionConfiguration(t.Context(), &lambda.GetFunctionConfigurationInput{FunctionName: &name})
	if err != nil {
		t.Fatal(err)
	}
	return out.FunctionArn
}
