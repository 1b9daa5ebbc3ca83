package demo_test

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/smithy-go"
)

func lambdaClient(a *demo.Account, region string) *lambda.Client {
	c := a.Config()
	c.Region = region
	return lambda.NewFromConfig(c)
}

func TestFunctionsAreListedByPages(t *testing.T) {
	tests := []struct {
		region string
		pages  []int
	}{
		{demo.Region, []int{9}},
		{"us-east-1", []int{50, 50, 20}},
		{"eu-north-1", []int{0}},
	}
	for _, tt := range tests {
		t.Run(tt.region, func(t *testing.T) {
			p := lambda.NewListFunctionsPaginator(lambdaClient(demo.New(demo.Options{}), tt.region), &lambda.ListFunctionsInput{MaxItems: aws.Int32(1000)})
			for i, want := range tt.pages {
				out, err := p.NextPage(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if len(out.Functions) != want {
					t.Errorf("page %d holds %d functions, want %d", i, len(out.Functions), want)
				}
			}
			if p.HasMorePages() {
				t.Error("there are more pages")
			}
		})
	}
}

func TestFunctionsRun(t *testing.T) {
	tests := []struct {
		name, function, payload string
		answer                  string // exactly, where it succeeds
		failure                 string // in the answer, where it does not
		log                     string
	}{
		{"mean", "calculate_mean", `{"nums":[1,2,3]}`, `{"statusCode": 200, "body": 2.0}`, "", "mean of 3 numbers"},
		{"mean of a fraction", "calculate_mean", `{"nums":[1, 2]}`, `{"statusCode": 200, "body": 1.5}`, "", "Billed Duration"},
		{"mean of huge numbers", "calculate_mean", `{"nums":[1e16, 1e16]}`, `{"statusCode": 200, "body": 1e+16}`, "", "END RequestId"},
		{"no numbers key", "calculate_mean", `{"n":1}`, "", `"errorMessage": "'nums'", "errorType": "KeyError"`, "[ERROR] KeyError: 'nums'"},
		{"no event", "calculate_mean", ``, "", `"errorType": "KeyError"`, ""},
		{"no numbers", "calculate_mean", `{"nums":[]}`, "", "ZeroDivisionError", `line 6, in lambda_handler`},
		{"words", "calculate_mean", `{"nums":[1,"2"]}`, "", "unsupported operand type(s) for +: 'int' and 'str'", ""},
		{"a list as event", "calculate_mean", `[1]`, "", "list indices must be integers or slices, not str", ""},
		{"null", "calculate_mean", `null`, "", "'NoneType' object is not subscriptable", ""},
		{"echo keeps the bytes", "echo", `{"b": 12345678901234567890,  "a":[]}`, `{"b": 12345678901234567890,  "a":[]}`, "", "START RequestId"},
		{"always fails", "always-fails", `{}`, "", `"errorType": "ZeroDivisionError"`, "Traceback"},
		{"s3 event", "on-upload", `{"Records":[{"s3":{"bucket":{"name":"b"},"object":{"key":"k","size":7}}}]}`, `{"noted": 1}`, "", "noted s3://b/k (7 bytes)"},
		{"node", "resize-image", `{}`, "", `"trace": ["TypeError`, `"type":"platform.report"`},
		{"custom runtime", "nightly-report", `1`, `"3 reports written"`, "", "returns"},
		{"image that cannot start", "legacy-invoices", `{}`, "", "exit status 127", "Error Type: Runtime.ExitError"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := lambdaClient(demo.New(demo.Options{}), demo.Region).Invoke(t.Context(), &lambda.InvokeInput{
				FunctionName: aws.String(tt.function), Payload: []byte(tt.payload), LogType: types.LogTypeTail,
			})
			if err != nil {
				t.Fatal(err)
			}
			got := string(out.Payload)
			if (out.FunctionError != nil) != (tt.failure != "") || out.StatusCode != 200 {
				t.Errorf("status %d, function error %q, answer %s", out.StatusCode, aws.ToString(out.FunctionError), got)
			}
			if tt.failure == "" && got != tt.answer || !strings.Contains(got, tt.failure) {
				t.Errorf("answer %s, want %s", got, tt.answer+tt.failure)
			}
			log, err := base64.StdEncoding.DecodeString(aws.ToString(out.LogResult))
			if err != nil || !strings.Contains(string(log), tt.log) {
				t.Errorf("log lacks %q (%v):\n%s", tt.log, err, log)
			}
		})
	}
}

func TestAFirstRunIsCold(t *testing.T) {
	a := demo.New(demo.Options{})
	tail := func() string {
		out, err := lambdaClient(a, demo.Region).Invoke(t.Context(), &lambda.InvokeInput{FunctionName: aws.String("echo"), LogType: types.LogTypeTail})
		if err != nil {
			t.Fatal(err)
		}
		log, _ := base64.StdEncoding.DecodeString(*out.LogResult)
		return string(log)
	}
	const cold = "Init Duration"
	if !strings.Contains(tail(), cold) {
		t.Error("the first run has no cold start")
	}
	if strings.Contains(tail(), cold) {
		t.Error("the second run has a cold start")
	}
	a.Advance(time.Hour)
	if !strings.Contains(tail(), cold) {
		t.Error("after an hour there is no cold start")
	}
}

