package lambda_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// settings opens the settings of calculate_mean.
func settings(t *testing.T, o setup) screen {
	t.Helper()
	o.thin = true // the job's progress is drawn every two seconds
	s := with(t, "lambda", 120, 40, o).on("mean")
	s.Keys("e").Want("calculate_mean › settings", "memory", "128", "timeout", "LOG_LEVEL  ••••", "API_KEY    ••••", "as AWS has it")
	return s
}

// edited puts another text into the field under the cursor.
func (s screen) edited(text string) screen {
	s.t.Helper()
	s.Keys("enter", "ctrl+u").Type(text).Keys("enter")
	return s
}

// press is Keys for what goes on with the screen's own methods.
func (s screen) press(keys ...string) screen {
	s.t.Helper()
	s.Keys(keys...)
	return s
}

// agree confirms a change and lets AWS finish it.
func (s screen) agree() screen {
	s.t.Helper()
	s.Impatient().Keys("ctrl+s", "y")
	s.Want("AWS is making the change")
	s.Advance(5 * time.Second)
	s.Patient().Settle()
	return s
}

// updates are what AWS was asked to change.
func (s screen) updates() []*sdk.UpdateFunctionConfigurationInput {
	var out []*sdk.UpdateFunctionConfigurationInput
	for _, c := range s.account.Calls("lambda:UpdateFunctionConfiguration") {
		out = append(out, c.Input.(*sdk.UpdateFunctionConfigurationInput))
	}
	return out
}

func TestMoreMemory(t *testing.T) {
	s := settings(t, setup{})
	s.edited("512").Want("128 → 512", "not sent yet")
	s.Keys("ctrl+s").Want("Change function in acme-prod", "memory  128 → 512", "needs lambda:UpdateFunctionConfiguration", "y to change")
	s.Keys("n").Want("nothing was done", "128 → 512")
	if n := len(s.updates()); n != 0 {
		t.Fatalf("%d changes without an answer", n)
	}
	s.agree().Want("change calculate_mean: done", "▸ memory     512").Lack("→")
	in := s.updates()[0]
	if *in.MemorySize != 512 || in.Timeout != nil || in.Environment != nil || aws.ToString(in.RevisionId) == "" {
		t.Errorf("AWS received %+v", in)
	}
	s.Keys("esc").Want("512 MB") // the list has been told
}

func TestALongerTimeoutFromThePage(t *testing.T) {
	s := with(t, "lambda/calculate_mean", 120, 60, setup{thin: true})
	s.press("esc", "e", "j").edited("60").agree()
	if in := s.updates()[0]; *in.Timeout != 60 || in.MemorySize != nil {
		t.Errorf("AWS received %+v", in)
	}
	s.Keys("esc").Want("timeout       1m00s", "Successful")
}

func TestTheEnvironment(t *testing.T) {
	s := settings(t, setup{})
	s.Keys("j", "j").Want("▸ API_KEY").Keys("enter").Want("takes the place").Type("k-2").Keys("enter").Want("•••• → another ••••").Lack("k-2")
	s.Keys("j", "backspace").Want("•••• → removed")
	s.Keys("n").Type("MODE=fast lane").Keys("enter").Want("new → MODE=••••")
	s.Keys("ctrl+s").Want("API_KEY  •••• → another ••••", "LOG_LEVEL  •••• → removed", "new variable  new → MODE=••••").Keys("esc")
	s.Keys("m").Want("demo-key-1f0c77 → k-2", "INFO → removed", "new → MODE=fast lane").Keys("m")
	s.agree().Want("MODE     ••••").Lack("LOG_LEVEL")
	in := s.updates()[0]
	if want := map[string]string{"API_KEY": "k-2", "MODE": "fast lane"}; !maps.Equal(in.Environment.Variables, want) || in.MemorySize != nil {
		t.Errorf("AWS received %v", in.Environment.Variables)
	}
}

func TestAValueOfSeveralLinesStaysAsItIs(t *testing.T) {
	const key = "-----BEGIN-----\nab\tc\n-----END-----\n"
	s := settings(t, setup{})
	s.Keys("n").Paste("CERT=" + key).Keys("enter")
	s.agree()
	s.edited("256").Keys("j", "j", "enter", "enter", "j") // looked at, and nothing typed
	s.Keys("n").Type("MODE=x").Keys("enter")
	s.agree()
	if got := s.updates()[1].Environment.Variables["CERT"]; got != key {
		t.Errorf("the key has become %q", got)
	}
}

