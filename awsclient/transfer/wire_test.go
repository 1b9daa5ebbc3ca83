package transfer_test

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"straws/awsclient"
)

// wire is a server that answers GETs of one bucket over a real connection, and
// does to them what tests ask for.
type wire struct {
	*httptest.Server

	mu      sync.Mutex
	objects map[string][]byte
	parts   bool                                                            // the tags are those of multipart uploads, with a CRC of the whole
	sumless bool                                                            // the same tags, and no checksum
	before  func(w http.ResponseWriter, r *http.Request, n int) (done bool) // n counts the GETs of the key
	gets    map[string]int
	asked   int64 // bytes that were asked for and sent
	ranges  []string
}

func newWire(t testing.TB, objects map[string][]byte) *wire {
	w := &wire{objects: objects, gets: map[string]int{}}
	w.Server = httptest.NewServer(w)
	t.Cleanup(w.Close)
	return w
}

func (s *wire) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key, _ := url.PathUnescape(strings.TrimPrefix(r.URL.EscapedPath(), "/bucket/"))
	if r.URL.Query().Has("list-type") {
		s.list(w, r.URL.Query().Get("prefix"))
		return
	}
	s.mu.Lock()
	if r.Method == http.MethodGet {
		s.gets[key]++
		s.ranges = append(s.ranges, r.Header.Get("Range"))
	}
	n, data, ok := s.gets[key], s.objects[key], false
	if data != nil {
		ok = true
	}
	before, parts, sumless := s.before, s.parts, s.sumless
	s.mu.Unlock()
	tag := fmt.Sprintf(`"%x"`, md5.Sum(data))
	if parts {
		tag = strings.TrimSuffix(tag, `"`) + `-7"`
		w.Header().Set("X-Amz-Checksum-Crc32", base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(data))))
		w.Header().Set("X-Amz-Checksum-Type", "FULL_OBJECT")
	}
	if sumless {
		tag = strings.TrimSuffix(tag, `"`) + `-7"`
	}
	w.Header().Set("ETag", tag)
	w.Header().Set("Last-Modified", "Sat, 21 Nov 2026 06:00:00 GMT")
	if r.Method == http.MethodGet && before != nil && before(w, r, n) {
		return
	}
	switch match := r.Header.Get("If-Match"); {
	case !ok:
		refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	case match != "" && match != tag:
		refuse(w, http.StatusPreconditionFailed, "PreconditionFailed")
		return
	}
	from, to, status := 0, len(data), http.StatusOK
	if _, err := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-%d", &from, &to); err == nil {
		to, status = min(to+1, len(data)), http.StatusPartialContent
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to-1, len(data)))
	}
	w.Header().Set("Content-Length", strconv.Itoa(to-from))
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		n, _ := w.Write(data[from:to])
		s.mu.Lock()
		s.asked += int64(n)
		s.mu.Unlock()
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code><Message>%s</Message></Error>", code, code)
}

// cut sends so many bytes of an answer and breaks the connection.
func (s *wire) cut(w http.ResponseWriter, key string, from, n int) {
	s.mu.Lock()
	data := s.objects[key]
	s.mu.Unlock()
	conn, buf, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	head := "HTTP/1.1 200 OK\r\n"
	if from >= 0 {
		head = fmt.Sprintf("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\n", from, len(data)-1, len(data))
	}
	from = max(from, 0)
	fmt.Fprintf(buf, "%sContent-Length: %d\r\nETag: \"%x\"\r\n\r\n", head, len(data)-from, md5.Sum(data))
	_, _ = buf.Write(data[from : from+n])
	_ = buf.Flush()
}

func (s *wire) list(w http.ResponseWriter, prefix string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var b bytes.Buffer
	b.WriteString("<ListBucketResult><IsTruncated>false</IsTruncated>")
	for key, data := range s.objects {
		if strings.HasPrefix(key, prefix) {
			tag := fmt.Sprintf(`"%x"`, md5.Sum(data))
			if s.parts || s.sumless {
				tag = strings.TrimSuffix(tag, `"`) + `-7"`
			}
			fmt.Fprintf(&b, "<Contents><Key>%s</Key><Size>%d</Size><ETag>%s</ETag><LastModified>2026-11-21T06:00:00Z</LastModified></Contents>", key, len(data), tag)
		}
	}
	b.WriteString("</ListBucketResult>")
	w.Header().Set("Content-Type", "application/xml")
	_, _ = w.Write(b.Bytes())
}

// set changes what the server does.
func (s *wire) set(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// answer has GETs go through before, which may answer by itself.
func (s *wire) answer(before func(w http.ResponseWriter, r *http.Request, n int) (done bool)) {
	s.set(func() { s.before = before })
}

// sent is how many bytes were sent since it was set to 0.
func (s *wire) sent() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

func (s *wire) session(t testing.TB) *awsclient.Session { return session(t, s.URL) }

// session opens a session on a server that is not AWS, as the program does.
func session(tb testing.TB, endpoint string) *awsclient.Session {
	tb.Helper()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "testtest", "AWS_SECRET_ACCESS_KEY": "testtesttest",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_REGION": "us-east-1",
	} {
		tb.Setenv(name, value)
	}
	for _, name := range []string{"AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"} {
		tb.Setenv(name, "") // remembers it for the end of the test
		_ = os.Unsetenv(name)
	}
	s, err := awsclient.Open(tb.Context(), awsclient.Options{Endpoint: endpoint})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}