func TestInvocationsThatAreRefused(t *testing.T) {
	big := `"` + strings.Repeat("x", 6<<20) + `"`
	half := `"` + strings.Repeat("x", 2<<20) + `"`
	tests := []struct {
		name   string
		in     lambda.InvokeInput
		code   string
		status int
	}{
		{"unknown function", lambda.InvokeInput{FunctionName: aws.String("nope")}, "ResourceNotFoundException", 404},
		{"unknown version", lambda.InvokeInput{FunctionName: aws.String("calculate_mean"), Qualifier: aws.String("3")}, "ResourceNotFoundException", 404},
		{"unknown alias", lambda.InvokeInput{FunctionName: aws.String("calculate_mean:beta")}, "ResourceNotFoundException", 404},
		{"not JSON", lambda.InvokeInput{FunctionName: aws.String("echo"), Payload: []byte("{")}, "InvalidRequestContentException", 400},
		{"too large", lambda.InvokeInput{FunctionName: aws.String("echo"), Payload: []byte(big)}, "RequestTooLargeException", 413},
		{"too large for later", lambda.InvokeInput{FunctionName: aws.String("echo"), InvocationType: types.InvocationTypeEvent, Payload: []byte(half)}, "RequestTooLargeException", 413},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := lambdaClient(demo.New(demo.Options{}), demo.Region).Invoke(t.Context(), &tt.in)
			var api smithy.APIError
			var resp *awshttp.ResponseError
			if !errors.As(err, &api) || api.ErrorCode() != tt.code || !errors.As(err, &resp) || resp.HTTPStatusCode() != tt.status {
				t.Errorf("got %v, want %s with status %d", err, tt.code, tt.status)
			}
		})
	}
}

func TestQualifiersAndModes(t *testing.T) {
	tests := []struct {
		name    string
		in      lambda.InvokeInput
		status  int32
		version string
	}{
		{"by name", lambda.InvokeInput{FunctionName: aws.String("calculate_mean")}, 200, "$LATEST"},
		{"by alias", lambda.InvokeInput{FunctionName: aws.String("calculate_mean"), Qualifier: aws.String("live")}, 200, "2"},
		{"by version in the name", lambda.InvokeInput{FunctionName: aws.String("calculate_mean:1")}, 200, "1"},
		{"by ARN", lambda.InvokeInput{FunctionName: aws.String("arn:aws:lambda:eu-west-1:123456789012:function:calculate_mean")}, 200, "$LATEST"},
		{"queued", lambda.InvokeInput{FunctionName: aws.String("echo"), InvocationType: types.InvocationTypeEvent}, 202, ""},
		{"dry run", lambda.InvokeInput{FunctionName: aws.String("echo"), InvocationType: types.InvocationTypeDryRun}, 204, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := lambdaClient(demo.New(demo.Options{}), demo.Region).Invoke(t.Context(), &tt.in)
			if err != nil || out.StatusCode != tt.status || aws.ToString(out.ExecutedVersion) != tt.version {
				t.Errorf("got %+v, %v; want status %d of version %q", out, err, tt.status, tt.version)
			}
		})
	}
}

func TestASlowFunctionTakesTheAccountsTime(t *testing.T) {
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	a := demo.New(demo.Options{Now: func() time.Time { return at }})
	done := make(chan *lambda.InvokeOutput)
	go func() {
		out, err := lambdaClient(a, demo.Region).Invoke(t.Context(), &lambda.InvokeInput{FunctionName: aws.String("slow"), LogType: types.LogTypeTail})
		if err != nil {
			t.Error(err)
		}
		done <- out
	}()
	for len(a.Calls("lambda:Invoke")) == 0 {
		time.Sleep(time.Millisecond)
	}
	// Other calls are answered meanwhile.
	if _, err := lambdaClient(a, demo.Region).ListFunctions(t.Context(), &lambda.ListFunctionsInput{}); err != nil {
		t.Fatal(err)
	}
	select {
	case out := <-done:
		t.Fatalf("answered at once: %s", out.Payload)
	default:
	}
	for {
		a.Advance(time.Second)
		select {
		case out := <-done:
			if took := a.Now().Sub(at); took < 12*time.Second || string(out.Payload) != `{"waited": 12.0}` {
				t.Errorf("answered %s after %v", out.Payload, took)
			}
			return
		case <-time.After(time.Millisecond):
		}
	}
}

func TestASlowFunctionTimesOut(t *testing.T) {
	a := demo.New(demo.Options{})
	go func() {
		for len(a.Calls("lambda:Invoke")) == 0 {
			time.Sleep(time.Millisecond)
		}
		a.Advance(time.Minute)
	}()
	out, err := lambdaClient(a, demo.Region).Invoke(t.Context(), &lambda.InvokeInput{
		FunctionName: aws.String("slow"), Payload: []byte(`{"seconds": 31}`), LogType: types.LogTypeTail,
	})
	if err != nil || out.FunctionError == nil || !strings.Contains(string(out.Payload), "Task timed out after 30.00 seconds") {
		t.Fatalf("got %+v, %v", out, err)
	}
	if log, _ := base64.StdEncoding.DecodeString(*out.LogResult); !strings.Contains(string(log), "Status: timeout") {
		t.Errorf("log:\n%s", log)
	}
}

func TestAFunctionRunsOnWithoutItsCaller(t *testing.T) {
	a := demo.New(demo.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := lambdaClient(a, demo.Region).Invoke(ctx, &lambda.InvokeInput{FunctionName: aws.String("slow")})
		done <- err
	}()
	for !strings.Contains(logText(t, a, "slow", ""), "waiting 12.0 s") {
		time.Sleep(time.Millisecond)
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := logText(t, a, "slow", "REPORT"); got != "" {
		t.Errorf("the run has ended before its time:\n%s", got)
	}
	a.Advance(13 * time.Second)
	if got := logText(t, a, "slow", "REPORT"); !strings.Contains(got, "Duration: 12000.00 ms") {
		t.Errorf("the run has no end in the log:\n%s", got)
	}
}