func TestWhatIsNotSent(t *testing.T) {
	tests := []struct {
		name string
		do   func(screen)
		want string
	}{
		{"nothing", func(screen) {}, "nothing is changed yet"},
		{"less than the least", func(s screen) { s.edited("127") }, "memory: 128 MB is the least"},
		{"more than the most", func(s screen) { s.edited("10241") }, "memory: 10240 MB is the most"},
		{"no number", func(s screen) { s.edited("lots") }, "memory: 128 to 10240 MB, as a whole number"},
		{"nothing typed", func(s screen) { s.edited("") }, "as a whole number"},
		{"no time", func(s screen) { s.press("j").edited("0") }, "timeout: 1 seconds is the least"},
		{"too long", func(s screen) { s.press("j").edited("901") }, "timeout: 900 seconds is the most"},
		{"a name of one letter", func(s screen) { s.Keys("n").Type("A=1").Keys("enter") }, "begins with a letter"},
		{"a name that begins with a digit", func(s screen) { s.Keys("n").Type("1A=1").Keys("enter") }, "begins with a letter"},
		{"a name of Lambda's own", func(s screen) { s.Keys("n").Type("AWS_REGION=x").Keys("enter") }, "AWS_REGION is set by Lambda itself"},
		{"no value", func(s screen) { s.Keys("n").Type("NAME").Keys("enter") }, "NAME=value"},
		{"twice", func(s screen) { s.Keys("n").Type("API_KEY=x").Keys("enter") }, "API_KEY is there twice"},
		{"over 4 KB", func(s screen) { s.Keys("n").Paste("BIG=" + strings.Repeat("x", 4096)).Keys("enter") }, "and Lambda takes 4096"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := settings(t, setup{})
			tt.do(s)
			s.Keys("ctrl+s").Want(tt.want).Lack("y to change")
			s.Keys("y")
			if n := len(s.updates()); n != 0 {
				t.Errorf("%d changes were sent", n)
			}
		})
	}
}

func TestAChangeIsDenied(t *testing.T) {
	s := settings(t, setup{})
	s.account.Fail("lambda:UpdateFunctionConfiguration", demo.Denied)
	s.edited("256").Keys("ctrl+s", "y").Want("not allowed: lambda:UpdateFunctionConfiguration", "128 → 256")
	s.account.Heal("*")
	s.agree().Want("done")
}

func TestAChangeInAReadOnlySession(t *testing.T) {
	s := settings(t, setup{readOnly: true})
	s.edited("256").Keys("ctrl+s").Want("read-only").Keys("y")
	if n := len(s.updates()); n != 0 {
		t.Errorf("%d changes were sent", n)
	}
}

// elsewhere changes calculate_mean as somebody else would.
func (s screen) elsewhere(timeout int32) {
	s.t.Helper()
	_, err := sdk.NewFromConfig(s.account.Config()).UpdateFunctionConfiguration(s.t.Context(),
		&sdk.UpdateFunctionConfigurationInput{FunctionName: aws.String("calculate_mean"), Timeout: &timeout})
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestSomebodyElseWasFaster(t *testing.T) {
	s := settings(t, setup{})
	s.edited("256")
	s.elsewhere(30)
	s.Keys("ctrl+s", "y").Want("An update is in progress", "128 → 256")
	s.Advance(10 * time.Second)
	s.Keys("ctrl+s", "y").Want("the function was changed meanwhile, and nothing was saved", "128 → 256")
	s.Keys("r").Want("128 → 256", "30") // what was typed is kept, and the rest is theirs
	s.agree().Want("done", "256", "30")
	if in := s.updates()[len(s.updates())-1]; in.Timeout != nil || *in.MemorySize != 256 {
		t.Errorf("AWS received %+v", in)
	}
}

func TestWhatWasTypedIsNotDroppedByOneKey(t *testing.T) {
	s := settings(t, setup{})
	s.edited("256").Keys("esc").Want("not made yet", "128 → 256")
	s.Keys("j", "esc").Want("not made yet").Keys("esc").Want("9 functions")
}

func TestUndoingAField(t *testing.T) {
	s := settings(t, setup{})
	s.edited("256").Keys("backspace").Want("as AWS has it").Lack("→")
	s.Keys("n").Type("AB=1").Keys("esc").Lack("NAME=value")
	s.Keys("n").Type("AB=1").Keys("enter", "backspace").Lack("NAME=value").Want("as AWS has it")
}

func TestTheSettingsCannotBeRead(t *testing.T) {
	s := list(t).on("mean")
	s.account.Fail("lambda:GetFunctionConfiguration", demo.Denied)
	s.Keys("e").Want("not allowed: lambda:GetFunctionConfiguration", "ask for").Keys("ctrl+s", "enter", "n")
	s.account.Heal("*")
	s.Keys("r").Want("as AWS has it")
}

// The driver fails on every control character that reaches the screen.
func TestHostileValues(t *testing.T) {
	s := with(t, "lambda", 120, 40, setup{})
	_, err := sdk.NewFromConfig(s.account.Config()).UpdateFunctionConfiguration(t.Context(), &sdk.UpdateFunctionConfigurationInput{
		FunctionName: aws.String("calculate_mean"), Description: aws.String("a\x1b[2Jb\u202ec"),
		Environment: &types.Environment{Variables: map[string]string{"EVIL": "x\x1b]52;c;aGk=\x07\r\ny", "LONG": strings.Repeat("長い", 300)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.on("mean").Keys("enter", "m").Want(`a\x1b[2Jb`, `x\x1b]52;c;aGk=\x07\r\ny`)
	s.Keys("e", "m").Want(`x\x1b]52`).Keys("j", "j", "enter", "home", "end", "left", "left", "z", "tab", "z").Want("LONG")
	s.Resize(40, 12).Resize(80, 24).Want(`x\x1b]52;c;aGk=\x07\rz\ny`)
}
