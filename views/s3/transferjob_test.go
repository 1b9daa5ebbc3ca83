package s3_test

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

// about picks the reads of one key.
func about(key string) func(any) bool {
	return func(in any) bool {
		get, ok := in.(*sdk.GetObjectInput)
		return ok && *get.Key == key
	}
}

func TestSomeFilesFailAndAreFetchedAgain(t *testing.T) {
	dir := workshop(t)
	refused := demo.Denied
	refused.When = about("raw/2026/01/04/orders.csv")
	s := at(t, "s3://datalake/raw/2026/01/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:GetObject", refused) }).on("04")
	s.Keys("d", "enter").Want("3 of 4 files · 1 failed (AccessDenied 1)", "raw/2026/01/04/orders.csv", "not allowed: s3:GetObject")
	s.Keys("t").Want("partial", "3 of 4").Keys("enter").Want("1 failed (AccessDenied 1)", "raw/2026/01/04/orders.csv")
	if got := files(t, dir); len(got) != 3 {
		t.Errorf("there is %q", got)
	}
	s.account.Heal("*")
	before := s.asked("GetObject")
	s.Keys("e").Want("1 file · 25.6 kB")
	if n := s.asked("GetObject") - before; n != 1 {
		t.Errorf("%d reads for the one that failed", n)
	}
	read(t, "04/orders.csv")
}

func TestADownloadIsCancelledAndGoneOnWith(t *testing.T) {
	dir := workshop(t)
	stuck := demo.Hang
	stuck.When = about("raw/2026/01/04/orders.csv")
	s := at(t, "s3://datalake/raw/2026/01/", func(o *awsclient.Options, a *demo.Account) { a.Fail("s3:GetObject", stuck) }).on("04")
	s.Impatient()
	s.Keys("d", "enter").Want("1 job ▸")
	s.Keys("t").Advance(100 * time.Millisecond).Want("running")
	began := time.Now()
	s.Keys("x")
	s.Patient().Settle().Want("cancelled after 3 of 4 files", "e in the list of jobs (t) goes on with the rest")
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("took %v to end", took)
	}
	if got := files(t, dir); slices.Contains(got, filepath.Join("04", "orders.csv")) || len(got) != 3 {
		t.Errorf("there is %q", got)
	}
	s.account.Heal("*")
	before := s.asked("GetObject")
	s.Keys("e").Want("1 file · 25.6 kB")
	if n := s.asked("GetObject") - before; n != 1 {
		t.Errorf("%d reads for the one that was left", n)
	}
}

func TestQuittingAsksWhileFilesAreFetched(t *testing.T) {
	workshop(t)
	s := at(t, "s3://datalake/config/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:GetObject", demo.Hang) })
	s.Impatient()
	s.Keys("d", "enter", "ctrl+c").Want("1 job running", "cancel and quit").Keys("n")
	if s.HasQuit() {
		t.Fatal("it quit all the same")
	}
	s.Keys("ctrl+c", "y").Patient().Settle()
	if !s.HasQuit() {
		t.Error("it did not quit")
	}
}

func TestAPlanCountsLiveAndIsLeft(t *testing.T) {
	dir := workshop(t)
	s := at(t, "s3://big-million/", func(_ *awsclient.Options, a *demo.Account) {
		a.Fail("s3:ListObjectsV2", demo.Fault{Hang: true, When: continued(4)})
	}).on("events")
	s.Impatient()
	s.Keys("d", "enter").Want("files     3,000+", "counting…", "counting; esc ends it").Keys("esc").Want("▸ events/")
	s.Patient().Settle()
	if got := files(t, dir); len(got) > 0 || s.asked("GetObject") > 0 {
		t.Errorf("there is %q", got)
	}
}

func TestNothingIsStartedUnseen(t *testing.T) {
	dir := workshop(t)
	held := demo.Fault{Wait: time.Second, When: func(in any) bool {
		list, ok := in.(*sdk.ListObjectsV2Input)
		return ok && aws.ToString(list.Prefix) == "raw/2026/01/04/"
	}}
	s := at(t, "s3://datalake/raw/2026/01/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:ListObjectsV2", held) }).on("04")
	s.Impatient()
	s.Keys("d", "enter").Want("counting…").Keys("t").Want("jobs")
	s.Patient().Settle().Want("jobs")
	if got := files(t, dir); len(got) > 0 {
		t.Errorf("there is %q", got)
	}
	s.Keys("esc").Want("files     4").Keys("enter").Want("4 files")
}
