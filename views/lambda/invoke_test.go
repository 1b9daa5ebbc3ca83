package lambda_test

import (
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

func TestTheMeanInOneKey(t *testing.T) {
	s := at(t, "lambda/calculate_mean", 120, 40)
	s.Want("calculate_mean › invoke", "qualifier $LATEST", "timeout 3s", "128 MB")
	s.Type(`{"nums":[1,2,3]}`).Want("✓ valid JSON", "16 B")
	s.Keys("ctrl+r")
	s.Want("✓ 200  succeeded", `"body": 2.0`, "billed", "of 128 MB", "cold start", "≈ $0.000000", "mean of 3 numbers", "REPORT RequestId", "request ")
	s.wantInvoked(1)
	s.Keys("f5").Want(`"body": 2.0`, "runs:").Lack("cold start")
	s.wantInvoked(2)
	in := s.account.Calls("lambda:Invoke")[1].Input.(*sdk.InvokeInput)
	if string(in.Payload) != `{"nums":[1,2,3]}` || in.Qualifier != nil {
		t.Errorf("AWS received %s", in.Payload)
	}
}

func TestFromTheList(t *testing.T) {
	s := list(t).on("mean")
	s.Keys("x").Want("calculate_mean › invoke")
	s.Type(`{"nums": [10, 20]}`).Keys("ctrl+r").Want(`"body": 15.0`)
	s.Keys("esc").Want("9 functions")
	s.Keys("x").Want(`{"nums": [10, 20]}`) // the last payload is still there
	s.Keys("ctrl+r").Want("15.0")
	s.wantInvoked(2)
}

func TestAnAlias(t *testing.T) {
	s := at(t, "lambda/calculate_mean:live", 120, 40)
	s.Want("qualifier live").Type(`{"nums":[1]}`).Keys("ctrl+r").Want("version 2", `"body": 1.0`)
}

func TestAFunctionThatRaises(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}} {
		s := at(t, "lambda/always-fails", size[0], size[1])
		s.Keys("ctrl+r")
		s.Want("✗ failed  ZeroDivisionError: division by zero", "line 9, in ratio")
		s.Lack("succeeded")
		if frame := s.Frame(); strings.Index(frame, "ZeroDivisionError") > strings.Index(frame, "in ratio") {
			t.Errorf("the error does not come first:\n%s", frame)
		}
	}
}

func TestNothingIsSentThatIsNotJSON(t *testing.T) {
	tests := []struct{ name, payload, want string }{
		{"trailing comma", `{"a":1,}`, "line 1, column 8"},
		{"second line", "{\n  'a': 1}", "line 2, column 3"},
		{"unfinished", `{"a":`, "not complete"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := at(t, "lambda/echo", 120, 40)
			s.Paste(tt.payload).Want(tt.want).Keys("ctrl+r").Want("not sent", tt.want)
			s.wantInvoked(0)
		})
	}
}

func TestAnyJSONValueAndNone(t *testing.T) {
	for _, payload := range []string{`null`, `12345678901234567890`, `"x"`, `[]`, ``} {
		s := at(t, "lambda/echo", 120, 40)
		s.Paste(payload).Keys("ctrl+r").Want("✓ 200  succeeded", payload)
		s.wantInvoked(1)
	}
}

func TestReadOnlyRefuses(t *testing.T) {
	s := with(t, "lambda/echo", 120, 40, setup{readOnly: true})
	s.Type("{}").Keys("ctrl+r").Want("read-only", "{}")
	s.wantInvoked(0)
	s.Keys("tab", "ctrl+r").Want("read-only")
	s.wantInvoked(0)
}

func TestASlowFunction(t *testing.T) {
	s := with(t, "lambda/slow", 120, 40, setup{thin: true})
	s.Impatient().Keys("ctrl+r")
	s.Want("of 30 s", "esc stops waiting (the function runs on)")
	s.Advance(4 * time.Second).Want("running 4.0 s")
	s.wantInvoked(1)
	s.Keys("ctrl+r").Want("still running")
	s.wantInvoked(1)
	s.Keys("tab", "?").Want("help").Keys("esc") // other keys are answered
	s.Resize(80, 24).Want("running 5.2 s").Resize(120, 40)
	s.Advance(9 * time.Second)
	s.account.Advance(0) // wakes what waits for the account's clock
	s.Patient().Settle()
	s.Want("✓ 200  succeeded", `"waited": 12.0`, "12.0 s")
	s.wantInvoked(1)
}

