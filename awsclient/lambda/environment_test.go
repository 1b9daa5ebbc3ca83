package lambda_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"straws/awsclient/lambda"
)

func TestNamesOfVariables(t *testing.T) {
	for name, ok := range map[string]bool{
		"LOG_LEVEL": true, "a1": true, "Ab_": true, "A": false, "": false, "1A": false, "_A": false, "A-B": false, "A B": false,
		"ÄB": false, "AWS_REGION": false, "AWS_LAMBDA_FUNCTION_NAME": false, "_HANDLER": false, "TZ": true, "A\nB": false,
	} {
		if err := lambda.CheckVariable(name); (err == nil) != ok {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestTheSizeOfAnEnvironment(t *testing.T) {
	// {"AB":"…"} has nine bytes beside the value.
	for n, ok := range map[int]bool{0: true, 4087: true, 4088: false} {
		if err := lambda.CheckEnvironment(map[string]lambda.Secret{"AB": lambda.NewSecret(strings.Repeat("<", n))}); (err == nil) != ok {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
	if err := lambda.CheckEnvironment(nil); err != nil {
		t.Error(err)
	}
}

func TestASecretIsNeverWritten(t *testing.T) {
	c := lambda.Configuration{Environment: map[string]lambda.Secret{"KEY": lambda.NewSecret("hush")}}
	text, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{string(text), fmt.Sprint(c), fmt.Sprintf("%+v %#v %q", c, c, c.Environment["KEY"]), fmt.Sprintf("%s %x", c.Environment, c.Environment["KEY"])} {
		if strings.Contains(s, "hush") || strings.Contains(s, "68757368") {
			t.Errorf("it is in %s", s)
		}
	}
	if c.Environment["KEY"].Reveal() != "hush" {
		t.Error("and it cannot be asked for")
	}
}
