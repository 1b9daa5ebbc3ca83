package views_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/ui"
	"straws/ui/uitest"
	"straws/views"
)

// brief is how long a call waits for an endpoint that says nothing.
const brief = 300 * time.Millisecond

// roots are the panes that a wrong endpoint hits first.
func roots() []string { return []string{"s3", "s3://some-bucket/", "ec2", "lambda", "emr"} }

// asking opens the whole program against an endpoint.
func asking(t *testing.T, url, target string, w, h int) *uitest.Driver {
	t.Helper()
	session, err := awsclient.Open(t.Context(), awsclient.Options{Endpoint: url, Timeout: brief})
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(t, uitest.NewClock(), ui.Options{AWS: session, Services: views.All(views.Options{History: true}), Target: target}, w, h)
}

func TestAnEndpointThatIsNotAWS(t *testing.T) {
	ambient(t)
	released := make(chan struct{})
	for _, tt := range []struct {
		name, sentence string
		answer         http.HandlerFunc
	}{
		{"hangs", "no answer in 0.3 s", func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-released:
			}
		}},
		{"answers HTML", "did not answer like AWS", page(http.StatusOK)},
		{"answers HTML with 404", "did not answer like AWS", page(http.StatusNotFound)},
		{"answers HTML with 503", "did not answer like AWS", page(http.StatusServiceUnavailable)},
		{"cuts off in the middle", "cut its answer off in the middle", func(w http.ResponseWriter, r *http.Request) {
			body := full(r, "name")
			w.Header().Set("Content-Length", fmt.Sprint(len(body)))
			fmt.Fprint(w, body[:len(body)/2])
		}},
		{"hangs up", "closed the connection without an answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{"answers nonsense", "did not answer like AWS", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "\x00\x01\x02") }},
	} {
		server := httptest.NewServer(tt.answer)
		for _, target := range roots() {
			t.Run(tt.name+"/"+target, func(t *testing.T) {
				asking(t, server.URL, target, 120, 40).Want(tt.sentence).Lack("loading")
			})
		}
		t.Run(tt.name+"/overview", func(t *testing.T) {
			d := asking(t, server.URL, "", 120, 40).Lack("loading")
			for _, size := range screens() {
				d.Resize(size[0], size[1])
			}
		})
		if tt.name == "hangs" {
			close(released)
		}
		server.Close()
	}
}

func TestAnEndpointThatRefuses(t *testing.T) {
	ambient(t)
	server := httptest.NewServer(nil)
	server.Close()
	for _, target := range roots() {
		asking(t, server.URL, target, 120, 40).Want(server.URL+" refused the connection", "check that something listens there")
	}
}

// page is the answer of a captive portal.
func page(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(status)
		fmt.Fprint(w, "<!doctype html><html><head><title>Log in to \x1b[31mthe lounge</title></head><body><form></form></body></html>")
	}
}

// full is the answer of a service of which everything has one name: text that
// XML and JSON take as it stands.
func full(r *http.Request, name string) string {
	const when = "2026-11-20T10:00:00Z"
	switch target := r.Header.Get("X-Amz-Target"); {
	case strings.HasSuffix(target, "ListClusters"):
		return `{"Clusters":[{"Id":"j-1ABCDEFGHIJKL","Name":"` + name + `","Status":{"State":"RUNNING","StateChangeReason":{"Message":"` + name + `"},"Timeline":{"CreationDateTime":1.7e9}}}]}`
	case strings.HasSuffix(target, "ListSteps"):
		return `{"Steps":[{"Id":"s-1ABCDEFGHIJKL","Name":"` + name + `","Config":{"Jar":"` + name + `","Args":["` + name + `"]},"Status":{"State":"FAILED","FailureDetails":{"Reason":"` + name + `","Message":"` + name + `"}}}]}`
	case strings.HasSuffix(target, "DescribeCluster"):
		return `{"Cluster":{"Id":"j-1ABCDEFGHIJKL","Name":"` + name + `","ReleaseLabel":"` + name + `"}}`
	case r.URL.Path == "/2015-03-31/functions" || r.URL.Path == "/2015-03-31/functions/":
		return `{"Functions":[` + hostileFunction(name) + `]}`
	case strings.HasPrefix(r.URL.Path, "/2015-03-31/functions/"):
		return `{"Configuration":` + hostileFunction(name) + `}`
	case r.Method == http.MethodPost:
		return ec2Answer(r, name)
	case r.URL.Path == "/":
		return `<ListAllMyBucketsResult><Owner><ID>1</ID></Owner><Buckets><Bucket><Name>` + name + `</Name><CreationDate>` + when + `</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>`
	default:
		return `<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated><Contents><Key>` + name + `</Key><Size>1</Size><LastModified>` + when + `</LastModified><StorageClass>` + name + `</StorageClass></Contents>` +
			`<CommonPrefixes><Prefix>` + name + `/</Prefix></CommonPrefixes></ListBucketResult>`
	}
}

