package transfer_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"straws/awsclient/transfer"
)

// Some servers refuse a write on condition instead of passing over the condition.
func TestServersThatKnowNoConditionsAreWrittenToAfterALook(t *testing.T) {
	var mu sync.Mutex
	stored := map[string]string{"/empty-bucket/up/there.txt": "old"}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_, there := stored[r.URL.Path]
		switch {
		case r.URL.Query().Has("list-type"):
			_, _ = io.WriteString(w, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")
		case r.Method == http.MethodHead && !there:
			w.WriteHeader(http.StatusNotFound)
		case r.Method == http.MethodPut && r.Header.Get("If-None-Match") != "":
			refuse(w, http.StatusNotImplemented, "NotImplemented")
		case r.Method == http.MethodPut:
			body, _ := io.ReadAll(r.Body)
			stored[r.URL.Path] = string(body)
		}
	}))
	t.Cleanup(srv.Close)
	s := session(t, srv.URL)
	dir := t.TempDir()
	write(t, dir, map[string]string{"new.txt": "new", "there.txt": "other"})
	plan := uploadOf(t, s, filepath.Join(dir, "new.txt"), filepath.Join(dir, "there.txt"))
	res, _ := run(t, plan, transfer.Skip)
	if res.Moved != 1 || res.Skipped != 1 || stored["/empty-bucket/up/new.txt"] != "new" || stored["/empty-bucket/up/there.txt"] != "old" {
		t.Errorf("%+v: %v", res, stored)
	}
	if res, _ := run(t, plan, transfer.KeepBoth); res.Moved != 2 || stored["/empty-bucket/up/there (2).txt"] != "other" || strings.Contains(stored["/empty-bucket/up/there.txt"], "other") {
		t.Errorf("%+v: %v", res, stored)
	}
}
