package s3_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// inParts are the options that copy 17 MB in four parts.
var inParts = s3.CopyOptions{Limit: 5 << 20, Part: 5 << 20}

// large puts an object of 17 MB with everything that a copy has to take over.
func large(t *testing.T, a *demo.Account) s3.Object {
	t.Helper()
	o := s3.Object{Bucket: "datalake", Key: "tmp/large +%.bin"}
	_, err := sdk.NewFromConfig(a.Config()).PutObject(t.Context(), &sdk.PutObjectInput{
		Bucket: &o.Bucket, Key: &o.Key, Body: strings.NewReader(strings.Repeat("0123456789abcdef\n", 1_000_000)),
		ContentType: aws.String("text/plain"), CacheControl: aws.String("no-store"), Metadata: map[string]string{"by": "me"},
		StorageClass: types.StorageClassStandardIa, Tagging: aws.String("team=data&a%20b=c%26d"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestALargeObjectIsCopiedInParts(t *testing.T) {
	a, s := open(t)
	from, to := large(t, a), s3.Object{Bucket: "acme-web-assets", Key: "copy.bin"}
	var told atomic.Int64
	o := inParts
	o.Watch = func(n int64) { told.Add(n) }
	var m s3.Moved
	if err := s3.Move(t.Context(), s, from, to, o, &m); err != nil {
		t.Fatal(err)
	}
	if got := text(t, s, to.Bucket, to.Key); got != strings.Repeat("0123456789abcdef\n", 1_000_000) {
		t.Errorf("the copy has %d other bytes", len(got))
	}
	if n := len(a.Calls("s3:UploadPartCopy")); n != 4 || told.Load() != 17_000_000 || len(a.Calls("s3:CopyObject")) != 0 {
		t.Errorf("%d parts, %d bytes told of", n, told.Load())
	}
	for _, c := range a.Calls("s3:UploadPartCopy") {
		if in := c.Input.(*sdk.UploadPartCopyInput); aws.ToString(in.CopySourceIfMatch) != m.Copied.Tag || c.Region != "us-east-1" || *in.CopySource != "datalake/tmp/large%20%2B%25.bin" {
			t.Errorf("copied %s if %q in %s", *in.CopySource, aws.ToString(in.CopySourceIfMatch), c.Region)
		}
	}
	c := sdk.NewFromConfig(a.Config(), func(o *sdk.Options) { o.Region = "us-east-1" })
	head, err := c.HeadObject(t.Context(), &sdk.HeadObjectInput{Bucket: &to.Bucket, Key: &to.Key})
	if err != nil || *head.ContentType != "text/plain" || aws.ToString(head.CacheControl) != "no-store" || head.Metadata["by"] != "me" || head.StorageClass != "STANDARD_IA" {
		t.Errorf("the copy is %+v, %v", head, err)
	}
	tags, err := c.GetObjectTagging(t.Context(), &sdk.GetObjectTaggingInput{Bucket: &to.Bucket, Key: &to.Key})
	if err != nil || len(tags.TagSet) != 2 {
		t.Fatalf("tags: %v, %v", tags, err)
	}
	for _, tag := range tags.TagSet {
		if want := map[string]string{"team": "data", "a b": "c&d"}[*tag.Key]; *tag.Value != want {
			t.Errorf("tag %q is %q, want %q", *tag.Key, *tag.Value, want)
		}
	}
	if !gone(t, s, from.Bucket, from.Key) {
		t.Error("the source is still there")
	}
}

func TestACopyInPartsThatFailsLeavesNothing(t *testing.T) {
	replaced := demo.Fault{Code: "PreconditionFailed", Status: 412}
	third := func(in any) bool {
		part, ok := in.(*sdk.UploadPartCopyInput)
		return ok && *part.PartNumber == 3
	}
	replaced.When = third
	denied := demo.Denied
	denied.When = third
	for name, f := range map[string]struct {
		op   string
		f    demo.Fault
		kind awsclient.Kind
		ends int
	}{
		"a part is refused":    {"s3:UploadPartCopy", denied, awsclient.Denied, 1},
		"the source changes":   {"s3:UploadPartCopy", replaced, awsclient.Conflict, 1},
		"it cannot be made":    {"s3:CompleteMultipartUpload", demo.Denied, awsclient.Denied, 1},
		"it cannot be begun":   {"s3:CreateMultipartUpload", demo.Denied, awsclient.Denied, 0},
		"tags cannot be read":  {"s3:GetObjectTagging", demo.Denied, awsclient.Denied, 0},
		"the target is filled": {"s3:CompleteMultipartUpload", demo.Fault{Code: "PreconditionFailed", Status: 412}, awsclient.Conflict, 1},
	} {
		t.Run(name, func(t *testing.T) {
			a, s := open(t)
			from := large(t, a)
			a.Fail(f.op, f.f)
			var told atomic.Int64
			o := inParts
			o.Watch = func(n int64) { told.Add(n) }
			var m s3.Moved
			err := s3.Move(t.Context(), s, from, s3.Object{Bucket: "empty-bucket", Key: "x"}, o, &m)
			if kindOf(err) != f.kind || m.Copied != nil {
				t.Errorf("got %v", awsclient.Classify(err))
			}
			if n := len(a.Calls("s3:AbortMultipartUpload")); n != f.ends || told.Load() != 0 {
				t.Errorf("%d uploads were aborted, %d bytes told of", n, told.Load())
			}
			if rows, _ := all(t, s3.Uploads(s, "empty-bucket", "")); len(rows) > 0 {
				t.Errorf("%d uploads stay open", len(rows))
			}
			if gone(t, s, from.Bucket, from.Key) || !gone(t, s, "empty-bucket", "x") {
				t.Error("something was moved")
			}
		})
	}
}

func TestACopyInPartsEndsWhenItIsCancelled(t *testing.T) {
	a, s := open(t)
	from := large(t, a)
	ctx, cancel := context.WithCancel(t.Context())
	a.Fail("s3:UploadPartCopy", demo.Fault{Hang: true, When: func(any) bool { cancel(); return true }})
	_, err := s3.Copy(ctx, s, from, s3.Object{Bucket: "empty-bucket", Key: "x"}, inParts)
	if kindOf(err) != awsclient.Canceled {
		t.Errorf("got %v", err)
	}
	if rows, _ := all(t, s3.Uploads(s, "empty-bucket", "")); len(rows) > 0 {
		t.Errorf("%d uploads stay open", len(rows))
	}
}

func TestPartsThatStayAreToldAlsoOfACancelledCopy(t *testing.T) {
	a, s := open(t)
	from := large(t, a)
	ctx, cancel := context.WithCancel(t.Context())
	a.Fail("s3:UploadPartCopy", demo.Fault{Hang: true, When: func(any) bool { cancel(); return true }})
	a.Fail("s3:AbortMultipartUpload", demo.Denied)
	_, err := s3.Copy(ctx, s, from, s3.Object{Bucket: "datalake", Key: "copy"}, inParts)
	if err == nil || errors.Is(err, context.Canceled) || kindOf(err) == awsclient.Canceled || !errors.Is(err, s3.ErrPartsStay) {
		t.Errorf("%v", err)
	}
	if text := awsclient.Classify(err).Error(); !strings.Contains(text, "could not be removed") {
		t.Errorf("it says %q", text)
	}
}

func TestACancelledCopyIsWaitedForButNotForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, s := open(t)
		ctx, cancel := context.WithCancel(t.Context())
		a.Fail("s3:CopyObject", demo.Fault{Hang: true, When: func(any) bool { cancel(); return true }})
		begun := time.Now()
		_, err := s3.Copy(ctx, s, s3.Object{Bucket: "datalake", Key: "README.md"}, s3.Object{Bucket: "empty-bucket", Key: "x"}, s3.CopyOptions{})
		if kindOf(err) != awsclient.Unavailable || !strings.Contains(awsclient.Classify(err).Error(), "it may have been made") || time.Since(begun) < time.Minute {
			t.Errorf("after %v: %v", time.Since(begun), awsclient.Classify(err))
		}
		_, err = s3.Copy(ctx, s, s3.Object{Bucket: "datalake", Key: "README.md"}, s3.Object{Bucket: "empty-bucket", Key: "x"}, s3.CopyOptions{})
		if kindOf(err) != awsclient.Canceled || len(a.Calls("s3:CopyObject")) != 1 {
			t.Errorf("a copy was begun after the end: %v", err)
		}
	})
}

func TestALostAnswerIsLookedUp(t *testing.T) {
	for name, f := range map[string]struct {
		op    string
		o     s3.CopyOptions
		fault demo.Fault
		sent  int
		fails bool
	}{
		"of a copy that was made":         {"s3:CopyObject", s3.CopyOptions{}, demo.Fault{Err: demo.Reset.Err, After: true}, 1, false},
		"of a copy that was not":          {"s3:CopyObject", s3.CopyOptions{}, demo.Fault{Err: demo.Reset.Err, Times: 1}, 2, false},
		"of a copy that is never":         {"s3:CopyObject", s3.CopyOptions{}, demo.Reset, 3, true},
		"of an overwriting copy":          {"s3:CopyObject", s3.CopyOptions{Overwrite: true}, demo.Fault{Err: demo.Reset.Err, After: true}, 1, false},
		"of an object that was made":      {"s3:CompleteMultipartUpload", inParts, demo.Fault{Err: demo.Reset.Err, After: true}, 1, false},
		"of an object that was not made":  {"s3:CompleteMultipartUpload", inParts, demo.Fault{Err: demo.Reset.Err, Times: 1}, 2, false},
		"of an object that never is":      {"s3:CompleteMultipartUpload", inParts, demo.Reset, 3, true},
		"of one that failed inside of S3": {"s3:CompleteMultipartUpload", inParts, demo.Fault{Code: "InternalError", Status: 500, Times: 1}, 2, false},
		"of a copy that failed inside":    {"s3:CopyObject", s3.CopyOptions{}, demo.Fault{Code: "InternalError", Status: 500, Times: 2}, 3, false},
		"of a copy that failed too often": {"s3:CopyObject", s3.CopyOptions{}, demo.Internal, 3, true},
	} {
		t.Run(name, func(t *testing.T) {
			a, s := open(t)
			from, to := large(t, a), s3.Object{Bucket: "datalake-versioned", Key: "x"}
			a.Fail(f.op, f.fault)
			c, err := s3.Copy(t.Context(), s, from, to, f.o)
			if f.fails != (err != nil) {
				t.Fatalf("got %v", err)
			}
			if n := len(a.Calls(f.op)); n != f.sent {
				t.Errorf("sent %d times, want %d", n, f.sent)
			}
			if f.fails {
				return
			}
			if err := c.Verify(t.Context(), s); err != nil {
				t.Error(err)
			}
			out, err := sdk.NewFromConfig(a.Config()).ListObjectVersions(t.Context(), &sdk.ListObjectVersionsInput{Bucket: &to.Bucket, Prefix: &to.Key})
			if err != nil || len(out.Versions) != 1 {
				t.Errorf("%d versions of the copy, %v", len(out.Versions), err)
			}
		})
	}
}

// wire answers like a server that holds one object, and says what was asked of it.
type wire struct {
	mu    sync.Mutex
	asked []string
	copy  func(w http.ResponseWriter, n int) bool // answers the nth CopyObject; true when it was made
	made  bool
	n     int
	drop  func(w http.ResponseWriter, r *http.Request) // answers DeleteObject
}

func (f *wire) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, r.Method+" "+r.URL.Path)
	switch {
	case r.Method == http.MethodHead && strings.HasSuffix(r.URL.Path, "/to") && !f.made:
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodHead:
		w.Header().Set("ETag", `"d41d8cd98f00b204e9800998ecf8427e"`)
		w.Header().Set("Content-Length", "7")
		w.Header().Set("Last-Modified", time.Now().UTC().Format(http.TimeFormat))
	case r.Method == http.MethodPut && r.Header.Get("X-Amz-Copy-Source") != "":
		f.n++
		f.made = f.copy(w, f.n) || f.made
	case r.Method == http.MethodDelete:
		f.drop(w, r)
	}
}

