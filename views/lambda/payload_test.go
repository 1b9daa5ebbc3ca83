package lambda_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/uitest"
	"straws/views/lambda"

	tea "charm.land/bubbletea/v2"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// storing opens the program at a target, with a directory for what it keeps.
func storing(t *testing.T, dir, target string) screen {
	t.Helper()
	return storingWith(t, dir, target, "", demo.Fault{})
}

// storingWith is storing in front of an account in which an operation fails.
func storingWith(t *testing.T, dir, target, op string, f demo.Fault) screen {
	t.Helper()
	clock := uitest.NewClock()
	account := demo.New(demo.Options{Now: clock.Now})
	if op != "" {
		account.Fail(op, f)
	}
	cfg := account.Config()
	session, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, StateDir: dir, AuditPath: filepath.Join(dir, "audit.jsonl")})
	if err != nil {
		t.Fatal(err)
	}
	shell := ui.Options{AWS: session, Services: []pane.Service{lambda.Service(lambda.Options{})}, Target: target}
	return screen{uitest.Start(t, clock, shell, 120, 40), t, account}
}

// kept lists the files below dir that match a pattern.
func kept(t *testing.T, dir, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sent is the payload that AWS received last.
func (s screen) sent() string {
	s.t.Helper()
	calls := s.account.Calls("lambda:Invoke")
	if len(calls) == 0 {
		s.t.Fatal("AWS received no invocation")
	}
	return string(calls[len(calls)-1].Input.(*sdk.InvokeInput).Payload)
}

func TestTheMistakeIsNamedWhileTyping(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Type(`{"a"`).Want("the value is not complete").Type(`: 1`).Want("not complete").Type("}").Want("✓ valid JSON", "8 B")
	s.Keys("enter").Type("x").Want("line 2, column 1").Keys("backspace", "backspace").Want("✓ valid JSON")
}

func TestARefusedRunShowsTheMistake(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Paste("{\n  \"a\": 1,\n  oops\n}").Keys("ctrl+r").Want("not sent: line 3, column 3")
	s.Keys("delete", "delete", "delete", "delete").Type(`"b": 2`).Keys("ctrl+r").Want("✓ 200  succeeded")
	if want := "{\n  \"a\": 1,\n  \"b\": 2\n}"; s.sent() != want {
		t.Errorf("AWS received %q", s.sent())
	}
}

func TestUndoAndRedoOfThePayload(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Type("[1]").Paste("\n\n2").Want("line 3, column 1").Keys("ctrl+u").Want("✓ valid JSON", "[1]").Keys("ctrl+y").Want("line 3, column 1")
}

func TestFormatting(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Keys("ctrl+f").Want("nothing to format")
	s.Paste(`{"id":12345678901234567890,"list":[1,2],"html":"<b>"}`).Keys("ctrl+f")
	s.Want(`  "id": 12345678901234567890,`, `    2`, `  "html": "<b>"`)
	s.Keys("ctrl+f").Want("formatted already").Keys("ctrl+u").Want(`{"id":12345678901234567890,"list":[1,2],"html":"<b>"}`)
	s.Type("}").Keys("ctrl+home", "ctrl+f").Want("not formatted: line 1, column")
	s.Keys("delete").Want("✓ valid JSON") // the cursor is at the mistake
}

func TestTwoHundredThousandLines(t *testing.T) {
	s := at(t, "lambda/echo", 120, 30)
	s.Paste("["+strings.Repeat("0,\n", 200_000)+"4711]").Want("✓ valid JSON", "600.0 kB", "4711]")
	s.Keys("pgup", "ctrl+home").Type(" ").Want(" [0,").Keys("ctrl+end").Want("4711]", "✓ valid JSON")
	s.Keys("backspace", "enter").Want("the value is not complete").Keys("ctrl+r").Want("not sent: line 200001, column")
	s.wantInvoked(0)
	s.Keys("ctrl+u").Want("not complete").Keys("ctrl+u").Want("✓ valid JSON").Keys("ctrl+r").Want("✓ 200  succeeded")
	s.wantInvoked(1)
}

func TestALongPayloadIsLookedAtAwayFromTheKeys(t *testing.T) {
	s := at(t, "lambda/echo", 120, 30)
	s.Send(tea.PasteMsg{Content: "[" + strings.Repeat("0,", 100_000) + "1]"})
	s.Want("looking at the payload")
	s.Burst("ctrl+r").Want("not sent: the payload is still being looked at")
	s.Burst("x").Want("looking at the payload") // the verdict on the text before it does not count
	s.Settle().Want("line 1, column")
	s.wantInvoked(0)
}

func TestAPayloadOverTheLimit(t *testing.T) {
	s := at(t, "lambda/echo", 120, 30)
	s.Paste(`"` + strings.Repeat("x", 6<<20) + `"`).Want("6,291,458 bytes are more than the 6,291,456 that Lambda takes")
	s.Keys("ctrl+r").Want("not sent")
	s.wantInvoked(0)
	s.Keys("left", "backspace", "backspace").Want("✓ valid JSON")
}

func TestTheLimitOfAnAsyncRunIsSmaller(t *testing.T) {
	s := at(t, "lambda/echo", 120, 30)
	s.Paste(`"` + strings.Repeat("x", 2<<20) + `"`).Want("✓ valid JSON")
	s.Keys("ctrl+n", "/").Type("async").Keys("enter").Want("2,097,154 bytes are more than the 1,048,576 that Lambda takes")
}

func TestThePayloadOutlivesACrash(t *testing.T) {
	dir := t.TempDir()
	s := storing(t, dir, "lambda/echo")
	s.Type(`{"a": `)
	s.Advance(2 * time.Second) // and here the program is killed
	files := kept(t, dir, "drafts/*/eu-west-1/echo.json")
	if len(files) != 1 {
		t.Fatalf("the drafts are %q", files)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	again := storing(t, dir, "lambda/echo")
	again.Want(`{"a": `, "not complete").Type("1}").Want("✓ valid JSON")
	storing(t, dir, "lambda/slow").Lack(`{"a"`) // another function has its own
}

func TestADraftIsKeptWhenTheScreenIsLeft(t *testing.T) {
	dir := t.TempDir()
	s := storing(t, dir, "lambda/echo")
	s.Type("[1]").Paste("  ").Keys("backspace", "backspace", "esc").Lack("› invoke")
	storing(t, dir, "lambda/echo").Want("[1]", "✓ valid JSON")
	s.Keys("x").Want("[1]").Keys("backspace", "backspace", "backspace", "esc") // emptied
	if files := kept(t, dir, "drafts/*/*/*"); len(files) != 0 {
		t.Errorf("an empty payload leaves %q", files)
	}
}

func TestADraftThatCannotBeKeptIsSaidOnce(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "drafts"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := storing(t, dir, "lambda/echo")
	s.Type("1").Want("a crash would lose this payload").Type("2")
	s.Advance(2 * time.Second).Lack("crash").Want("✓ valid JSON")
}

func TestTemplates(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Type("mine").Keys("ctrl+t").Want("template", "S3 put", "API Gateway v2", "Kinesis stream", "Cognito")
	s.Keys("/").Type("dynamo").Keys("enter").Want("✓ valid JSON", `"Records"`, `"dynamodb"`)
	s.Keys("ctrl+r").Want("✓ 200  succeeded")
	if !strings.Contains(s.sent(), "arn:aws:dynamodb:eu-west-1:123456789012:table/my-table") {
		t.Errorf("AWS received %s", s.sent())
	}
	s.Keys("ctrl+u").Want("mine")
}
