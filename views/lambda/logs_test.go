package lambda_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"straws/awsclient/demo"

	tea "charm.land/bubbletea/v2"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

const filterLogs = "logs:FilterLogEvents"

// inLogs opens the logs of a function from the list, in a bubble whose clock
// jumps over the waits of the limiter.
func inLogs(t *testing.T, function string, o setup, story func(t *testing.T, s screen)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := with(t, "lambda", 120, 40, o)
		s.on(function).Keys("L")
		story(t, s)
	})
}

// asked is how often AWS was asked for logs.
func (s screen) asked() int { return len(s.account.Calls(filterLogs)) }

// query is what AWS was asked for last.
func (s screen) query() *cloudwatchlogs.FilterLogEventsInput {
	s.t.Helper()
	calls := s.account.Calls(filterLogs)
	if len(calls) == 0 {
		s.t.Fatal("AWS was not asked for logs")
	}
	return calls[len(calls)-1].Input.(*cloudwatchlogs.FilterLogEventsInput)
}

// body are the lines of the pane.
func (s screen) body() []string {
	lines := strings.Split(s.Frame(), "\n")
	return lines[1 : len(lines)-2]
}

// run invokes a function from elsewhere and returns the id of the request.
func (s screen) run(function, payload string) string {
	s.t.Helper()
	if _, err := sdk.NewFromConfig(s.account.Config()).Invoke(s.t.Context(), &sdk.InvokeInput{FunctionName: aws.String(function), Payload: []byte(payload)}); err != nil {
		s.t.Fatal(err)
	}
	out, err := cloudwatchlogs.NewFromConfig(s.account.Config()).FilterLogEvents(s.t.Context(), &cloudwatchlogs.FilterLogEventsInput{
		LogGroupName: aws.String("/aws/lambda/" + function), StartFromHead: aws.Bool(false), StartTime: aws.Int64(s.account.Now().Add(-time.Hour).UnixMilli()),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, e := range out.Events {
		if _, rest, ok := strings.Cut(*e.Message, "START RequestId: "); ok {
			return rest[:36]
		}
	}
	return ""
}

func TestTheLastEventsAtOnce(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
		s.Want("order-events logs", "● following", "1,000 events", "order accepted", "INFO", "orderId=A-", "platform.report", "▌")
		if n := s.asked(); n != 1 {
			t.Errorf("AWS was asked %d times for the first events", n)
		}
		if in := s.query(); *in.LogGroupName != "/aws/lambda/order-events" || *in.StartFromHead || in.FilterPattern != nil {
			t.Errorf("AWS was asked for %+v", in)
		}
		lines := s.body()
		if last := lines[len(lines)-1]; !strings.Contains(last, "15:00:0") && !strings.Contains(last, "14:59:5") {
			t.Errorf("the last line is not the newest: %q", last)
		}
	})
}

func TestNewEventsAreFollowed(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
		last := func() string { b := s.body(); return b[len(b)-1] }
		before := last()
		s.Advance(20*time.Second).Want("● following", "15:00:1")
		if last() == before {
			t.Error("nothing was appended")
		}
		if !slices.IsSortedFunc(s.body()[:20], strings.Compare) {
			t.Errorf("the lines are not by time:\n%s", s.Frame())
		}
		// Reading from a little before the newest event shows nothing twice.
		lines := s.body()
		if compact := slices.Compact(slices.Clone(lines)); len(compact) != len(lines) {
			t.Errorf("a line is there twice:\n%s", s.Frame())
		}
		s.Keys("k", "k").Want("G follows")
		at := s.row("▌")
		s.Advance(20*time.Second).Want("new below, G follows", at)
		s.Keys("G").Want("● following", "15:00:4")
	})
}

func TestOlderEventsComeWhenTheTopIsReached(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
		s.Want("1,000 events").Keys("g")
		first := s.row("▌")
		s.Keys("k").Want("2,000 events", first[4:])
		for range 8 {
			s.Keys("g", "k")
		}
		s.Want("there are no older events", "13:00")
	})
}

func TestPauseAsksForNothing(t *testing.T) {
	for _, key := range []string{"p", "space"} {
		inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
			s.Keys(key).Want("‖ paused", "p goes on")
			n, frame := s.asked(), strings.Join(s.body(), "\n")
			s.Advance(time.Minute)
			if s.asked() != n || strings.Join(s.body(), "\n") != frame {
				t.Errorf("paused, AWS was asked %d times", s.asked()-n)
			}
			s.Keys(key).Want("● following", "15:01:0")
		})
	}
}

