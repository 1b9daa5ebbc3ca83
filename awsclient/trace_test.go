package awsclient_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"straws/awsclient"
)

func TestTheLogNamesWhatWasAsked(t *testing.T) {
	s := open(t, newWire(t, says(200, xmlType, "<x/>", "X-Amz-Request-Id", "REQ1")).URL)
	if err := listObjects(t.Context(), s.In("us-west-2")); err != nil {
		t.Fatal(err)
	}
	calls := s.Trace().Calls()
	if len(calls) != 1 {
		t.Fatalf("%+v", calls)
	}
	c := calls[0]
	if time.Since(c.Time) > time.Minute || c.Duration <= 0 {
		t.Errorf("at %v for %v", c.Time, c.Duration)
	}
	c.Time, c.Duration = time.Time{}, 0
	want := awsclient.Call{
		Service: "S3", Operation: "ListObjectsV2", Region: "us-west-2", Status: 200, Attempts: 1,
		RequestID: "REQ1", Params: "Bucket=logs Prefix=raw/",
	}
	if c != want {
		t.Errorf("logged %+v", c)
	}
}

func TestTheLogKeepsFailures(t *testing.T) {
	s := open(t, newWire(t, says(429, jsonType, jsonError("TooManyRequestsException", "slow down"), "X-Amzn-Requestid", "REQ2")).URL)
	_ = listFunctions(t.Context(), s)
	c := s.Trace().Calls()[0]
	if c.Code != "TooManyRequestsException" || c.Attempts != 3 || c.Status != 429 || c.RequestID != "REQ2" || !strings.Contains(c.Err, "slow down") {
		t.Errorf("logged %+v", c)
	}
}

func TestPayloadsAndSecretsAreNeverLogged(t *testing.T) {
	var log bytes.Buffer
	s := open(t, newWire(t, says(500, jsonType, "{}")).URL, func(o *awsclient.Options) {
		o.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	_ = invoke(t.Context(), s)
	_, _ = s3Client(s).PutObject(t.Context(), &s3.PutObjectInput{
		Bucket: aws.String("logs"), Key: aws.String("a"), Body: strings.NewReader("secret"), SSECustomerKey: aws.String("secret"),
		Metadata: map[string]string{"x": "secret"},
	})
	written := log.String() + fmt.Sprint(s.Trace().Calls())
	if !strings.Contains(written, "FunctionName=mean") || !strings.Contains(written, "Key=a") {
		t.Errorf("the log lacks the names: %s", written)
	}
	for _, secret := range []string{"secret", "SECRET"} {
		if strings.Contains(written, secret) {
			t.Errorf("the log holds %s: %s", secret, written)
		}
	}
}

func TestHostileParametersAreEscaped(t *testing.T) {
	s := open(t, newWire(t, says(200, xmlType, "<x/>")).URL)
	_, err := s3Client(s).ListObjectsV2(t.Context(), &s3.ListObjectsV2Input{
		Bucket: aws.String("logs"), Prefix: aws.String("\x1b[2J\u202e\xff" + strings.Repeat("x", 1024)), ContinuationToken: aws.String("t"),
	})
	if err != nil {
		t.Fatal(err)
	}
	p := s.Trace().Calls()[0].Params
	if !strings.HasPrefix(p, `Bucket=logs Prefix=\u{1b}[2J\u{202e}\xffxxx`) || !strings.HasSuffix(p, "…") {
		t.Errorf("logged %q", p)
	}
}

func TestTheLogForgetsTheOldest(t *testing.T) {
	s := open(t, newWire(t, says(200, xmlType, "<ListAllMyBucketsResult/>")).URL, func(o *awsclient.Options) { o.ReadOnly = true })
	if err := listBuckets(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 70 {
				_ = deleteObject(t.Context(), s) // refused, and logged as such
			}
		})
	}
	all.Wait()
	if err := listBuckets(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	calls := s.Trace().Calls()
	if len(calls) != 500 || s.Trace().Seq() != 562 {
		t.Fatalf("%d calls of %d", len(calls), s.Trace().Seq())
	}
	if calls[0].Operation != "DeleteObject" || calls[499].Operation != "ListBuckets" {
		t.Errorf("from %s to %s", calls[0].Operation, calls[499].Operation)
	}
}
