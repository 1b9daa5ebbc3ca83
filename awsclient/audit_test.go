package awsclient_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"straws/awsclient"
)

func auditLines(t *testing.T, path string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for line := range strings.Lines(string(text)) {
		var m map[string]string
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		out = append(out, m)
	}
	return out
}

func TestEveryChangeIsOneLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "straws", "audit.jsonl")
	fake := newWire(t, says(200, "text/xml", whoami))
	s := open(t, fake.URL, func(o *awsclient.Options) { o.AuditPath, o.Profile = path, "prod" })
	s.Audit(awsclient.Change{Action: "s3:DeleteObject", Target: "s3://logs/\x1b[2J\na", RequestID: "R1"})
	if _, err := s.Identity(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.In("us-west-2").Audit(awsclient.Change{
		Action: "ec2:TerminateInstances", Target: "i-1",
		Err: &awsclient.Error{Kind: awsclient.Denied, Action: "ec2:TerminateInstances", RequestID: "R2", Err: errors.New("403")},
	})
	lines := auditLines(t, path)
	for _, line := range lines {
		if _, err := time.Parse(time.RFC3339Nano, line["time"]); err != nil {
			t.Error(err)
		}
		delete(line, "time")
	}
	want := []map[string]string{
		{"region": "eu-west-1", "profile": "prod", "action": "s3:DeleteObject", "target": "s3://logs/\x1b[2J\na", "result": "ok", "request_id": "R1"},
		{
			"account": "123456789012", "principal": "arn:aws:sts::123456789012:assumed-role/Admin/jane", "region": "us-west-2",
			"profile": "prod", "action": "ec2:TerminateInstances", "target": "i-1", "result": "denied",
			"error": "not allowed: ec2:TerminateInstances", "request_id": "R2",
		},
	}
	if got, _ := json.Marshal(lines); string(got) != string(must(json.Marshal(want))) {
		t.Errorf("written\n%s\nwant\n%s", got, must(json.Marshal(want)))
	}
	for p, mode := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700} {
		if info, err := os.Stat(p); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s has mode %v, %v", p, info.Mode(), err)
		}
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestManyChangesAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	s := open(t, "http://127.0.0.1:1", func(o *awsclient.Options) { o.AuditPath = path })
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { s.Audit(awsclient.Change{Action: "s3:DeleteObject", Target: strings.Repeat("x", 5000)}) })
	}
	all.Wait()
	if n := len(auditLines(t, path)); n != 20 {
		t.Errorf("%d lines", n)
	}
}

func TestAnAuditThatCannotBeWrittenIsReportedOnce(t *testing.T) {
	blocker := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocker, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	s := open(t, "http://127.0.0.1:1", func(o *awsclient.Options) {
		o.AuditPath, o.Log = filepath.Join(blocker, "audit.jsonl"), slog.New(slog.NewTextHandler(&log, nil))
	})
	s.Audit(awsclient.Change{Action: "a", Target: "b"})
	s.Audit(awsclient.Change{Action: "a", Target: "b"})
	if n := strings.Count(log.String(), "audit"); n == 0 || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("the log has %q", log.String())
	}
}

func TestWhereTheAuditIs(t *testing.T) {
	t.Setenv("HOME", "/home/jane")
	for state, want := range map[string]string{
		"/var/state": "/var/state/straws/audit.jsonl",
		"":           "/home/jane/.local/state/straws/audit.jsonl",
		"relative":   "/home/jane/.local/state/straws/audit.jsonl",
	} {
		t.Setenv("XDG_STATE_HOME", state)
		if got := awsclient.AuditPath(); got != want {
			t.Errorf("with %q it is %s", state, got)
		}
	}
}
