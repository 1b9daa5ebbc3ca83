package s3_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"straws/awsclient/s3"
)

// An access point is another name of its bucket: what is moved from one to the
// other onto the same key is overwritten by itself, and must not be deleted then.
func TestAMoveBetweenTwoNamesOfOneBucketDeletesNothing(t *testing.T) {
	for _, tt := range []struct {
		name, after string
		deleted     bool
	}{{"one bucket", "Sat, 21 Nov 2026 08:00:00 GMT", false}, {"two buckets", "Fri, 20 Nov 2026 08:00:00 GMT", true}} {
		t.Run(tt.name, func(t *testing.T) {
			copied, deleted := false, false
			s := server(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("ETag", `"0123456789abcdef0123456789abcdef"`)
				w.Header().Set("Last-Modified", "Fri, 20 Nov 2026 08:00:00 GMT")
				if copied && strings.HasPrefix(r.URL.Path, "/alias-s3alias/") {
					w.Header().Set("Last-Modified", tt.after)
				}
				switch r.Method {
				case http.MethodPut:
					copied = true
					fmt.Fprint(w, `<CopyObjectResult><ETag>"0123456789abcdef0123456789abcdef"</ETag></CopyObjectResult>`)
				case http.MethodDelete:
					deleted = true
					w.WriteHeader(http.StatusNoContent)
				}
			})
			var m s3.Moved
			from, to := s3.Object{Bucket: "alias-s3alias", Key: "k"}, s3.Object{Bucket: "bucket", Key: "k"}
			err := s3.Move(t.Context(), s, from, to, s3.CopyOptions{Overwrite: true}, &m)
			if !copied || deleted != tt.deleted || (err == nil) != tt.deleted {
				t.Errorf("copied %v, deleted %v: %v", copied, deleted, err)
			}
		})
	}
}
