package s3_test

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"straws/awsclient/s3"
)

// A bucket whose Object Lock has a default retention takes only what comes with
// a checksum of its content.
func TestABucketWithDefaultRetentionIsWrittenWithADigest(t *testing.T) {
	for _, code := range []string{"InvalidRequest", "MissingUploadObjectWithObjectLockHeaders"} {
		t.Run(code, func(t *testing.T) {
			var asked []string
			s := server(t, func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				sum := md5.Sum(body)
				digest := r.Header.Get("Content-Md5")
				asked = append(asked, r.Method+" "+digest)
				switch {
				case r.Method == http.MethodPost:
					fmt.Fprint(w, `<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>`)
				case digest == "":
					w.WriteHeader(http.StatusBadRequest)
					fmt.Fprintf(w, "<Error><Code>%s</Code><Message>Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters</Message></Error>", code)
				case digest != base64.StdEncoding.EncodeToString(sum[:]):
					w.WriteHeader(http.StatusBadRequest)
				default:
					w.Header().Set("ETag", `"tag"`)
				}
			})
			put := func(bucket string) {
				t.Helper()
				if tag, err := s3.Put(t.Context(), s, s3.Write{Bucket: bucket, Key: "k"}, bytes.NewReader([]byte("hello")), 5); err != nil || tag != `"tag"` {
					t.Fatalf("%s %v", tag, err)
				}
			}
			put("locked")
			put("locked")
			if got := strings.Join(asked, ", "); got != "PUT , PUT XUFAKrxLKna5cZ2REBfFkg==, PUT XUFAKrxLKna5cZ2REBfFkg==" {
				t.Errorf("it was asked %s", got)
			}
			parts, err := s3.BeginParts(t.Context(), s, s3.Write{Bucket: "other", Key: "k"})
			if err == nil {
				err = parts.Part(t.Context(), 1, bytes.NewReader([]byte("hello")), 5)
			}
			if err != nil || len(parts.Written()) != 1 {
				t.Errorf("the part: %v", err)
			}
		})
	}
}

func TestADigestIsNotSentWhereNothingAsksForIt(t *testing.T) {
	requests := 0
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		requests++
		if r.Header.Get("Content-Md5") != "" {
			t.Error("there is a digest")
		}
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprint(w, "<Error><Code>InvalidRequest</Code><Message>Something else.</Message></Error>")
	})
	_, err := s3.Put(t.Context(), s, s3.Write{Bucket: "b", Key: "k"}, bytes.NewReader([]byte("hello")), 5)
	if err == nil || requests != 1 {
		t.Errorf("%d requests, %v", requests, err)
	}
}
