package lambda_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/lambda"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

func TestAChangeTouchesOnlyWhatItNames(t *testing.T) {
	s, a := open(t, awsclient.Options{})
	before, err := lambda.Describe(t.Context(), s, "calculate_mean", "")
	if err != nil {
		t.Fatal(err)
	}
	memory := int64(256)
	c := lambda.Change{Memory: &memory, RevisionID: before.RevisionID}
	if err := lambda.Update(t.Context(), s, "calculate_mean", c); err != nil {
		t.Fatal(err)
	}
	in := a.Calls("lambda:UpdateFunctionConfiguration")[0].Input.(*sdk.UpdateFunctionConfigurationInput)
	if *in.MemorySize != 256 || in.Timeout != nil || in.Environment != nil || *in.RevisionId != before.RevisionID {
		t.Errorf("AWS received %+v", in)
	}
	after, err := lambda.Describe(t.Context(), s, "calculate_mean", "")
	if err != nil || after.Memory != 256 || after.Timeout != before.Timeout || !after.Settling() || after.RevisionID == before.RevisionID {
		t.Errorf("got %+v, %v", after, err)
	}
	done := make(chan error)
	go func() { done <- lambda.Await(t.Context(), s, "calculate_mean") }()
	a.Advance(time.Minute)
	if err := <-done; err != nil {
		t.Errorf("await: %v", err)
	}
	old, err := lambda.Describe(t.Context(), s, "calculate_mean", "2")
	if err != nil || old.Memory != 128 {
		t.Errorf("a published version has %d MB, %v", old.Memory, err)
	}
}

func TestWhyAChangeIsNotMade(t *testing.T) {
	far, little, long := int64(20_000), int64(64), time.Hour
	tests := []struct {
		name   string
		change lambda.Change
		denied bool
		kind   awsclient.Kind
		says   string
	}{
		{"an old revision", lambda.Change{Memory: &little, RevisionID: "old"}, false, awsclient.Conflict, "the function was changed meanwhile, and nothing was saved"},
		{"too much memory", lambda.Change{Memory: &far}, false, awsclient.Invalid, "memorySize"},
		{"too long", lambda.Change{Timeout: &long}, false, awsclient.Invalid, "timeout"},
		{"denied", lambda.Change{Memory: &little}, true, awsclient.Denied, "lambda:UpdateFunctionConfiguration"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, a := open(t, awsclient.Options{})
			if tt.denied {
				a.Fail("lambda:UpdateFunctionConfiguration", demo.Denied)
			}
			err := lambda.Update(t.Context(), s, "echo", tt.change)
			var e *awsclient.Error
			if !errors.As(err, &e) || e.Kind != tt.kind || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("got %v", err)
			}
			if errors.Is(err, lambda.ErrChanged) != (tt.kind == awsclient.Conflict) {
				t.Errorf("%v is or is not ErrChanged", err)
			}
		})
	}
}

// A change whose answer is lost was perhaps made: asking again with the old
// revision would report that it was not.
func TestAChangeIsSentOnce(t *testing.T) {
	var arrived atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		arrived.Add(1)
		w.WriteHeader(http.StatusInternalServerError)
	}))
	defer server.Close()
	for _, mode := range []aws.RetryMode{aws.RetryModeStandard, aws.RetryModeAdaptive} {
		arrived.Store(0)
		cfg := aws.Config{
			Region: "eu-west-1", RetryMode: mode, RetryMaxAttempts: 5, BaseEndpoint: aws.String(server.URL),
			Credentials: credentials.NewStaticCredentialsProvider("a", "b", ""),
		}
		s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
		if err != nil {
			t.Fatal(err)
		}
		memory := int64(256)
		if err := lambda.Update(t.Context(), s, "f", lambda.Change{Memory: &memory}); err == nil || arrived.Load() != 1 {
			t.Errorf("%s: %d requests, %v", mode, arrived.Load(), err)
		}
	}
}

func TestReadOnlyNeitherChangesNorDeletes(t *testing.T) {
	s, a := open(t, awsclient.Options{ReadOnly: true})
	memory := int64(256)
	for _, err := range []error{
		lambda.Update(t.Context(), s, "echo", lambda.Change{Memory: &memory}),
		lambda.Delete(t.Context(), s, "echo"),
	} {
		if !errors.Is(err, awsclient.ErrReadOnly) {
			t.Errorf("got %v", err)
		}
	}
	if n := len(a.Calls("*")); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestTheCommandOfAChangeHoldsNoSecret(t *testing.T) {
	memory, limit := int64(256), time.Minute
	c := lambda.Change{Memory: &memory, Timeout: &limit, Environment: map[string]lambda.Secret{"A": lambda.NewSecret("hush")}, RevisionID: "r"}
	got := strings.Join(c.Command("f"), " ")
	if want := "lambda update-function-configuration --function-name f --memory-size 256 --timeout 60 --environment file://environment.json --revision-id r"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestDelete(t *testing.T) {
	s, _ := open(t, awsclient.Options{})
	if err := lambda.Delete(t.Context(), s, "echo"); err != nil {
		t.Fatal(err)
	}
	_, err := lambda.Describe(t.Context(), s, "echo", "")
	var e *awsclient.Error
	if !errors.As(err, &e) || e.Kind != awsclient.NotFound {
		t.Errorf("it is still there: %v", err)
	}
}