const copyResult = `<?xml version="1.0" encoding="UTF-8"?><CopyObjectResult><ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag></CopyObjectResult>`

func TestASuccessThatIsAnError(t *testing.T) {
	f := &wire{copy: func(w http.ResponseWriter, _ int) bool {
		io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>`)
		return false
	}}
	var m s3.Moved
	err := s3.Move(t.Context(), server(t, f.ServeHTTP), s3.Object{Bucket: "bucket", Key: "from"}, s3.Object{Bucket: "bucket", Key: "to"}, s3.CopyOptions{}, &m)
	if kindOf(err) != awsclient.Unavailable || m.Copied != nil || strings.Contains(strings.Join(f.asked, "\n"), "DELETE") {
		t.Errorf("got %v after %q", err, f.asked)
	}
}

func TestAnAnswerThatIsCutOff(t *testing.T) {
	f := &wire{copy: func(w http.ResponseWriter, _ int) bool {
		w.Header().Set("Content-Length", fmt.Sprint(len(copyResult)))
		io.WriteString(w, copyResult[:60])
		return true
	}, drop: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }}
	var m s3.Moved
	err := s3.Move(t.Context(), server(t, f.ServeHTTP), s3.Object{Bucket: "bucket", Key: "from"}, s3.Object{Bucket: "bucket", Key: "to"}, s3.CopyOptions{}, &m)
	if err != nil || !m.Deleted || f.n != 1 {
		t.Errorf("%d copies, %+v, %v", f.n, m, err)
	}
}

func TestAServerThatSlowsDown(t *testing.T) {
	f := &wire{copy: func(w http.ResponseWriter, n int) bool {
		if n < 2 {
			w.WriteHeader(http.StatusServiceUnavailable)
			io.WriteString(w, `<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>`)
			return false
		}
		io.WriteString(w, copyResult)
		return true
	}}
	_, err := s3.Copy(t.Context(), server(t, f.ServeHTTP), s3.Object{Bucket: "bucket", Key: "from"}, s3.Object{Bucket: "bucket", Key: "to"}, s3.CopyOptions{})
	if err != nil || f.n != 2 {
		t.Errorf("%d copies, %v", f.n, err)
	}
}

func TestServersThatKnowNoConditions(t *testing.T) {
	refuse := func(w http.ResponseWriter, r *http.Request) bool {
		if r != nil && r.Header.Get("If-Match") == "" {
			return false
		}
		w.WriteHeader(http.StatusNotImplemented)
		io.WriteString(w, `<Error><Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented.</Message></Error>`)
		return true
	}
	deleted := 0
	f := &wire{copy: func(w http.ResponseWriter, n int) bool {
		if n == 1 {
			return !refuse(w, nil)
		}
		io.WriteString(w, copyResult)
		return true
	}, drop: func(w http.ResponseWriter, r *http.Request) {
		if !refuse(w, r) {
			deleted++
			w.WriteHeader(http.StatusNoContent)
		}
	}}
	var m s3.Moved
	s := server(t, f.ServeHTTP)
	err := s3.Move(t.Context(), s, s3.Object{Bucket: "bucket", Key: "from"}, s3.Object{Bucket: "bucket", Key: "to"}, s3.CopyOptions{}, &m)
	if err != nil || !m.Deleted || f.n != 2 || deleted != 1 {
		t.Errorf("%d copies, %d deletions, %v", f.n, deleted, err)
	}
	err = s3.Delete(t.Context(), s, s3.Object{Bucket: "bucket", Key: "from"}, `"00000000000000000000000000000000"`)
	if kindOf(err) != awsclient.Conflict || deleted != 1 {
		t.Errorf("another object was deleted: %v", err)
	}
	f.n = 0
	_, err = s3.Copy(t.Context(), s, s3.Object{Bucket: "bucket", Key: "from"}, s3.Object{Bucket: "bucket", Key: "to"}, s3.CopyOptions{})
	if !errors.Is(err, s3.ErrExists) || f.n != 0 {
		t.Errorf("%d copies onto what exists: %v", f.n, err)
	}
}
