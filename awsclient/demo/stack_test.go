package demo_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

const whoami = "sts:GetCallerIdentity"

func identity(ctx context.Context, a *demo.Account) (string, error) {
	out, err := sts.NewFromConfig(a.Config()).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return "", err
	}
	return aws.ToString(out.Arn), nil
}

func TestTheAccountSaysWhoIsAsking(t *testing.T) {
	a := demo.New(demo.Options{})
	arn, err := identity(t.Context(), a)
	if err != nil || arn != demo.Principal {
		t.Fatalf("identity = %q, %v; want %s", arn, err, demo.Principal)
	}
	calls := a.Calls("*")
	if len(calls) != 1 || calls[0].Op != whoami || calls[0].Region != demo.Region {
		t.Errorf("AWS received %+v, want one %s in %s", calls, whoami, demo.Region)
	}
}

func TestFaults(t *testing.T) {
	tests := []struct {
		name     string
		fault    demo.Fault
		code     string
		status   int
		attempts int
		works    bool
	}{
		{"denied is not asked twice", demo.Denied, "AccessDenied", 403, 1, false},
		{"expired is not asked twice", demo.Expired, "ExpiredToken", 403, 1, false},
		{"throttled is asked three times", demo.Throttled, "Throttling", 400, 3, false},
		{"throttled once succeeds", demo.Fault{Code: "Throttling", Times: 1}, "", 0, 2, true},
		{"internal error twice succeeds", demo.Fault{Code: "InternalError", Status: 500, Times: 2}, "", 0, 3, true},
		{"internal error is asked three times", demo.Internal, "InternalError", 500, 3, false},
		{"late is only late", demo.Fault{Wait: time.Millisecond}, "", 0, 1, true},
		{"another input is not hit", demo.Fault{Code: "X", When: func(any) bool { return false }}, "", 0, 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := demo.New(demo.Options{})
			a.Fail(whoami, tt.fault)
			_, err := identity(t.Context(), a)
			if got := len(a.Calls(whoami)); got != tt.attempts {
				t.Errorf("AWS was asked %d times, want %d", got, tt.attempts)
			}
			if tt.works {
				if err != nil {
					t.Errorf("got %v, want success", err)
				}
				return
			}
			var api smithy.APIError
			if !errors.As(err, &api) || api.ErrorCode() != tt.code {
				t.Fatalf("got %v, want code %s", err, tt.code)
			}
			var resp *awshttp.ResponseError
			if !errors.As(err, &resp) || resp.HTTPStatusCode() != tt.status || resp.ServiceRequestID() == "" {
				t.Errorf("got %v, want status %d and a request id", err, tt.status)
			}
			a.Heal(whoami)
			if _, err := identity(t.Context(), a); err != nil {
				t.Errorf("after Heal: %v", err)
			}
		})
	}
}

func TestALostConnectionLooksLikeOne(t *testing.T) {
	a := demo.New(demo.Options{})
	a.Fail("*", demo.Reset)
	_, err := identity(t.Context(), a)
	var op *net.OpError
	var sent *smithyhttp.RequestSendError
	if !errors.As(err, &op) || !errors.As(err, &sent) {
		t.Fatalf("got %v, want a RequestSendError with a net.OpError", err)
	}
	if got := len(a.Calls(whoami)); got != 3 {
		t.Errorf("tried %d times, want 3", got)
	}
}

func TestACallEndsWithItsContext(t *testing.T) {
	tests := []struct {
		name  string
		fault demo.Fault
		late  time.Duration
	}{
		{"hanging", demo.Hang, 0},
		{"slow fault", demo.Fault{Wait: time.Hour}, 0},
		{"latency", demo.Fault{Wait: 0}, time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := demo.New(demo.Options{Latency: tt.late})
			a.Fail(whoami, tt.fault)
			ctx, cancel := context.WithCancel(t.Context())
			done := make(chan error)
			go func() {
				_, err := identity(ctx, a)
				done <- err
			}()
			for len(a.Calls(whoami)) == 0 {
				select {
				case err := <-done:
					t.Fatalf("answered with %v before it was cancelled", err)
				default:
				}
			}
			cancel()
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want a cancellation", err)
			}
		})
	}
}

func TestRequestIDsRepeatWithTheSeed(t *testing.T) {
	ids := func(seed uint64) (ids [2]string) {
		a := demo.New(demo.Options{Seed: seed})
		a.Fail("*", demo.Denied)
		for i := range ids {
			_, err := identity(t.Context(), a)
			var resp *awshttp.ResponseError
			if !errors.As(err, &resp) {
				t.Fatalf("got %v, want a response error", err)
			}
			ids[i] = resp.ServiceRequestID()
		}
		return ids
	}
	first, again, other := ids(1), ids(1), ids(2)
	if first != again {
		t.Error("the same seed gave other request ids")
	}
	if first == other || first[0] == first[1] {
		t.Error("request ids do not differ")
	}
}

func TestAnUnknownOperationIsNamed(t *testing.T) {
	a := demo.New(demo.Options{})
	_, err := s3.NewFromConfig(a.Config()).ListBucketAnalyticsConfigurations(t.Context(),
		&s3.ListBucketAnalyticsConfigurationsInput{Bucket: aws.String("datalake")})
	var api smithy.APIError
	if !errors.As(err, &api) || api.ErrorCode() != "NotImplemented" {
		t.Errorf("got %v, want NotImplemented", err)
	}
}

func TestSigningNeedsNoAnswer(t *testing.T) {
	a := demo.New(demo.Options{})
	req, err := s3.NewPresignClient(s3.NewFromConfig(a.Config())).PresignGetObject(t.Context(),
		&s3.GetObjectInput{Bucket: aws.String("datalake"), Key: aws.String("a b.csv")})
	if err != nil || req.URL == "" {
		t.Errorf("presign: %v", err)
	}
	if len(a.Calls("*")) != 0 {
		t.Error("presigning made a request")
	}
}

func TestTheClockIsWoundForward(t *testing.T) {
	start := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	a := demo.New(demo.Options{Now: func() time.Time { return start }})
	a.Advance(90 * time.Second)
	if got := a.Now(); !got.Equal(start.Add(90 * time.Second)) {
		t.Errorf("now = %v", got)
	}
}
