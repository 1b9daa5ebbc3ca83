package s3_test

import (
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
)

func TestPreviews(t *testing.T) {
	tests := []struct {
		name, address, row string
		want, lack         []string
	}{
		{"a whole file", "s3://datalake/", "README", []string{"107 B", "# datalake"}, nil},
		{"the start of a big one", "s3://datalake/raw/2025/01/", "orders", []string{"first 65.5 kB of 2.5 MB", "time,order,customer"}, nil},
		{"gzip", "s3://datalake/raw/2026/01/01/", "json.gz", []string{"unzipped", `{"ts":"2026-01-01`}, nil},
		{"gzip behind its encoding", "s3://datalake/raw/2026/01/01/", "app.log", []string{"unzipped", "request"}, nil},
		{"binary", "s3://datalake/raw/2026/", "part-00003", []string{"binary, first 1.0 kB of 1.1 GB", "50 41 52 31", "PAR1"}, nil},
		{"empty", "s3://oddities/", "empty", []string{"this object is empty"}, nil},
		{"archived", "s3://datalake/raw/2024/01/", "orders", []string{"in GLACIER: it has to be restored"}, nil},
		{"restored", "s3://datalake/raw/2024/11/", "orders", []string{"time,order,customer"}, []string{"restored before"}},
		{"a prefix", "s3://datalake/", "raw/", []string{"enter lists what is below it"}, nil},
		{"hostile", "s3://oddities/", "hostile-content", []string{"plain", `\x1b[2J`, `\u202eright to left`}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, tt.address).on(tt.row)
			s.Keys("p").Want(tt.want...).Lack(tt.lack...)
			s.Keys("esc", "enter")
			if tt.name == "a prefix" {
				s.Want("datalake › raw/")
				return
			}
			s.Want(tt.want[len(tt.want)-1])
		})
	}
}

func TestAPreviewReadsARangeOnCondition(t *testing.T) {
	s := at(t, "s3://datalake/raw/2025/01/")
	s.Keys("p").Want("first 65.5 kB")
	in := s.account.Calls("s3:GetObject")[0]
	if span, tag := condition(in.Input); span != "bytes=0-65535" || len(tag) != 34 {
		t.Errorf("asked for %q if it is %q", span, tag)
	}
}

func TestThePreviewFollowsTheCursorWhenItRests(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/04/")
	s.Keys("p").Want("took")
	s.Keys("j").Advance(time.Second)
	s.Settle().Want(`"plan":`)
	if n := s.asked("GetObject"); n != 2 {
		t.Errorf("%d reads, want 2", n)
	}
}

func TestPreviewsThatFail(t *testing.T) {
	tests := []struct {
		name  string
		fault demo.Fault
		want  string
	}{
		{"denied", demo.Denied, "not allowed: s3:GetObject"},
		{"changed since it was listed", demo.Fault{Code: "PreconditionFailed", Message: "it changed", Status: 412}, "changed meanwhile: press r"},
		{"archived without a word in the listing", demo.Fault{Code: "InvalidObjectState", Message: "The operation is not valid", Status: 403}, "restore the object"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, "s3://datalake/", func(_ *awsclient.Options, a *demo.Account) { a.Fail("s3:GetObject", tt.fault) })
			s.on("README").Keys("p").Want(tt.want)
		})
	}
}

func TestJSONHasAJQBox(t *testing.T) {
	s := at(t, "s3://datalake/raw/2026/01/04/customers.json")
	s.Want(`"plan":`).Keys("|").Type("length").Keys("enter").Want("jq length")
}
