package lambda_test

import (
	"os"
	"strings"
	"testing"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/schemas"
)

func TestASharedEventIsLoadedAndRun(t *testing.T) {
	s := at(t, "lambda/calculate_mean", 120, 40)
	s.Keys("ctrl+o").Want("events", "one-to-ten", "three-numbers", "shared", `{ "nums": [ 1, 2, 3 ] }`)
	s.Keys("/").Type("three").Keys("enter", "enter").Want("event three-numbers", `    1,`, "✓ valid JSON")
	s.Keys("ctrl+r").Want(`"body": 2.0`)
	s.wantInvoked(1)
}

func TestAnEventIsSavedOnThisMachine(t *testing.T) {
	dir := t.TempDir()
	s := storing(t, dir, "lambda/echo")
	s.Type("[1]").Keys("ctrl+s").Want("save event", "● local", "○ shared with the Console and SAM")
	s.Keys("enter").Want("an event needs a name").Type("my event").Lack("needs a name").Keys("enter")
	s.Want("saved my event on this machine", "event my event", "› invoke")
	files := kept(t, dir, "events/*/eu-west-1/echo/*")
	if len(files) != 1 || !strings.HasSuffix(files[0], "my%20event.json") {
		t.Fatalf("the files are %q", files)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	s.Keys("backspace").Type(", 2]").Keys("ctrl+s").Want("my event").Keys("enter").Want("enter again replaces it", "local   my event")
	s.Keys("enter").Want("saved my event")
	again := storing(t, dir, "lambda/echo")
	again.Keys("ctrl+o").Want("1 event", "my event", "local", "[1, 2]")
	again.Keys("D").Want("my event").Type("my event").Keys("enter").Want("no events are saved for this function")
	if files := kept(t, dir, "events/*/*/*/*"); len(files) != 0 {
		t.Errorf("after deleting there are %q", files)
	}
	if text, _ := os.ReadFile(dir + "/audit.jsonl"); strings.Contains(string(text), "schemas") {
		t.Errorf("the audit log tells of what did not happen in AWS: %s", text)
	}
	if n := len(s.account.Calls("schemas:UpdateSchema")) + len(s.account.Calls("schemas:CreateSchema")); n != 0 {
		t.Errorf("AWS was changed %d times", n)
	}
}

func TestAnEventIsShared(t *testing.T) {
	dir := t.TempDir()
	s := storing(t, dir, "lambda/echo")
	s.Type(`{"id":12345678901234567890}`).Keys("ctrl+s").Type("big").Keys("tab").Want("● shared").Keys("enter").Want("share event big: done")
	in := s.account.Calls("schemas:CreateSchema")[0].Input.(*schemas.CreateSchemaInput)
	if aws.ToString(in.SchemaName) != "_echo-schema" || !strings.Contains(aws.ToString(in.Content), `"examples":{"big":{"value":{"id":12345678901234567890}}}`) {
		t.Errorf("AWS received %s %s", aws.ToString(in.SchemaName), aws.ToString(in.Content))
	}
	s.Keys("ctrl+s", "tab", "enter").Want("there is a shared event big already").Keys("enter").Want("share event big: done")
	s.Keys("ctrl+o").Want("1 event", "big", "shared").Keys("D").Want("schemas:DeleteSchema", "the Console and the SAM CLI too")
	s.Type("big").Keys("enter").Want("no events are saved")
	text, _ := os.ReadFile(dir + "/audit.jsonl")
	if n := strings.Count(string(text), "shared event big of function echo"); n != 3 || strings.Contains(string(text), "1234567890123") {
		t.Errorf("the audit log has %d lines of it: %s", n, text)
	}
}

// Two deletes at once must not bring back what the other one has deleted: the
// events of a function are one document.
func TestSharedEventsAreDeletedTogether(t *testing.T) {
	s := at(t, "lambda/calculate_mean", 120, 40)
	s.Keys("ctrl+o", "*", "D").Type("2").Keys("enter").Want("no events are saved")
	if n := len(s.account.Calls("schemas:DeleteSchema")); n != 1 {
		t.Errorf("the schema was deleted %d times", n)
	}
}

func TestWithoutThePermissionOnlyLocalEventsAreOffered(t *testing.T) {
	s := storingWith(t, t.TempDir(), "lambda/calculate_mean", "schemas:DescribeSchema", demo.Denied)
	s.Paste(`{"nums":[1]}`).Keys("ctrl+s").Type("mine").Keys("tab")
	s.Want("only local events can be saved: not allowed: schemas:DescribeSchema").Keys("enter").Want("not shared: not allowed")
	s.Keys("tab", "enter").Want("saved mine on this machine")
	s.Keys("ctrl+o").Want("mine", "(shared events)", "not allowed: schemas:DescribeSchema")
	s.Keys("G", "enter").Want("Load: not allowed: schemas:DescribeSchema", "ask for schemas:DescribeSchema")
	s.Keys("D").Want("not allowed").Keys("g", "enter").Want("event mine", `{"nums":[1]}`)
	s.account.Heal("*")
	s.account.Fail("schemas:UpdateSchema", demo.Denied)
	s.Keys("ctrl+s", "tab", "enter").Want("not allowed: schemas:UpdateSchema", "› invoke")
}

func TestReadOnlySharesNothing(t *testing.T) {
	s := with(t, "lambda/calculate_mean", 120, 40, setup{readOnly: true})
	s.Type("1").Keys("ctrl+s").Type("one").Keys("tab").Want("only local events can be saved: this session is read-only")
	s.Keys("tab", "enter").Want("saved one").Keys("ctrl+o").Want("three-numbers").Keys("G", "D").Want("read-only")
}

func TestWhatCannotBeSaved(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Keys("ctrl+s").Want("Save event: there is no payload").Type("{").Keys("ctrl+s").Want("Save event: line 1, column 2").Lack("where")
}

func TestAHostileEventIsHarmless(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Paste("\"\\u001b[2J \u202e\"").Keys("ctrl+s").Type("x").Keys("tab", "enter").Want("done")
	// The driver fails on any control character on the screen.
	s.Keys("ctrl+o", "p").Lack("\u202e").Keys("esc", "enter").Want("event x")
}

func TestEventPanesOnEverySize(t *testing.T) {
	for _, size := range [][2]int{{200, 60}, {80, 24}, {40, 8}, {20, 5}} {
		s := at(t, "lambda/calculate_mean", size[0], size[1])
		s.Paste(strings.Repeat("1", 300)).Keys("ctrl+o", "esc", "ctrl+s").Paste(strings.Repeat("name宽", 40)).Keys("enter", "esc", "ctrl+g")
		s.Paste(strings.Repeat("/path宽", 40)).Keys("enter", "esc", "ctrl+t", "esc")
	}
}