func hostileFunction(name string) string {
	return `{"FunctionName":"` + name + `","FunctionArn":"arn:aws:lambda:eu-west-1:123456789012:function:f","Runtime":"` + name + `","Handler":"` + name + `","Description":"` + name + `",` +
		`"MemorySize":128,"Timeout":3,"LastModified":"` + name + `","Environment":{"Variables":{"A":"` + name + `"}}}`
}

func ec2Answer(r *http.Request, name string) string {
	if err := r.ParseForm(); err != nil || r.PostForm.Get("Action") != "DescribeInstances" {
		return `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>` + name + `</Account><Arn>` + name + `</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`
	}
	return `<DescribeInstancesResponse><reservationSet><item><ownerId>1</ownerId><instancesSet><item><instanceId>i-0123456789abcdef0</instanceId>` +
		`<instanceState><code>16</code><name>` + name + `</name></instanceState><instanceType>` + name + `</instanceType><privateIpAddress>` + name + `</privateIpAddress>` +
		`<placement><availabilityZone>` + name + `</availabilityZone></placement><tagSet><item><key>Name</key><value>` + name + `</value></item><item><key>` + name + `</key><value>` + name + `</value></item></tagSet>` +
		`</item></instancesSet></item></reservationSet></DescribeInstancesResponse>`
}

// hostile are names that a service may deliver, and which a terminal must not.
func hostile() map[string]string {
	return map[string]string{
		"a C1 control":       "red\u009b31mred\u009d0;title\u009c",
		"bidi controls":      "abc\u202egpj.exe\u2066\u2069",
		"zero width":         "a\u200bb\u200dc\ufeffd\u2060",
		"a line separator":   "one\u2028two\u2029three\u0085four",
		"wide and combining": "日本語🎉👨‍👩‍👧e\u0301\u0301\u0301",
		"1,024 bytes":        strings.Repeat("long-", 204) + "last",
		"nothing":            "",
		"spaces":             "   ",
	}
}

// jsonOnly are names that only JSON can carry.
func jsonOnly() map[string]string {
	return map[string]string{
		"escape sequences":  `\u001b[31mred\u001b]52;c;eA==\u0007\u001b]0;title\u001b\\`,
		"a new line":        `one\ntwo\r\tthree\u0000four\u007f`,
		"half a surrogate":  `\ud83d and \udc00`,
		"bytes of no UTF-8": "a\xff\xfe\xc3b",
	}
}

func TestHostileNames(t *testing.T) {
	ambient(t)
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			tourHostile(t, text, append(roots(), "emr/j-1ABCDEFGHIJKL", "i-0123456789abcdef0", "lambda/f", ""))
		})
	}
	for name, text := range jsonOnly() {
		t.Run(name, func(t *testing.T) { tourHostile(t, text, []string{"lambda", "emr", "emr/j-1ABCDEFGHIJKL", "lambda/f"}) })
	}
}

// tourHostile looks at everything with everything called text. The driver
// fails on a control character, a wide line and a missing one.
func tourHostile(t *testing.T, text string, targets []string) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, full(r, text)) }))
	defer server.Close()
	for _, target := range targets {
		d := asking(t, server.URL, target, 160, 50)
		for _, keys := range []string{"", "space", "U", "i", "y", "enter", "a", "D", "S", "p", "o", "?", "!", "x", "/ a b", "P", ": x"} {
			d.Keys(strings.Fields(keys)...)
			d.Lack("\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "internal error", "loading…")
			d.Keys("esc", "esc", "esc").Keys(strings.Fields(backTo(target))...)
		}
		for _, size := range screens() {
			d.Resize(size[0], size[1]).Keys("j")
		}
	}
}

// backTo are the keys that lead back to the pane of a target's service.
func backTo(target string) string {
	switch {
	case strings.HasPrefix(target, "s3"):
		return "1"
	case target == "ec2" || strings.HasPrefix(target, "i-"):
		return "2"
	case strings.HasPrefix(target, "lambda"):
		return "3"
	case strings.HasPrefix(target, "emr"):
		return "4"
	}
	return "0"
}
