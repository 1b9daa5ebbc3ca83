package awsclient_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"straws/awsclient"
)

func TestTheMeterCountsRequestsBytesAndDollars(t *testing.T) {
	const list = "<ListBucketResult></ListBucketResult>"
	fake := newWire(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			w.(http.Flusher).Flush() // so that no length is announced
			_, _ = io.WriteString(w, list)
		}
	})
	s := open(t, fake.URL)
	for range 3 {
		if err := listObjects(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	if err := headObject(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	_, err := s3Client(s).PutObject(t.Context(), &s3.PutObjectInput{
		Bucket: aws.String("logs"), Key: aws.String("a"), Body: strings.NewReader("hello"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := deleteObject(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	m := s.Meter().Snapshot()
	if m.Requests != 6 || m.Retries != 0 || m.Throttles != 0 {
		t.Errorf("%+v", m)
	}
	if m.Received != int64(3*len(list)) || m.Sent < int64(len("hello")) {
		t.Errorf("%d bytes in, %d out", m.Received, m.Sent)
	}
	if m.Cost() != "$0.00002" { // 3 lists, 1 put, 1 head: 0.0000204
		t.Errorf("cost %s of %v", m.Cost(), m.USD)
	}
}

func TestFailuresOfAWSCostNothing(t *testing.T) {
	s := open(t, newWire(t, says(500, xmlType, xmlError("InternalError", "boom"))).URL)
	_ = listObjects(t.Context(), s)
	if m := s.Meter().Snapshot(); m.USD != 0 || m.Requests != 3 {
		t.Errorf("%+v", m)
	}
}

func TestPresigningIsNoRequest(t *testing.T) {
	s := open(t, "http://127.0.0.1:1")
	if _, err := s3.NewPresignClient(s3Client(s)).PresignGetObject(t.Context(), getObject()); err != nil {
		t.Fatal(err)
	}
	if m := s.Meter().Snapshot(); m.Requests != 0 || s.Trace().Seq() != 0 {
		t.Errorf("%+v and %d calls", m, s.Trace().Seq())
	}
}

func TestDollars(t *testing.T) {
	for amount, want := range map[float64]string{
		0: "$0", -1: "$0", 0.0000002: "$0.0000002", 0.0000052: "$0.0000052", 0.00019999: "$0.0002", 0.0002: "$0.0002",
		0.00123: "$0.0012", 0.0999: "$0.1", 0.1: "$0.10", 1.005: "$1.00", 12.3: "$12.30", 0.01: "$0.01",
	} {
		if got := awsclient.USD(amount); got != want {
			t.Errorf("USD(%v) is %s, want %s", amount, got, want)
		}
	}
}
