package awsclient_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"unicode"

	"straws/awsclient"
)

func TestTheEquivalentCommand(t *testing.T) {
	tests := []struct {
		name    string
		profile string
		words   []string
		want    string
	}{
		{"plain words", "prod", []string{"s3", "ls", "s3://logs/raw/"}, "aws s3 ls s3://logs/raw/ --profile prod --region eu-west-1 --endpoint-url http://127.0.0.1:1"},
		{"aws is not said twice", "prod", []string{"aws", "s3", "ls"}, "aws s3 ls --profile prod --region eu-west-1 --endpoint-url http://127.0.0.1:1"},
		{"no profile", "", []string{"s3", "ls"}, "aws s3 ls --region eu-west-1 --endpoint-url http://127.0.0.1:1"},
		{"a space", "a b", []string{"s3", "ls", "s3://logs/a b"}, "aws s3 ls 's3://logs/a b' --profile 'a b' --region eu-west-1 --endpoint-url http://127.0.0.1:1"},
		{"a quote", "", []string{"it's"}, `aws 'it'\''s' --region eu-west-1 --endpoint-url http://127.0.0.1:1`},
		{"a substitution", "", []string{"$(rm -rf ~)", "`x`", ""}, "aws '$(rm -rf ~)' '`x`' '' --region eu-west-1 --endpoint-url http://127.0.0.1:1"},
		{"escape sequences", "", []string{"\x1b[201~\n7"}, `aws $'\033[201~\0127' --region eu-west-1 --endpoint-url http://127.0.0.1:1`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, "http://127.0.0.1:1", func(o *awsclient.Options) { o.Profile = test.profile })
			if got := s.Command(test.words...); got != test.want {
				t.Errorf("%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// hostileWords come back from a shell byte for byte.
var hostileWords = []string{
	"", " ", "'", `"`, `\`, "a'b\"c\\d", "*", "?", "[a]", "~", "#x", "!x", "$HOME", "a;b", "a&b", "{a,b}", "ä€😀", "-n", "%s",
	"\n", "a\n", "\t", "\x1b[2J", "\x7f", "\u202eabc", "\u2028", "\xff\xfe", "\u00a0", "\x01" + "234", "it's\nme\\", "=ls", "^a", "(x)",
}

func TestAShellReadsTheSameBytes(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash to ask")
	}
	s := open(t, "http://127.0.0.1:1")
	line := s.Command(hostileWords...)
	script := "aws() { printf '%s\\0' \"$@\"; }\n" + line
	out, err := exec.CommandContext(t.Context(), bash, "-c", script).Output()
	if err != nil {
		t.Fatalf("%v in %s", err, line)
	}
	got := strings.Split(string(out), "\x00")
	for i, word := range hostileWords {
		if got[i] != word {
			t.Errorf("%q came back as %q", word, got[i])
		}
	}
}

func FuzzCommandIsOnePlainLine(f *testing.F) {
	for _, word := range hostileWords {
		f.Add(word)
	}
	config := config()
	f.Fuzz(func(t *testing.T, word string) {
		s, err := awsclient.Open(context.Background(), awsclient.Options{Config: config})
		if err != nil {
			t.Fatal(err)
		}
		line := s.Command(word)
		if strings.ContainsFunc(line, func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
		}) {
			if !strings.ContainsRune(word, unicode.ReplacementChar) {
				t.Errorf("%q", line)
			}
		}
	})
}
