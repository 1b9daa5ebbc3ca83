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
)

// recording opens the program on an account with a directory to keep things in.
func recording(t *testing.T, dir, target string) screen {
	t.Helper()
	clock := uitest.NewClock()
	account := demo.New(demo.Options{Now: clock.Now})
	cfg := account.Config()
	session, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, StateDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	shell := ui.Options{AWS: session, Services: []pane.Service{lambda.Service(lambda.Options{History: true})}, Target: target}
	return screen{uitest.Start(t, clock, shell, 140, 40), t, account}
}

func TestEveryRunIsInTheHistory(t *testing.T) {
	s := at(t, "lambda/calculate_mean", 140, 40)
	s.Type(`{"nums":[1,2,3]}`).Keys("ctrl+r").Advance(time.Second).Keys("ctrl+r")
	s.Keys("ctrl+n", "/").Type("dry").Keys("enter", "ctrl+r")
	s.account.Fail("lambda:Invoke", demo.Denied)
	s.Keys("ctrl+r", "tab", "H")
	s.Want("✓ 200  succeeded", "✓ 204  would be allowed", "✗ did not run", "4 runs", "of 128 MB", "dry run", "16 B")
	s.Want("duration  ", "memory    ", "at most", "1 cold start in 2 runs")
	s.Keys("G", "enter").Want("── payload ──", `"nums": [`, "── answer ──", `"body": 2.0`, "── log tail ──", "qualifier $LATEST")
	s.Keys("|").Type(".body").Keys("enter").Want("jq .body", "2").Lack("log tail")
}

func TestARunIsMadeAgain(t *testing.T) {
	s := at(t, "lambda/calculate_mean:live", 140, 40)
	s.Paste(`{"nums":[4]}`).Keys("ctrl+r").Want(`"body": 4.0`)
	s.Keys("ctrl+k", "g", "enter", "ctrl+u").Paste(`{"nums":[100]}`) // something else since then
	s.Keys("tab", "H", "x").Want(`{"nums":[4]}`, "qualifier live", `"body": 4.0`)
	s.wantInvoked(2)
	if q := s.invoked().Qualifier; q == nil || *q != "live" {
		t.Errorf("AWS received %v", q)
	}
}

func TestTwoRunsAreCompared(t *testing.T) {
	s := at(t, "lambda/echo", 140, 40)
	s.Paste(`{"a":1,"same":true}`).Keys("ctrl+r").Advance(time.Second)
	s.Keys("ctrl+u").Want("no payload")
	s.Paste(`{"a":2,"same":true}`).Keys("ctrl+r")
	s.Keys("tab", "H", "=").Want("Compare: mark two runs")
	s.Keys("space", "space", "=").Want("what differs", `-  "a": 1,`, `+  "a": 2,`, `   "same": true`, "the payloads differ too")
}

func TestRunsWithTheSameAnswer(t *testing.T) {
	s := at(t, "lambda/echo", 140, 40)
	s.Type("{}").Keys("ctrl+r").Advance(time.Second).Keys("ctrl+r", "tab", "H", "space", "space", "=").Want("the answers are the same")
}

func TestTheHistoryOutlivesTheProgram(t *testing.T) {
	dir := t.TempDir()
	s := recording(t, dir, "lambda/calculate_mean")
	s.Type(`{"nums":[1,2,3]}`).Keys("ctrl+r").Want(`"body": 2.0`)
	s = recording(t, dir, "lambda/calculate_mean")
	s.Keys("tab", "H").Want("✓ 200  succeeded").Keys("enter").Want(`"body": 2.0`, `"nums": [`)
	s.wantInvoked(0)
}

func TestADamagedRunIsSaidAndTheOthersStay(t *testing.T) {
	dir := t.TempDir()
	s := recording(t, dir, "lambda/echo")
	s.Type(`"one"`).Keys("ctrl+r").Advance(time.Second).Keys("ctrl+r")
	files, err := filepath.Glob(filepath.Join(dir, "runs", "*", "*", "*", "*.run"))
	if err != nil || len(files) != 2 {
		t.Fatalf("the files are %q, %v", files, err)
	}
	if err := os.Truncate(files[0], 40); err != nil {
		t.Fatal(err)
	}
	s.Keys("tab", "H").Want("✗ damaged: its first line is not whole", "✓ 200  succeeded", "2 runs")
	s.Keys("G", "x").Want("its file is damaged").Keys("enter").Want("the file is left as it is", filepath.Base(files[0]), `{"ID":"`)
	s.wantInvoked(2)
}

func TestARunThatCannotBeKeptIsShownAllTheSame(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "runs"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := recording(t, dir, "lambda/echo")
	s.Type(`"one"`).Keys("ctrl+r").Want("✓ 200  succeeded", "the run is not in the history")
}

func TestNoHistoryWhereNoneIsWanted(t *testing.T) {
	s := with(t, "lambda/echo", 120, 40, setup{forgets: true})
	s.Type("{}").Keys("ctrl+r").Want("succeeded").Keys("tab", "H").Want("no history is kept", "history = false")
}

func TestSecretsStayInTheirOwnFiles(t *testing.T) {
	dir := t.TempDir()
	s := recording(t, dir, "lambda/echo")
	s.Type(`"hunter2"`).Keys("ctrl+r").Want("succeeded")
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 && path != dir {
			t.Errorf("%s can be read by others: %v", path, info.Mode())
		}
		return err
	})
	if err != nil || strings.Contains(s.Frame(), "not in the history") {
		t.Errorf("%v:\n%s", err, s.Frame())
	}
}
