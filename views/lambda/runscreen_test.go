package lambda_test

import (
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// invoked is the last invocation that AWS received.
func (s screen) invoked() *sdk.InvokeInput {
	s.t.Helper()
	calls := s.account.Calls("lambda:Invoke")
	if len(calls) == 0 {
		s.t.Fatal("AWS received no invocation")
	}
	return calls[len(calls)-1].Input.(*sdk.InvokeInput)
}

func TestTheQualifierIsPicked(t *testing.T) {
	s := at(t, "lambda/resize-image", 120, 40)
	s.Keys("ctrl+k").Want("$LATEST  ✓", "live", "10 %", "90 %", "version of")
	s.Keys("j", "enter").Want("qualifier live")
	s.Type(`{"key":"a/b.png"}`).Keys("ctrl+r").Want("✓ 200  succeeded", "version 3")
	if q := s.invoked().Qualifier; q == nil || *q != "live" {
		t.Errorf("AWS received %v", q)
	}
	s.Keys("ctrl+k").Want("live  ✓").Keys("g", "enter").Want("qualifier $LATEST").Keys("ctrl+r")
	if q := s.invoked().Qualifier; q != nil {
		t.Errorf("AWS received %q", *q)
	}
}

func TestWithoutPermissionOnlyTheLatestIsOffered(t *testing.T) {
	s := at(t, "lambda/resize-image", 120, 40)
	s.account.Fail("lambda:ListAliases", demo.Denied)
	s.account.Fail("lambda:ListVersionsByFunction", demo.Denied)
	s.Keys("ctrl+k").Want("only $LATEST is known", "not allowed: lambda:ListAliases").Lack("live")
	s.Keys("enter").Want("qualifier $LATEST")
	s.account.Heal("lambda:ListAliases")
	s.Keys("ctrl+k").Want("not all are known", "lambda:ListVersionsByFunction", "live")
}

func TestTheModeIsPicked(t *testing.T) {
	tests := []struct {
		name, pick, want string
		kind             string
	}{
		{"wait", "wait", "✓ 200  succeeded", "RequestResponse"},
		{"async", "async", "✓ 202  queued", "Event"},
		{"dry run", "dry run", "✓ 204  would be allowed", "DryRun"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, "lambda/echo", 120, 40)
			s.Keys("ctrl+n").Want("up to 1 MB", "nothing runs").Keys("/").Type(tt.pick).Keys("enter")
			s.Want("$LATEST   " + tt.pick).Type("{}").Keys("ctrl+r").Want(tt.want)
			if got := string(s.invoked().InvocationType); got != tt.kind {
				t.Errorf("AWS received %s", got)
			}
		})
	}
}

func TestTheLimitIsThatOfTheMode(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Paste(`"` + strings.Repeat("x", 2<<20) + `"`).Want("✓ valid JSON")
	s.Keys("ctrl+n", "/").Type("async").Keys("enter").Want("more than the 1,048,576")
	s.Keys("ctrl+r").Want("not sent")
	s.wantInvoked(0)
}

func TestTheClientContext(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Keys("ctrl+n", "/").Type("client").Keys("enter").Want("client context, a JSON object:")
	s.Type("[1]").Keys("enter").Want("has to be a JSON object")
	s.Keys("backspace", "backspace", "backspace").Type(`{"custom":{"a":1}}`).Keys("enter").Want("wait   client context")
	s.Keys("ctrl+r").Want("succeeded")
	if got := s.invoked().ClientContext; got == nil || *got != "eyJjdXN0b20iOnsiYSI6MX19" {
		t.Errorf("AWS received %v", got)
	}
}

func TestAStreamComesOntoTheScreen(t *testing.T) {
	s := with(t, "lambda/slow", 120, 40, setup{thin: true})
	s.Keys("ctrl+n", "/").Type("stream").Keys("enter").Want("$LATEST   stream").Type(`{"seconds":8}`)
	s.Impatient().Keys("ctrl+r").Want("running")
	s.Advance(2 * time.Second)
	s.account.Advance(0)
	s.Settle().Advance(2*time.Second).Want("so far", `{"wa`).Lack("succeeded")
	s.Advance(8 * time.Second)
	s.account.Advance(0)
	s.Patient().Settle().Want("✓ 200  succeeded", `"waited": 8.0`, "REPORT RequestId")
	s.wantInvoked(0)
	if n := len(s.account.Calls("lambda:InvokeWithResponseStream")); n != 1 {
		t.Errorf("AWS received %d invocations", n)
	}
}

func TestAStreamingURLChoosesTheMode(t *testing.T) {
	s := at(t, "lambda/nightly-report", 120, 40).Want("$LATEST   stream")
	s.Keys("ctrl+r").Want("3 reports written")
	at(t, "lambda/resize-image", 120, 40).Want("$LATEST   wait") // its URL does not stream
}

func TestARunThatIsLeftBehindWaitsForItsUser(t *testing.T) {
	s := with(t, "lambda", 120, 40, setup{thin: true}).on("slow")
	s.Keys("x").Impatient().Keys("ctrl+r").Want("running")
	s.Keys("tab", ":").Type("ec2").Keys("esc", "0", "1").Want("slow › invoke", "running") // another pane, and back
	s.Keys(":").Type("lambda/echo").Keys("enter").Want("echo › invoke")                   // the screen is gone
	s.Advance(15 * time.Second)
	s.account.Advance(0)
	s.Patient().Settle()
	s.Keys("tab", ":").Type("lambda/slow").Keys("enter").Want("✓ 200  succeeded", `"waited": 12.0`)
	s.wantInvoked(1)
	s.Keys("tab", "H").Want("history", "✓ 200  succeeded")
}