func TestTheElapsedTimeMovesTenTimesASecond(t *testing.T) {
	s := at(t, "lambda/slow", 120, 40)
	s.Impatient().Keys("ctrl+r").Want("running 0.0 s")
	s.Advance(100 * time.Millisecond).Want("running 0.1 s")
	s.Advance(200 * time.Millisecond).Want("running 0.3 s")
}

func TestTheResultIsThereAfterComingBack(t *testing.T) {
	s := with(t, "lambda/slow", 120, 40, setup{thin: true})
	s.Impatient().Keys("ctrl+r", "tab", "0").Want("9 functions")
	s.Advance(13 * time.Second)
	s.account.Advance(0)
	s.Patient().Settle()
	s.Keys("1").Want("slow › invoke", `"waited": 12.0`)
	s.wantInvoked(1)
}

func TestEscStopsWaitingOnce(t *testing.T) {
	s := with(t, "lambda/slow", 120, 40, setup{thin: true})
	s.Impatient().Keys("ctrl+r")
	s.Advance(2 * time.Second).Keys("esc")
	s.Want("stopped waiting", "the function runs on", "/aws/lambda/slow", "slow › invoke")
	s.Patient().Settle()
	s.Advance(time.Minute)
	s.account.Advance(0)
	s.Want("stopped waiting").Lack("succeeded", "canceled")
	s.wantInvoked(1)
	s.Keys("esc").Lack("› invoke")
	s.wantInvoked(1)
}

func TestALostConnectionLeavesTheOutcomeUnknown(t *testing.T) {
	s := with(t, "lambda/echo", 80, 24, failing("lambda:Invoke", demo.Reset))
	a := s.account
	s.Type("{}").Keys("ctrl+r").Want("outcome unknown", "may have run", "{}")
	s.wantInvoked(1)
	a.Fail("lambda:Invoke", demo.Internal)
	s.Keys("ctrl+r").Want("outcome unknown")
	s.wantInvoked(2)
	a.Heal("*")
	s.Keys("ctrl+r").Want("✓ 200  succeeded").Lack("outcome unknown")
	s.wantInvoked(3)
}

func TestThrottledIsTriedAgain(t *testing.T) {
	s := with(t, "lambda/echo", 80, 24, failing("lambda:Invoke", demo.Fault{Code: "TooManyRequestsException", Status: 429, Times: 1}))
	s.Type("{}").Keys("ctrl+r").Want("✓ 200  succeeded")
	s.wantInvoked(2) // a throttled one did not run
}

func TestAnUnknownFunction(t *testing.T) {
	s := at(t, "lambda/nope", 80, 24)
	s.Want("nope").Keys("ctrl+r").Want("not")
	s.wantInvoked(1)
}

func TestTheWholeAnswerAndItsParts(t *testing.T) {
	s := at(t, "lambda/echo", 100, 30)
	s.Paste(`{"items":[{"id":1},{"id":2}]}`).Keys("ctrl+r", "tab", "enter")
	s.Want("› answer", `"items"`)
	s.Keys("|").Type(".items[1].id").Keys("enter").Want("2").Lack(`"items"`)
	s.Keys("esc", "esc").Want("echo › invoke")
	s.Keys("y").Want("answer", "log", "request id", "command: Run").Keys("enter")
	if s.Clipboard() != `{"items":[{"id":1},{"id":2}]}` {
		t.Errorf("copied %q", s.Clipboard())
	}
}

func TestAHostileAnswerIsHarmless(t *testing.T) {
	s := at(t, "lambda/echo", 80, 24)
	// The driver fails on any control character on the screen.
	s.Paste("\"\\u001b]52;c;eA==\\u0007 \u202e \u009b31m\"").Keys("ctrl+r").Want("succeeded").Lack("\u202e")
	s.Keys("tab", "G", "g", "w")
}

func TestALongAnswerScrollsToItsEnd(t *testing.T) {
	s := at(t, "lambda/echo", 120, 30)
	s.Paste("[" + strings.Repeat("0,\n", 3000) + "4711]").Keys("ctrl+r").Want("succeeded").Lack("│   4711")
	s.Keys("tab", "G").Want("REPORT", "│   4711")
}

func TestInvokeOnEverySize(t *testing.T) {
	for _, size := range [][2]int{{200, 60}, {120, 40}, {100, 30}, {80, 24}, {40, 8}, {20, 5}} {
		s := at(t, "lambda/calculate_mean", size[0], size[1])
		s.Paste(`{"nums":[1,2,3]}`).Keys("ctrl+r", "tab", "G", "tab")
		if size[0] >= 40 {
			s.Want("200  succeeded")
		}
	}
}
