package awsclient_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"straws/awsclient"
)

// hijack answers with raw bytes and then closes, with a reset where asked.
func hijack(raw string, linger int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(conn, raw)
		_ = conn.(*net.TCPConn).SetLinger(linger)
		_ = conn.Close()
	}
}

const politely = -1 // linger: close with FIN

func TestEndpointsThatAreNotAWS(t *testing.T) {
	const page = "<!DOCTYPE html><html><body>Please log in</body></html>"
	tests := []struct {
		name   string
		call   call
		answer http.HandlerFunc
		says   string // after the host
		hint   string
	}{
		{"a login page for buckets", listBuckets, says(200, "text/html", page), " did not answer like AWS: it sent text/html with status 200", "login page"},
		{"a login page for functions", listFunctions, says(200, "text/html", page), " did not answer like AWS: it sent text/html with status 200", "login page"},
		{"a page with white space first", listBuckets, says(200, "application/xml", "\n\n <HTML>hi"), " did not answer like AWS: it sent application/xml with status 200", "login page"},
		{"a forbidding proxy", listObjects, says(403, "text/html; charset=utf-8", page), " did not answer like AWS: it sent text/html with status 403", "login page"},
		{"a server that says hello", listBuckets, says(200, "text/plain", "hello"), " did not answer like AWS: it sent text/plain with status 200", "login page"},
		{"a server that says nothing", listBuckets, says(200, "", ""), " did not answer like AWS: it sent nothing with status 200", "login page"},
		{"JSON that is none", listFunctions, says(200, jsonType, `{"Functions": nope}`), " did not answer like AWS: its answer cannot be read", "login page"},
		{"XML that stops", listBuckets, says(200, xmlType, `<?xml version="1.0"?><ListAllMyBucketsResult><Buckets><Bucket><Na`), " cut its answer off in the middle", "press r"},
		{"JSON that stops", listFunctions, says(200, jsonType, `{"Functions":[{"FunctionName":"mean",`), " cut its answer off in the middle", "press r"},
		{"a connection that ends inside XML", listBuckets, hijack("HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: 900\r\n\r\n<ListAllMyBucketsResult><Buckets>", politely), " cut its answer off in the middle", "press r"},
		{"a connection that ends inside JSON", listFunctions, hijack("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"Functions\":[", politely), " cut its answer off in the middle", "press r"},
		{"a connection that ends before an answer", listBuckets, hijack("", politely), " closed the connection without an answer", "press r"},
		{"a connection that is reset", listBuckets, hijack("", 0), " reset the connection", "press r"},
		{"something that is not HTTP", listBuckets, hijack("SSH-2.0-OpenSSH_9.6\r\n", politely), "", "press r"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fake := newWire(t, test.answer)
			e := classified(t, test.call(t.Context(), open(t, fake.URL)))
			if e.Kind != awsclient.Network || e.Host != fake.URL {
				t.Errorf("kind %v, host %q: %v", e.Kind, e.Host, e)
			}
			if test.says != "" && e.Error() != fake.URL+test.says {
				t.Errorf("it says\n%s\nwant\n%s", e.Error(), fake.URL+test.says)
			}
			if !strings.Contains(e.Error(), fake.URL) || !strings.Contains(e.Hint(), test.hint) {
				t.Errorf("it says %q and hints %q", e.Error(), e.Hint())
			}
		})
	}
}

// A page from a load balancer in front of AWS is a failure like any other 5xx.
func TestPagesWith503AreRetried(t *testing.T) {
	fake := newWire(t, says(503, "text/html", "<html>Service Unavailable</html>"))
	e := classified(t, listBuckets(t.Context(), open(t, fake.URL)))
	if e.Kind != awsclient.Network || fake.arrived.Load() != 3 {
		t.Errorf("%v after %d requests", e, fake.arrived.Load())
	}
}

func TestAnObjectMayBeAWebPage(t *testing.T) {
	fake := newWire(t, says(200, "text/html", "<html>mine</html>"))
	s := open(t, fake.URL)
	out, err := s3Client(s).GetObject(t.Context(), getObject())
	if err != nil {
		t.Fatal(err)
	}
	defer out.Body.Close()
	if body, err := io.ReadAll(out.Body); err != nil || string(body) != "<html>mine</html>" {
		t.Errorf("%q, %v", body, err)
	}
}

