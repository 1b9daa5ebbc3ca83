package s3_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/s3"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// openWith is a session of the demo account with credentials of the test's.
func openWith(t *testing.T, keys aws.Credentials, err error) (*demo.Account, *awsclient.Session) {
	t.Helper()
	a := demo.New(demo.Options{})
	cfg := a.Config()
	cfg.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return keys, err })
	s, oops := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if oops != nil {
		t.Fatal(oops)
	}
	return a, s
}

func TestALinkEndsWithTheCredentials(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	keys := aws.Credentials{AccessKeyID: "AKIA", SecretAccessKey: "secret", SessionToken: "token"}
	tests := []struct {
		name    string
		asked   time.Duration
		expires time.Duration // of the credentials; 0: never
		want    string        // seconds
		says    string
	}{
		{"as asked", time.Hour, 0, "3600", ""},
		{"more than S3 takes", 8 * 24 * time.Hour, 0, "604800", "7 days"},
		{"credentials of a role", 7 * 24 * time.Hour, 40 * time.Minute, "2400", "the credentials end then"},
		{"credentials that last", time.Hour, 12 * time.Hour, "3600", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			k := keys
			if k.CanExpire = tt.expires > 0; k.CanExpire {
				k.Expires = now.Add(tt.expires)
			}
			a, s := openWith(t, k, nil)
			link, err := s3.Presign(t.Context(), s, s3.LinkTo{Object: s3.Object{Bucket: "datalake", Key: "README.md"}, For: tt.asked}, now)
			if err != nil {
				t.Fatal(err)
			}
			q := query(t, link.URL)
			if q.Get("X-Amz-Expires") != tt.want || !strings.Contains(link.Cut, tt.says) || (tt.says == "") != (link.Cut == "") {
				t.Errorf("%s seconds, cut: %q", q.Get("X-Amz-Expires"), link.Cut)
			}
			if q.Get("X-Amz-Security-Token") != "token" || q.Get("X-Amz-Signature") == "" {
				t.Errorf("not signed: %s", link.URL)
			}
			if n := len(a.Calls("*")); n != 0 {
				t.Errorf("%d requests", n)
			}
		})
	}
	keys.CanExpire, keys.Expires = true, now
	_, s := openWith(t, keys, nil)
	if _, err := s3.Presign(t.Context(), s, s3.LinkTo{Object: s3.Object{Bucket: "datalake", Key: "k"}, For: time.Hour}, now); !errors.Is(err, s3.ErrLinkOver) {
		t.Errorf("credentials that have ended: %v", err)
	}
	_, s = openWith(t, keys, errors.New("the login has expired"))
	if _, err := s3.Presign(t.Context(), s, s3.LinkTo{Object: s3.Object{Bucket: "datalake", Key: "k"}, For: time.Hour}, now); err == nil {
		t.Error("a link without credentials")
	}
}

func query(t *testing.T, link string) url.Values {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func TestWhatALinkIsFor(t *testing.T) {
	_, s := open(t)
	now := time.Now()
	tests := []struct {
		name string
		to   s3.LinkTo
		want []string // parts of the URL
	}{
		{"read", s3.LinkTo{Object: s3.Object{Bucket: "datalake", Key: "a b+c/é.txt"}}, []string{"https://datalake.s3.eu-west-1.amazonaws.com/a%20b%2Bc/%C3%A9.txt?"}},
		{"a version", s3.LinkTo{Object: s3.Object{Bucket: "datalake", Key: "k", Version: "v1"}}, []string{"versionId=v1"}},
		{"as a file", s3.LinkTo{Object: s3.Object{Bucket: "datalake", Key: "x/ü \"q\".txt"}, Save: true}, []string{"response-content-disposition=attachment", "filename%2A%3DUTF-8%27%27%25C3%25BC"}},
		{"dots", s3.LinkTo{Object: s3.Object{Bucket: "oddities", Key: "../up"}}, []string{"/../up?"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.to.For = time.Hour
			link, err := s3.Presign(t.Context(), s, tt.to, now)
			if err != nil || link.Method != http.MethodGet || link.Dots != (tt.name == "dots") {
				t.Fatalf("%+v, %v", link, err)
			}
			for _, part := range tt.want {
				if !strings.Contains(link.URL, part) {
					t.Errorf("%s lacks %s", link.URL, part)
				}
			}
		})
	}
	link, err := s3.Presign(t.Context(), s, s3.LinkTo{Object: s3.Object{Bucket: "logs-archive", Key: "in/box"}, Put: true, For: time.Hour}, now)
	if err != nil || link.Method != http.MethodPut || strings.Contains(strings.ToLower(link.URL), "checksum") {
		t.Errorf("%+v, %v", link, err)
	}
}
