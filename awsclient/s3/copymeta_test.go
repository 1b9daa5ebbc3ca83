package s3_test

import (
	"net/http"
	"strings"
	"testing"

	"straws/awsclient/s3"
)

// S3 counts metadata that no header can carry: a copy in parts, which is given its
// metadata by hand, would lose it.
func TestWhatACopyInPartsWouldLoseIsNotMoved(t *testing.T) {
	var sent []string
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, r.Method)
		switch {
		case r.Method == http.MethodHead && strings.HasPrefix(r.URL.Path, "/b/to"):
			w.WriteHeader(http.StatusNotFound)
		case r.Method == http.MethodHead:
			w.Header().Set("ETag", `"0123456789abcdef0123456789abcdef"`)
			w.Header().Set("Content-Length", "100")
			w.Header().Set("X-Amz-Missing-Meta", "2")
		}
	})
	var m s3.Moved
	err := s3.Move(t.Context(), s, s3.Object{Bucket: "b", Key: "from"}, s3.Object{Bucket: "b", Key: "to"}, s3.CopyOptions{Limit: 10, Part: 10}, &m)
	if err == nil || !strings.Contains(err.Error(), "metadata") || strings.Trim(strings.Join(sent, ""), "HEAD") != "" {
		t.Errorf("%v: %v", sent, err)
	}
}
