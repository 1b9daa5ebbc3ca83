package lambda_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// write makes a file in a directory of its own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAPayloadFromAFile(t *testing.T) {
	path := write(t, "event-of-orders.json", "\ufeff{\"id\": 1}\r\n")
	dir := filepath.Dir(path)
	if err := os.Mkdir(filepath.Join(dir, "events"), 0o700); err != nil {
		t.Fatal(err)
	}
	s := at(t, "lambda/echo", 200, 40)
	s.Type("mine").Keys("ctrl+g").Want("load", "from").Paste(dir + "/ev")
	s.Want("event-of-orders.json", "events/").Keys("tab").Want("from  " + dir + "/event").Type("-").Keys("tab")
	s.Want("from  "+path).Keys("enter").Want("✓ valid JSON", `{"id": 1}`).Keys("ctrl+r").Want("✓ 200  succeeded")
	s.Keys("ctrl+u").Want("mine").Keys("ctrl+g").Want(path) // the last one is offered again
}

func TestFilesThatAreNoPayload(t *testing.T) {
	huge := write(t, "huge.json", "")
	if err := os.Truncate(huge, 10_000_000); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, path, want string }{
		{"missing", filepath.Join(filepath.Dir(huge), "nope.json"), "no such file"},
		{"a directory", filepath.Dir(huge), "is a directory"},
		{"too large", huge, "has 10.0 MB, and a payload has at most 6.3 MB"},
		{"a device", "/dev/zero", "is not a regular file"},
		{"not a bucket", "s3://a", "cannot be a bucket"},
		{"no object", "s3://datalake/raw/", "names no object"},
		{"no such object", "s3://datalake/nope.json", "nope.json"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, "lambda/echo", 200, 40)
			s.Type("mine").Keys("ctrl+g").Paste(tt.path).Keys("enter").Want(tt.want).Keys("esc").Want("mine", "› invoke")
		})
	}
}

func TestAPayloadFromS3(t *testing.T) {
	s := at(t, "lambda/echo", 200, 40)
	s.Keys("ctrl+g").Paste("s3://datalake/README.md").Keys("enter").Want("› invoke", "line 1, column 1") // it is no JSON, and says so
	calls := s.account.Calls("s3:GetObject")
	if len(calls) != 1 || aws.ToString(calls[0].Input.(*s3.GetObjectInput).Key) != "README.md" {
		t.Errorf("AWS received %v", calls)
	}
	s.account.Fail("s3:GetObject", demo.Denied)
	s.Keys("ctrl+g").Want("s3://datalake/README.md").Keys("enter").Want("not allowed: s3:GetObject").Keys("esc")
	s.account.Fail("s3:GetObject", demo.Hang)
	s.Impatient().Keys("ctrl+g", "enter").Want("reading").Keys("esc").Want("from").Lack("reading").Keys("esc").Want("› invoke")
}

func TestATextThatIsNotUTF8IsSaid(t *testing.T) {
	path := write(t, "latin1.json", "\"caf\xe9\"")
	s := at(t, "lambda/echo", 200, 40)
	s.Keys("ctrl+g").Paste(path).Keys("enter").Want("line 1, column 5: not UTF-8").Keys("ctrl+r").Want("not sent")
	s.wantInvoked(0)
}

// ownEditor makes a program that is the user's editor.
func ownEditor(t *testing.T, script string) string {
	t.Helper()
	path := write(t, "my editor", "#!/bin/sh\n"+script+"\n")
	if err := os.Chmod(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return "'" + path + "'"
}

func TestThePayloadInTheUsersOwnEditor(t *testing.T) {
	seen := filepath.Join(t.TempDir(), "seen")
	for _, tt := range []struct {
		name, editor string
		want         []string
	}{
		{"changed", ownEditor(t, `echo "$1 $2" > `+seen+`; stat -c %a "$2" >> `+seen+`; printf '{"a":\r\n 2}\r\n' > "$2"`) + " --wait", []string{"✓ valid JSON", `{"a":`, " 2}"}},
		{"unchanged", ownEditor(t, "exit 0"), []string{"the editor changed nothing", `{"a": 1}`}},
		{"given up", ownEditor(t, "exit 3"), []string{"exit status 3; the payload is as it was", `{"a": 1}`}},
		{"file removed", ownEditor(t, `rm "$1"`), []string{"read back from the editor", `{"a": 1}`}},
		{"no such program", "/nowhere/vim -u NONE", []string{"no editor", "/nowhere/vim", "set VISUAL or EDITOR", `{"a": 1}`}},
		{"unclosed quote", `vim "x`, []string{"VISUAL is", "a quote is not closed", `{"a": 1}`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			t.Setenv("VISUAL", tt.editor)
			s := at(t, "lambda/echo", 200, 40)
			s.Paste(`{"a": 1}`).Keys("ctrl+e").Want(tt.want...)
			if left := kept(t, os.TempDir(), "straws-*/*"); len(left) != 0 {
				t.Errorf("left behind: %q", left)
			}
		})
	}
	text, err := os.ReadFile(seen)
	if err != nil || !strings.HasPrefix(string(text), "--wait ") || !strings.HasSuffix(string(text), "/payload.json\n600\n") {
		t.Errorf("the editor saw %q, %v", text, err)
	}
}