func TestNothingIsPolledUnseen(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
		for _, leave := range []struct {
			name     string
			away     func()
			back     func()
			showsNow string
		}{
			{"another pane on top", func() { s.Keys("enter") }, func() { s.Keys("esc") }, "15:01"},
			{"the overview", func() { s.Keys("0") }, func() { s.Keys("1") }, "15:02"},
			{"the terminal loses focus", func() { s.Send(tea.BlurMsg{}); s.Settle() }, func() { s.Send(tea.FocusMsg{}); s.Settle() }, "15:03"},
		} {
			leave.away()
			n := s.asked()
			s.Advance(time.Minute)
			if got := s.asked() - n; got != 0 {
				t.Errorf("%s: AWS was asked %d times unseen", leave.name, got)
			}
			leave.back()
			s.Want("● following", leave.showsNow)
			if s.asked() == n {
				t.Errorf("%s: what came meanwhile was not read", leave.name)
			}
		}
		s.Keys("esc")
		n := s.asked()
		if s.Advance(time.Minute); s.asked() != n {
			t.Error("it is read after it was left")
		}
	})
}

func TestPolledOnceOrTwiceInTwoSeconds(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
		n := s.asked()
		s.Advance(30 * time.Second)
		if got := s.asked() - n; got < 15 || got > 30 {
			t.Errorf("in 30 s AWS was asked %d times", got)
		}
	})
}

func TestAPattern(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
		s.Keys("f").Want("pattern ", "ask AWS").Paste(`{ $.level = "ERROR" }`).Keys("enter")
		s.Want("pattern { $.level", "ledger refused the entry", "ERROR").Lack("order accepted", "platform")
		if got := aws.ToString(s.query().FilterPattern); got != `{ $.level = "ERROR" }` {
			t.Errorf("AWS was asked for %q", got)
		}
		s.Advance(3 * time.Minute).Want("15:0").Lack("order accepted") // it is followed, too
		s.Keys("f", "enter").Want("pattern { $.level")                 // the same again changes nothing
		s.Keys("esc").Want("order accepted", "order-events logs").Lack("pattern {")
		s.Keys("f").Type("zzz-nothing").Keys("enter").Want("No event matches zzz-nothing")
		s.Keys("f", "ctrl+u").Type("slow").Keys("esc").Want("No event matches")
		s.Keys("f", "ctrl+u").Type("slow").Keys("enter").Want("ledger is slow", "WARN").Lack("accepted")
	})
}

func TestABadPatternIsExplained(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
		s.Keys("f").Paste(`{ $.level = }`).Keys("enter").Want("Invalid filter pattern", "r tries again")
		n := s.asked()
		if s.Advance(time.Minute); s.asked() != n {
			t.Error("a pattern that AWS refused is sent again and again")
		}
		s.Keys("esc").Want("order accepted", "● following")
	})
}

func TestOneRequest(t *testing.T) {
	inLogs(t, "calculate_mean", setup{}, func(t *testing.T, s screen) {
		s.Want("does not exist")
		s.run("calculate_mean", `{"nums":[1]}`)
		s.Advance(10 * time.Second)
		id := s.run("calculate_mean", `{"nums":[1,2,3]}`)
		s.Advance(10*time.Second).Want("mean of 1 numbers", "mean of 3 numbers")
		s.Keys("I").Want("request "+id, "mean of 3 numbers", "REPORT", "■ the run has ended").Lack("mean of 1 numbers")
		n := s.asked()
		if s.Advance(time.Minute); s.asked() != n {
			t.Error("a run that has ended is read again")
		}
		s.Keys("esc").Want("mean of 1 numbers", "● following")
	})
}

func TestARunIsFollowedToItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := with(t, "lambda/slow", 120, 40, setup{thin: true})
		s.Impatient().Keys("ctrl+r", "tab", "L")
		s.Want("slow logs")
		s.Advance(5*time.Second).Want("waiting 12.0 s", "3 s of 12.0 s are over").Lack("REPORT")
		s.Advance(10 * time.Second)
		s.account.Advance(0)
		s.Patient().Settle()
		s.Advance(5*time.Second).Want("9 s of 12.0 s are over", "REPORT RequestId")
	})
}

func TestALineWithoutARequest(t *testing.T) {
	inLogs(t, "on-upload", setup{}, func(t *testing.T, s screen) {
		s.Keys("/").Type("noted").Keys("enter", "I").Want("does not name its request")
	})
}

func TestItResumesAfterAnErrorAndSaysSo(t *testing.T) {
	for _, tt := range []struct {
		name  string
		fault demo.Fault
		says  string
	}{
		{"throttled", demo.Throttled, "throttling"},
		{"expired", demo.Expired, "expired"},
		{"reset", demo.Reset, "reset the connection"},
		{"AWS fails", demo.Internal, "InternalError"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
				s.account.Fail(filterLogs, tt.fault)
				s.Advance(10*time.Second).Want("not reading, next try at 15:0", tt.says, "order accepted")
				n := s.asked()
				s.Advance(2 * time.Minute)
				if got := s.asked() - n; got > 30 {
					t.Errorf("AWS was asked %d times in two minutes of failure", got)
				}
				s.account.Heal(filterLogs)
				s.Advance(35*time.Second).Want("resumed after 2m", "● following", "15:02").Lack("not reading")
				s.Advance(time.Minute).Lack("resumed")
			})
		})
	}
}

