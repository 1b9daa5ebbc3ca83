package s3_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// expiring gives the session credentials that end so long after the tests' clock.
func expiring(after time.Duration) func(*awsclient.Options, *demo.Account) {
	return func(o *awsclient.Options, a *demo.Account) {
		o.Config.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: "AKIA", SecretAccessKey: "secret", CanExpire: true, Expires: a.Now().Add(after)}, nil
		})
	}
}

func TestAPrefixHasNoLinkToCopyTheCommandOf(t *testing.T) {
	at(t, "s3://datalake/").Keys("y").Want("command: List").Lack("presign")
	at(t, "s3://datalake/").on("README").Keys("y").Want("presign")
}

func TestShareALink(t *testing.T) {
	s := at(t, "s3://datalake/").on("README")
	before := len(s.account.Calls("*"))
	s.Keys("s").Want("share a link to README.md, for", "1 hour", "7 days").Keys("1")
	s.Want("a link to read an object", "s3://datalake/README.md", "until 16:00, for 1h00m", "copied the link", "treat it as a password", "?••••")
	s.Lack("X-Amz-Signature")
	if link := s.Clipboard(); !strings.HasPrefix(link, "https://datalake.s3.eu-west-1.amazonaws.com/README.md?") || !strings.Contains(link, "X-Amz-Expires=3600") {
		t.Errorf("copied %q", link)
	}
	s.Keys("v").Want("X-Amz-Signature").Keys("v").Lack("X-Amz-Signature")
	s.Keys("c").Want("copied the curl command")
	if !strings.HasPrefix(s.Clipboard(), "curl --fail --output FILE 'https://") {
		t.Errorf("copied %q", s.Clipboard())
	}
	s.Keys("f").Want("save an object as a file")
	if !strings.Contains(s.Clipboard(), "response-content-disposition=attachment") {
		t.Errorf("copied %q", s.Clipboard())
	}
	s.Keys("esc").Want("▸ README.md")
	if n := len(s.account.Calls("*")); n != before {
		t.Errorf("%d requests for a link", n-before)
	}
	s.Keys("!").Lack("X-Amz", "Signature")
}

func TestALinkForAnotherTime(t *testing.T) {
	s := at(t, "s3://datalake/").on("README").Keys("s", "o")
	s.Want("the link works for", "   2h").Keys("ctrl+u").Type("8d").Want("not for more than 7 days"[8:]).Keys("enter").Want("the link works for")
	s.Keys("ctrl+u").Type("soon").Want("type a time such as").Keys("ctrl+u").Type("1.5d").Keys("enter").Want("for 1d12h")
	q, err := url.Parse(s.Clipboard())
	if err != nil || q.Query().Get("X-Amz-Expires") != "129600" {
		t.Errorf("copied %q", s.Clipboard())
	}
}

func TestTheCredentialsEndBeforeTheLink(t *testing.T) {
	s := at(t, "s3://datalake/", expiring(40*time.Minute)).on("README")
	s.Keys("s", "7").Want("until 15:4", "the credentials end then, and the link with them")
	s = at(t, "s3://datalake/", expiring(-time.Minute)).on("README")
	s.Keys("s", "7").Want("credentials have ended: log in again").Keys("y").Want("there is no link yet")
}

func TestAKeyThatBrowsersBreak(t *testing.T) {
	s := at(t, "s3://oddities/../").Keys("s", "1")
	s.Want("browsers break such a link").Keys("c")
	if !strings.HasPrefix(s.Clipboard(), "curl --fail --path-as-is ") {
		t.Errorf("copied %q", s.Clipboard())
	}
}

func TestALinkToUpload(t *testing.T) {
	s := at(t, "s3://datalake/").on("README").Keys("s", "u").Want("share a link to upload to README.md").Keys("m")
	s.Want("a link to upload to one key", "overwrites what is there").Keys("c")
	if !strings.HasPrefix(s.Clipboard(), "curl --fail --upload-file FILE 'https://") {
		t.Errorf("copied %q", s.Clipboard())
	}
	s = at(t, "s3://datalake/").on("raw").Keys("s").Want("share a link to upload to s3://datalake/raw/").Type("in box.csv").Keys("enter", "1")
	s.Want("s3://datalake/raw/in box.csv")
	if !strings.Contains(s.Clipboard(), "/raw/in%20box.csv?") {
		t.Errorf("copied %q", s.Clipboard())
	}
}

func TestAReadOnlySessionMakesNoLinkToUpload(t *testing.T) {
	readOnly := func(o *awsclient.Options, _ *demo.Account) { o.ReadOnly = true }
	s := at(t, "s3://datalake/", readOnly).on("README")
	s.Keys("s", "u").Want("to upload…: this session is read-only").Lack("copied")
	s.Keys("s", "1").Want("a link to read an object")
	at(t, "s3://datalake/", readOnly).on("raw").Keys("s").Want("no link to upload")
}

func TestALinkOnEveryScreen(t *testing.T) {
	s := at(t, "s3://oddities/").on("invalid").Keys("s", "1", "v").Want("invalid-")
	for _, size := range [][2]int{{40, 8}, {80, 24}, {200, 60}, {120, 40}} {
		s.Resize(size[0], size[1]).Keys("g").Want("a link to read").Keys("G").Want("gnature=")
	}
}
