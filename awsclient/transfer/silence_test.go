package transfer_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"straws/awsclient"
	"straws/awsclient/transfer"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// answers stands where the network would be, so that its clock is the test's.
type answers func(*http.Request) *http.Response

// Do implements the SDK's HTTP client.
func (f answers) Do(r *http.Request) (*http.Response, error) {
	if r.Context().Err() != nil {
		return nil, r.Context().Err()
	}
	return f(r), nil
}

// stalled is a body that sends its data and then nothing, until its request ends.
type stalled struct {
	io.Reader
	ctx context.Context
}

func (b stalled) Read(p []byte) (int, error) {
	if n, _ := b.Reader.Read(p); n > 0 {
		return n, nil
	}
	<-b.ctx.Done()
	return 0, b.ctx.Err()
}

func (stalled) Close() error { return nil }

func TestABodyThatStopsIsCutAndFetchedAgain(t *testing.T) {
	into := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		var gets atomic.Int64
		content := strings.Repeat("straw ", 1000)
		reply := func(r *http.Request) *http.Response {
			resp := &http.Response{
				StatusCode: 200, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r, ContentLength: int64(len(content)),
				Header: http.Header{"Etag": {`"0123456789abcdef0123456789abcdef-2"`}, "Content-Length": {fmt.Sprint(len(content))}},
			}
			switch {
			case r.URL.Query().Has("list-type"):
				list := fmt.Sprintf(`<ListBucketResult><Contents><Key>a</Key><Size>%d</Size></Contents></ListBucketResult>`, len(content))
				resp.Body, resp.ContentLength = io.NopCloser(strings.NewReader(list)), int64(len(list))
				resp.Header = http.Header{"Content-Type": {"application/xml"}}
			case gets.Add(1) == 1:
				resp.Body = stalled{bytes.NewReader([]byte(content[:100])), r.Context()}
			default:
				resp.Body = io.NopCloser(strings.NewReader(content))
			}
			return resp
		}
		cfg := aws.Config{
			Region: "us-east-1", HTTPClient: answers(reply),
			Credentials: credentials.NewStaticCredentialsProvider("testtest", "testtesttest", ""),
		}
		s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Endpoint: "http://127.0.0.1:9"})
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		res, w := run(t, fetch(t, s, into), transfer.Skip)
		if took := time.Since(start); took < 30*time.Second || took > 40*time.Second {
			t.Errorf("it took %v", took)
		}
		if res.Moved != 1 || gets.Load() != 2 || w.bytes.Load() != int64(len(content)) || files(t, into)["a"] != content {
			t.Errorf("%+v after %d GETs, %d bytes told", res, gets.Load(), w.bytes.Load())
		}
		if how := w.done["a"]; how.Verified != "" {
			t.Errorf("nothing could be compared, and it says %s", how.Verified)
		}
	})
}
