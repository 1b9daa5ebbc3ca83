package s3_test

import (
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// write stores an object as another program does.
func (s screen) write(bucket, key, body string) {
	s.t.Helper()
	c := sdk.NewFromConfig(s.account.Config())
	if _, err := c.PutObject(s.t.Context(), &sdk.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(body)}); err != nil {
		s.t.Fatal(err)
	}
}

func TestTheNewestObjectIsFollowed(t *testing.T) {
	s := at(t, "s3://acme-logs/")
	s.on("alb").Keys("F").Want("alb/2026/11/18/access.log", "HTTP/1.1")
	reads := s.asked("GetObject")
	s.Advance(30 * time.Second)
	if n := s.asked("GetObject"); n != reads {
		t.Errorf("%d reads while nothing changed", n-reads)
	}
	s.write("acme-logs", "alb/new.log", "one\ntwo\n")
	s.Advance(6*time.Second).Want("── new.log ──", "two", "HTTP/1.1")
	s.write("acme-logs", "alb/new.log", "one\ntwo\nthree\n")
	s.Advance(6 * time.Second).Want("three")
	calls := s.account.Calls("s3:GetObject")
	if span, tag := condition(calls[len(calls)-1].Input); span != "bytes=8-13" || tag == "" {
		t.Errorf("what was added is read as %q if it is %q", span, tag)
	}
	if strings.Count(s.Frame(), "two") != 1 {
		t.Errorf("what was seen is shown again:\n%s", s.Frame())
	}
	s.Keys("enter").Want("new.log", "text", "three").Keys("esc").Want("── new.log ──")
	s.Keys("y")
	if !strings.HasSuffix(s.Clipboard(), "two\nthree\n") {
		t.Errorf("copied %q", s.Clipboard())
	}
}

func TestFollowingAsksForNothingUnseen(t *testing.T) {
	s := at(t, "s3://acme-logs/")
	s.on("alb").Keys("F").Want("access.log")
	s.Keys("0")
	n := s.asked("ListObjectsV2")
	s.Advance(time.Minute)
	if got := s.asked("ListObjectsV2"); got != n {
		t.Errorf("%d listings unseen", got-n)
	}
	s.Keys("1").Settle()
	if got := s.asked("ListObjectsV2"); got == n {
		t.Error("it was not asked for again")
	}
}

func TestFollowingWhatCannotBeRead(t *testing.T) {
	s := at(t, "s3://acme-logs/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:GetObject", demo.Denied) })
	s.on("alb").Keys("F").Want("not allowed: s3:GetObject")
	s = at(t, "s3://datalake/")
	s.on("exports").Keys("F").Want("there is no object below s3://datalake/exports/ yet")
	s = at(t, "s3://logs-archive/")
	s.on("web").Keys("F").Want("has to be restored")
	s = at(t, "s3://big-million/")
	s.on("events").Keys("F").Want("only the first 10,000 keys were looked at")
	n := s.asked("ListObjectsV2")
	s.Advance(6 * time.Second)
	if got := s.asked("ListObjectsV2"); got-n > 10 {
		t.Errorf("%d listings for one look", got-n)
	}
}
