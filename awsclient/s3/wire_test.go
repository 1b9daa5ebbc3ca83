package s3_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// server is a stand-in for what only the wire can show.
func server(t *testing.T, answer http.HandlerFunc) *awsclient.Session {
	t.Helper()
	srv := httptest.NewServer(answer)
	t.Cleanup(srv.Close)
	cfg := aws.Config{
		Region: "eu-west-1", HTTPClient: srv.Client(), RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("AKIATEST", "secret", ""),
	}
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Endpoint: srv.URL})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const page = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">%s<Name>b</Name><IsTruncated>false</IsTruncated>%s</ListBucketResult>`

func TestTagsOfEveryKind(t *testing.T) {
	tests := []struct{ name, wire, want string }{
		{"one part", `&quot;d41d8cd98f00b204e9800998ecf8427e&quot;`, `"d41d8cd98f00b204e9800998ecf8427e"`},
		{"many parts", `&quot;d41d8cd98f00b204e9800998ecf8427e-10000&quot;`, `"d41d8cd98f00b204e9800998ecf8427e-10000"`},
		{"upper case is not S3's", `&quot;D41D8CD98F00B204E9800998ECF8427E&quot;`, ""},
		{"too short", `&quot;abc&quot;`, ""},
		{"no number of parts", `&quot;d41d8cd98f00b204e9800998ecf8427e-x&quot;`, ""},
		{"none", ``, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := server(t, func(w http.ResponseWriter, _ *http.Request) {
				fmt.Fprintf(w, page, "", "<Contents><Key>k</Key><ETag>"+tt.wire+"</ETag><Size>1</Size></Contents>")
			})
			rows, _ := all(t, s3.List(s, "bucket", ""))
			if got := rows[0].ETag(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestNamesAreDecodedOnlyWhenTheAnswerIsEncoded(t *testing.T) {
	tests := []struct{ name, encoding, wire, want string }{
		{"as S3 does", "<EncodingType>url</EncodingType>", "a+b%2Bc%01/%25", "a b+c\x01/%"},
		{"a server that ignores it", "", "a+b%2Bc", "a+b%2Bc"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := server(t, func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasPrefix(r.URL.Path, "/bucket") || r.URL.Query().Get("encoding-type") != "url" {
					t.Errorf("asked for %s", r.URL)
				}
				fmt.Fprintf(w, page, tt.encoding, "<Contents><Key>"+tt.wire+"</Key></Contents>")
			})
			rows, _ := all(t, s3.List(s, "bucket", ""))
			if rows[0].Key != tt.want {
				t.Errorf("got %q, want %q", rows[0].Key, tt.want)
			}
		})
	}
}

func TestABucketElsewhereInEveryShape(t *testing.T) {
	const body = `<Error><Code>%s</Code><Message>%s</Message></Error>`
	tests := []struct {
		name   string
		refuse http.HandlerFunc
	}{
		{"301", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Amz-Bucket-Region", "us-east-2")
			w.WriteHeader(http.StatusMovedPermanently)
			fmt.Fprintf(w, body, "PermanentRedirect", "elsewhere")
		}},
		{"400 with the region in the text", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, body, "AuthorizationHeaderMalformed", "the region 'eu-west-1' is wrong; expecting 'us-east-2'")
		}},
		{"bare 400 with a header", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Amz-Bucket-Region", "us-east-2")
			w.WriteHeader(http.StatusBadRequest)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			requests := 0
			s := server(t, func(w http.ResponseWriter, r *http.Request) {
				requests++
				if !strings.Contains(r.Header.Get("Authorization"), "/us-east-2/s3/") {
					tt.refuse(w, r)
					return
				}
				fmt.Fprintf(w, page, "", "<Contents><Key>k</Key></Contents>")
			})
			rows, _ := all(t, s3.List(s, "bucket", ""))
			if len(rows) != 1 || requests != 2 {
				t.Errorf("%d rows after %d requests", len(rows), requests)
			}
		})
	}
}

func TestAServerThatIgnoresTheRange(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("x", 1000)) })
	c, err := s3.Head(t.Context(), s, "bucket", s3.Entry{Key: "k"}, 10)
	if err != nil || len(c.Data) != 10 || c.Size != 1000 {
		t.Errorf("got %d bytes of %d, %v", len(c.Data), c.Size, err)
	}
}
