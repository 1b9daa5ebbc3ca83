package s3_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"straws/awsclient/inside"
	"straws/awsclient/s3"
)

func TestAConnectionCutInTheMiddleKeepsWhatCame(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Range", "bytes 0-999/5000")
		w.Header().Set("Content-Length", "1000")
		w.WriteHeader(http.StatusPartialContent)
		fmt.Fprint(w, strings.Repeat("line\n", 40))
	})
	f := inside.New("a.txt", s3.NewSource(s, s3.Object{Bucket: "bucket", Key: "a.txt"}, ""))
	c, err := inside.Look(t.Context(), f, inside.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Views[0].Text != strings.Repeat("line\n", 40) || c.Err == nil || !strings.Contains(c.Err.Error(), "read s3://bucket/a.txt") {
		t.Errorf("%q, %v", c.Views[0].Text, c.Err)
	}
}

func TestLaterRangesAreOfTheStateOfTheFirst(t *testing.T) {
	var tags []string
	s := server(t, func(w http.ResponseWriter, r *http.Request) {
		tags = append(tags, r.Header.Get("If-Match"))
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Content-Range", "bytes 0-0/10")
		w.WriteHeader(http.StatusPartialContent)
		fmt.Fprint(w, "x")
	})
	src := s3.NewSource(s, s3.Object{Bucket: "bucket", Key: "k"}, "")
	for range 2 {
		if _, size, err := src.Read(t.Context(), 0, 1); err != nil || size != 10 {
			t.Fatal(size, err)
		}
	}
	if tags[0] != "" || tags[1] != `"one"` {
		t.Errorf("conditions %q", tags)
	}
	if f := src.Facts(); f.Size != 10 || f.ETag != `"one"` {
		t.Errorf("facts %+v", f)
	}
}

func TestAServerThatKnowsNoRangesIsReadFromItsBeginning(t *testing.T) {
	s := server(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "0123456789") })
	src := s3.NewSource(s, s3.Object{Bucket: "bucket", Key: "k"}, "")
	for _, tt := range []struct {
		from, n int64
		want    string
	}{{0, 3, "012"}, {4, 2, "45"}, {-3, 3, "789"}} {
		data, size, err := src.Read(t.Context(), tt.from, tt.n)
		if err != nil || string(data) != tt.want || size != 10 {
			t.Errorf("%d bytes from %d are %q of %d, %v", tt.n, tt.from, data, size, err)
		}
	}
}

func TestTheNewestObjectBelowAPrefix(t *testing.T) {
	const three = "<Contents><Key>p/a</Key><LastModified>2026-01-03T00:00:00Z</LastModified><Size>1</Size></Contents>" +
		"<Contents><Key>p/b</Key><LastModified>2026-01-04T00:00:00Z</LastModified><Size>2</Size></Contents>" +
		"<Contents><Key>p/c/</Key><LastModified>2026-01-05T00:00:00Z</LastModified><Size>0</Size></Contents>"
	s := server(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, page, "", three) })
	e, more, found, err := s3.Newest(t.Context(), s, "bucket", "p/", "", 3)
	if err != nil || !found || more || e.Key != "p/b" {
		t.Errorf("%q, more %v, found %v, %v", e.Key, more, found, err)
	}
	s = server(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, page, "", "") })
	if _, _, found, err := s3.Newest(t.Context(), s, "bucket", "p/", "", 3); found || err != nil {
		t.Errorf("found %v in nothing, %v", found, err)
	}
}