func TestARunInFlightIsFoundAgain(t *testing.T) {
	s := with(t, "lambda", 120, 40, setup{thin: true}).on("slow")
	s.Keys("x").Impatient().Keys("ctrl+r").Want("running")
	s.Keys("tab", ":").Type("lambda/slow").Keys("enter").Want("running", "of 30 s")
	s.Keys("ctrl+r").Want("still running")
	s.Keys("esc").Want("stopped waiting")
	s.Patient().Settle()
	s.wantInvoked(1)
	s.Keys("tab", "H").Want("◐ not waited for")
}

func TestALostAnswerIsLookedForInTheLogs(t *testing.T) {
	lost := demo.Reset
	lost.After, lost.Times = true, 1
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		s := at(t, "lambda/calculate_mean", size[0], size[1])
		s.account.Fail("lambda:Invoke", lost)
		s.Type(`{"nums":[1,2,3]}`).Keys("ctrl+r")
		for range 4 {
			s.Advance(5 * time.Second)
		}
		s.Want("found in the logs: it ran to its end", "its answer is lost", "of 128 MB", "mean of 3 numbers")
		s.wantInvoked(1)
		s.Keys("tab", "H").Want("◐ ran, answer lost", "of 128 MB")
	}
}

func TestARunThatNeverWasIsGivenUp(t *testing.T) {
	s := at(t, "lambda/echo", 160, 40)
	s.account.Fail("lambda:Invoke", demo.Reset)
	s.Type("{}").Keys("ctrl+r").Want("outcome unknown", "looking for it in /aws/lambda/echo")
	s.Advance(time.Minute).Want("outcome unknown", "most likely it has not run")
	calls := len(s.account.Calls("logs:FilterLogEvents"))
	s.Advance(time.Hour)
	if n := len(s.account.Calls("logs:FilterLogEvents")); n != calls {
		t.Errorf("the logs were asked %d times more", n-calls)
	}
	s.wantInvoked(1)
}

func TestTheSearchSaysWhyItCannotBeMade(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.account.Fail("lambda:Invoke", demo.Reset)
	s.account.Fail("logs:FilterLogEvents", demo.Denied)
	s.Type("{}").Keys("ctrl+r").Want("outcome unknown", "the logs cannot be read", "logs:FilterLogEvents")
	s.wantInvoked(1)
}

func TestAnAnswerOfSixMegabytes(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Paste("[" + strings.Repeat("12345678,", 600_000) + "4711]").Keys("ctrl+r").Want("✓ 200  succeeded")
	s.Keys("tab", "G").Want("REPORT RequestId", "4711")
	s.Keys("/").Type("4711").Keys("enter").Want("4711: 1 line")
	s.Keys("|").Type("length").Keys("enter").Want("600001").Keys("esc", "g").Want("12345678")
}

func TestTheAnswerIsSearchedAndNarrowed(t *testing.T) {
	s := at(t, "lambda/echo", 120, 40)
	s.Paste(`{"items":[{"id":1},{"id":22}]}`).Keys("ctrl+r", "tab")
	s.Keys("/").Type("id").Keys("enter").Want("id: ")
	s.Keys("|").Want("jq ").Type(".items[1].id").Keys("enter").Want("jq .items[1].id", "22").Lack("REPORT")
	s.Keys("esc").Want("REPORT").Keys("tab").Want("payload")
}

func TestAnswersThatAreNotJSON(t *testing.T) {
	s := at(t, "lambda/nightly-report", 120, 40)
	s.Keys("ctrl+r").Want("3 reports written").Lack("not JSON")
}

func TestTheRuntimeThatCannotStart(t *testing.T) {
	s := at(t, "lambda/legacy-invoices", 120, 40)
	s.Keys("ctrl+r").Want("✗ failed  Runtime.ExitError", "process ended before it answered", "invoice-server: not found")
}

func TestMemoryThatIsFarTooLarge(t *testing.T) {
	s := at(t, "lambda/order-events", 120, 40)
	s.Type(`{"orderId":"7"}`).Keys("ctrl+r").Want("succeeded", "memory is far too large: 203 of 2048 MB used; 320 MB")
	s = with(t, "lambda/slow", 120, 40, setup{thin: true})
	s.Type(`{"seconds":28}`).Impatient().Keys("ctrl+r")
	s.Advance(30 * time.Second)
	s.account.Advance(0)
	s.Patient().Settle().Want("close to the timeout: 28.0 of 30 s")
}

func TestTheLastPayloadIsRunAgainFromTheList(t *testing.T) {
	s := list(t).on("echo")
	s.Keys("x").Paste(`"` + strings.Repeat("x", 100_000) + `"`).Keys("ctrl+r").Want("succeeded")
	s.Keys("esc", ".").Want("succeeded")
	s.wantInvoked(2)
	if n := len(s.invoked().Payload); n != 100_002 {
		t.Errorf("AWS received %d bytes", n)
	}
	s = list(t).on("echo")
	s.Keys("x", "ctrl+r").Want("succeeded").Keys("esc", ".").Want("succeeded") // nothing is a payload too
	s.wantInvoked(2)
}
