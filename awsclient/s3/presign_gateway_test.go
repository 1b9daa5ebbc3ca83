package s3_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/awsclient/versitygw"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// gateway is a session on a server of S3's kind that checks signatures, over a
// folder with one bucket. It is skipped where there is none. Options are those of
// the folder.
func gateway(t *testing.T, options ...string) *awsclient.Session {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "bucket"), 0o700); err != nil {
		t.Fatal(err)
	}
	endpoint := versitygw.Start(t, dir, "us-east-1", options...)
	cfg := aws.Config{Region: "us-east-1", Credentials: credentials.NewStaticCredentialsProvider(versitygw.AccessKey, versitygw.SecretKey, "")}
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Endpoint: endpoint})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// send uses a link as a program does that knows nothing of AWS.
func send(t *testing.T, link s3.Link, body string) (status int, got string, header http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), link.Method, link.URL, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	if link.Method == http.MethodGet {
		req.Body = nil
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(data), resp.Header
}

func TestLinksWorkForAnyProgram(t *testing.T) {
	s := gateway(t)
	link := func(to s3.LinkTo) s3.Link {
		t.Helper()
		to.For = time.Hour
		l, err := s3.Presign(t.Context(), s, to, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	for _, key := range []string{"plain.txt", "a b+c%d/é 宽.txt", "quote's \"x\"&=?#.txt"} {
		o := s3.Object{Bucket: "bucket", Key: key}
		if status, answer, _ := send(t, link(s3.LinkTo{Object: o, Put: true}), "sent to "+key); status != http.StatusOK {
			t.Errorf("%s: put answered %d %s", key, status, answer)
		}
		status, got, _ := send(t, link(s3.LinkTo{Object: o}), "")
		if status != http.StatusOK || got != "sent to "+key {
			t.Errorf("%s: get answered %d %q", key, status, got)
		}
		_, _, header := send(t, link(s3.LinkTo{Object: o, Save: true}), "")
		if !strings.HasPrefix(header.Get("Content-Disposition"), "attachment; filename=") {
			t.Errorf("%s: the header is %q", key, header.Get("Content-Disposition"))
		}
		read := link(s3.LinkTo{Object: o})
		read.Method = http.MethodPut
		if status, _, _ := send(t, read, "mine"); status != http.StatusForbidden {
			t.Errorf("%s: a link to read took an upload: %d", key, status)
		}
	}
}
