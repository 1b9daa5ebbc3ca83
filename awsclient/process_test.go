//go:build unix

package awsclient_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"straws/awsclient"
)

const goodKeys = `echo '{"Version":1,"AccessKeyId":"AKIAPROC","SecretAccessKey":"S"}'`

// processHome has a profile "proc" whose credentials come from a script, and
// "role" on top of it.
func processHome(t *testing.T, script string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.sh")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	home(t, fmt.Sprintf(`
[profile proc]
region = eu-west-1
credential_process = sh %s
[profile role]
role_arn = arn:aws:iam::1:role/Admin
source_profile = proc
`, path), "")
}

func TestACredentialProcessIsKeptOffTheScreen(t *testing.T) {
	// It says what it got on standard input and whether it can reach a terminal.
	processHome(t, `cat >&2; if (: </dev/tty) 2>/dev/null; then echo tty >&2; exit 1; fi; echo noise >&2; `+goodKeys)
	screen, err := os.CreateTemp(t.TempDir(), "screen")
	if err != nil {
		t.Fatal(err)
	}
	stderr, stdin := os.Stderr, os.Stdin
	os.Stderr, os.Stdin = screen, screen
	defer func() { os.Stderr, os.Stdin = stderr, stdin }()

	var signed string
	fake := newWire(t, func(w http.ResponseWriter, r *http.Request) {
		signed = r.Header.Get("Authorization")
		says(200, xmlType, "<ListAllMyBucketsResult/>")(w, r)
	})
	s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "proc", Endpoint: fake.URL})
	if err != nil {
		t.Fatal(err)
	}
	if err := listBuckets(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(signed, "AKIAPROC") {
		t.Errorf("signed %q", signed)
	}
	if text, _ := os.ReadFile(screen.Name()); len(text) > 0 {
		t.Errorf("on the screen: %q", text)
	}
}

func TestACredentialProcessBelowARole(t *testing.T) {
	processHome(t, goodKeys)
	var signed []string
	fake := newWire(t, func(w http.ResponseWriter, r *http.Request) {
		signed = append(signed, r.Header.Get("Authorization"))
		if strings.Contains(r.Header.Get("Authorization"), "/sts/") {
			says(200, "text/xml", `<R><AssumeRoleResult><Credentials><AccessKeyId>AKIAROLE</AccessKeyId><SecretAccessKey>S</SecretAccessKey>
				<SessionToken>T</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></R>`)(w, r)
			return
		}
		says(200, xmlType, "<ListAllMyBucketsResult/>")(w, r)
	})
	t.Setenv("AWS_ENDPOINT_URL", fake.URL)
	s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "role"})
	if err != nil {
		t.Fatal(err)
	}
	if err := listBuckets(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	if len(signed) != 2 || !strings.Contains(signed[0], "AKIAPROC") || !strings.Contains(signed[1], "AKIAROLE") {
		t.Errorf("signed %q", signed)
	}
}

func TestACredentialProcessThatFails(t *testing.T) {
	tests := []struct{ name, script, says string }{
		{"with a reason", "echo first >&2; echo 'session expired, run corp login' >&2; exit 3", "credential_process of profile proc failed: exit status 3: session expired, run corp login"},
		{"after much talk", "head -c 1000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo sorry >&2; exit 1", "credential_process of profile proc failed: exit status 1: sorry"},
		{"without a word", "exit 1", "credential_process of profile proc failed: exit status 1"},
		{"printing no JSON", "echo TOPSECRET", "credential_process of profile proc failed: it did not print JSON"},
		{"printing half", `echo '{"Version":1,"AccessKeyId":"TOPSECRET"}'`, "credential_process of profile proc failed: it printed no usable credentials"},
		{"printing nothing", "", "credential_process of profile proc failed: it did not print JSON"},
		{"with escapes", `printf '\033[2J' >&2; exit 1`, `credential_process of profile proc failed: exit status 1: \u{1b}[2J`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			processHome(t, test.script)
			s, err := awsclient.Open(t.Context(), awsclient.Options{Profile: "proc", Endpoint: "http://127.0.0.1:1"})
			if err != nil {
				t.Fatal(err)
			}
			e := classified(t, listBuckets(t.Context(), s))
			if e.Kind != awsclient.NoCreds || e.Error() != test.says {
				t.Errorf("kind %v: %v", e.Kind, e)
			}
			if !strings.HasSuffix(e.Hint(), "aws sts get-caller-identity --profile proc") {
				t.Errorf("hint %q", e.Hint())
			}
			if all := fmt.Sprint(e.Err, s.Trace().Calls()); strings.Contains(all, "TOPSECRET") {
				t.Errorf("its output is in %s", all)
			}
		})
	}
}