func TestLogsDenied(t *testing.T) {
	inLogs(t, "order-events", failing(filterLogs, demo.Denied), func(t *testing.T, s screen) {
		s.Want("not allowed", "logs:FilterLogEvents", "r tries again")
		n := s.asked()
		if s.Advance(5 * time.Minute); s.asked() != n {
			t.Error("what is denied is asked again and again")
		}
		s.account.Heal("*")
		s.Keys("r").Want("order accepted", "● following")
	})
}

func TestAMissingGroupIsNoError(t *testing.T) {
	inLogs(t, "echo", setup{}, func(t *testing.T, s screen) {
		s.Keys("g", "k", "j", "G", "n", "enter", "I", "y", "u", "u", "w", "w") // there is nothing to hurt
		s.Want("The log group /aws/lambda/echo does not exist", "has never run, or it logs elsewhere").Lack("✗", "ResourceNotFound")
		s.run("echo", `{}`)
		s.Advance(8*time.Second).Want("event of 2 bytes", "● following").Lack("does not exist")
	})
}

func TestAReadOnlySessionReadsLogs(t *testing.T) {
	inLogs(t, "order-events", setup{readOnly: true}, func(_ *testing.T, s screen) {
		s.Want("order accepted").Advance(10 * time.Second).Want("● following")
	})
}

func TestAnEventAndItsParts(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(t *testing.T, s screen) {
		s.Keys("/").Type("REFUSED").Keys("enter").Want("REFUSED: ")
		if row := s.row("▌"); !strings.Contains(row, "ERROR") || !strings.Contains(row, "stackTrace=[") {
			t.Errorf("the line found is %q", row)
		}
		at := s.row("▌")
		s.Keys("N")
		if s.row("▌") == at {
			t.Error("N stays where it is")
		}
		s.Keys("n", "enter").Want("› event", `"level": "ERROR"`, `"stream"`, `"ingested"`, "Ledger.java:71")
		s.Keys("|").Type(".message.errorType").Keys("enter").Want("SocketTimeoutException").Lack("Ledger.java")
		s.Keys("esc", "esc").Want("order-events logs")
		s.Keys("y").Want("line", "events", "request id", "log group", "log stream", "command: read these logs").Keys("enter")
		if got := s.Clipboard(); !strings.HasPrefix(got, `{"timestamp"`) || !strings.Contains(got, "ledger refused") {
			t.Errorf("copied %q", got)
		}
		s.Keys("y", "j", "enter")
		if got := strings.Count(s.Clipboard(), "\n"); got < 1000 {
			t.Errorf("of all events %d lines were copied", got)
		}
	})
}

func TestWrapAndTime(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(_ *testing.T, s screen) {
		s.Resize(60, 20)
		s.Keys("w").Want("● following").Keys("w", ">", ">").Keys("<", "<")
		s.Resize(120, 40).Keys("u").Want("UTC").Keys("u").Lack("UTC")
	})
}

func TestHostileLines(t *testing.T) {
	inLogs(t, "on-upload", setup{}, func(t *testing.T, s screen) {
		quoted, err := json.Marshal("\x1b[2J\x1b]52;c;eA==\x07 \u202egpj.exe \xff 宽 " + strings.Repeat("long ", 400))
		if err != nil {
			t.Fatal(err)
		}
		s.run("on-upload", fmt.Sprintf(`{"Records":[{"s3":{"bucket":{"name":"b"},"object":{"key":%s,"size":1}}}]}`, quoted))
		s.Advance(5*time.Second).Want("noted s3://b/", "2J")
		// The driver fails on any control character, and on any line that is too wide.
		s.Keys("k", "k", "w", "G", "g", "w", ">", "G", "/").Type("gpj").Keys("enter", "enter", "esc")
		for _, size := range [][2]int{{200, 60}, {80, 24}, {40, 8}, {20, 5}} {
			s.Resize(size[0], size[1]).Keys("w", "G", "k", "w")
		}
	})
}

func TestATallEventIsReadWhole(t *testing.T) {
	inLogs(t, "always-fails", setup{}, func(_ *testing.T, s screen) {
		s.run("always-fails", `{}`)
		s.Resize(100, 8).Advance(10 * time.Second)
		s.Keys("g", "k").Want("START")
		s.Keys("j", "j").Want("ZeroDivisionError")
		s.Keys("j").Want("line 9, in ratio").Keys("j", "j").Want("REPORT")
	})
}

func TestLogsOnEverySize(t *testing.T) {
	inLogs(t, "order-events", setup{}, func(_ *testing.T, s screen) {
		for _, size := range [][2]int{{200, 60}, {120, 40}, {80, 24}, {40, 8}, {20, 5}} {
			s.Resize(size[0], size[1]).Advance(10 * time.Second)
			if size[0] >= 40 {
				s.Want("following", "INFO")
			}
		}
	})
}

func TestAFunctionKnownByNameOnlyHasItsGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := with(t, "lambda/order-events", 120, 40, setup{})
		s.Keys("tab", "L").Want("order-events logs", "order accepted")
	})
}