func TestAHangingEndpointEndsInASentence(t *testing.T) {
	stop := make(chan struct{})
	fake := newWire(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-stop:
		case <-r.Context().Done():
		}
	})
	defer close(stop)
	s := open(t, fake.URL, func(o *awsclient.Options) { o.Timeout = 100 * time.Millisecond })
	e := classified(t, listBuckets(t.Context(), s))
	if want := "no answer in 0.1 s from " + fake.URL; e.Kind != awsclient.Network || e.Error() != want {
		t.Errorf("kind %v: %q, want %q", e.Kind, e.Error(), want)
	}
	if fake.arrived.Load() != 1 {
		t.Errorf("%d requests", fake.arrived.Load())
	}
	if calls := s.Trace().Calls(); len(calls) != 1 || calls[0].Code != "network" {
		t.Errorf("the log has %+v", calls)
	}
}

func TestTheCallersDeadlineCountsToo(t *testing.T) {
	stop := make(chan struct{})
	fake := newWire(t, func(http.ResponseWriter, *http.Request) { <-stop })
	defer close(stop)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	e := classified(t, listBuckets(ctx, open(t, fake.URL)))
	if e.Kind != awsclient.Network || !strings.HasSuffix(e.Error(), "from "+fake.URL) {
		t.Errorf("kind %v: %v", e.Kind, e)
	}
}

func TestInvocationsMayTakeLongerThanLists(t *testing.T) {
	fake := newWire(t, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(100 * time.Millisecond):
			_, _ = io.WriteString(w, `"done"`)
		}
	})
	s := open(t, fake.URL, func(o *awsclient.Options) { o.Timeout = 20 * time.Millisecond })
	if err := invoke(t.Context(), s); err != nil {
		t.Error(err)
	}
}

// slowKeys are credentials that nobody ever hands over.
type slowKeys struct{}

func (slowKeys) Retrieve(ctx context.Context) (aws.Credentials, error) {
	<-ctx.Done()
	return aws.Credentials{}, ctx.Err()
}

func TestCredentialsThatDoNotCome(t *testing.T) {
	fake := newWire(t, says(200, xmlType, "<x/>"))
	s := open(t, fake.URL, func(o *awsclient.Options) {
		o.Config.Credentials, o.Timeout = slowKeys{}, 100*time.Millisecond
	})
	e := classified(t, listBuckets(t.Context(), s))
	if e.Error() != "the credentials did not come in 0.1 s" || fake.arrived.Load() != 0 {
		t.Errorf("%q after %d requests", e.Error(), fake.arrived.Load())
	}
}

func TestNobodyListens(t *testing.T) {
	fake := httptest.NewServer(http.NotFoundHandler())
	fake.Close()
	e := classified(t, listBuckets(t.Context(), open(t, fake.URL)))
	if want := fake.URL + " refused the connection"; e.Kind != awsclient.Network || e.Error() != want {
		t.Errorf("kind %v: %q, want %q", e.Kind, e.Error(), want)
	}
}

func TestTLSTroubles(t *testing.T) {
	t.Run("a certificate nobody signed", func(t *testing.T) {
		fake := httptest.NewUnstartedServer(http.NotFoundHandler())
		fake.Config.ErrorLog = discardLog()
		fake.StartTLS()
		defer fake.Close()
		e := classified(t, listBuckets(t.Context(), open(t, fake.URL)))
		if e.Kind != awsclient.Network || !strings.HasPrefix(e.Error(), "the certificate of "+fake.URL+" is not trusted: ") {
			t.Errorf("kind %v: %v", e.Kind, e)
		}
		if !strings.Contains(e.Hint(), "AWS_CA_BUNDLE") {
			t.Errorf("hint %q", e.Hint())
		}
	})
	t.Run("https where http is spoken", func(t *testing.T) {
		fake := newWire(t, says(200, xmlType, "<x/>"))
		url := strings.Replace(fake.URL, "http:", "https:", 1)
		e := classified(t, listBuckets(t.Context(), open(t, url)))
		if e.Error() != url+" speaks http, not https" {
			t.Errorf("%v", e)
		}
	})
}

// failing stands for a network that ends every request in one error.
type failing struct{ err error }

func (f failing) Do(*http.Request) (*http.Response, error) { return nil, f.err }

func TestNamesThatCannotBeLookedUp(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		says string
	}{
		{"no such host", &net.DNSError{Err: "no such host", Name: "s3.nowhere.example", IsNotFound: true}, "there is no host s3.nowhere.example"},
		{"no name server", &net.DNSError{Err: "server misbehaving", Name: "s3.nowhere.example", IsTemporary: true}, "the address of s3.nowhere.example cannot be looked up"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, "https://s3.nowhere.example", func(o *awsclient.Options) { o.Config.HTTPClient = failing{test.err} })
			if e := classified(t, listBuckets(t.Context(), s)); e.Kind != awsclient.Network || e.Error() != test.says {
				t.Errorf("kind %v: %v", e.Kind, e)
			}
		})
	}
}
