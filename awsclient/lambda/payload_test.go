package lambda_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"straws/awsclient/lambda"
)

func TestCheckPayload(t *testing.T) {
	tests := []struct {
		name, payload string
		line, column  int // 0: it is fine
		reason        string
	}{
		{"object", `{"nums": [1, 2, 3]}`, 0, 0, ""},
		{"nothing", "", 0, 0, ""},
		{"only space", " \n\t", 0, 0, ""},
		{"number", "1", 0, 0, ""},
		{"null", "null", 0, 0, ""},
		{"string", `"x"`, 0, 0, ""},
		{"huge number", "123456789012345678901234567890", 0, 0, ""},
		{"trailing comma", "{\n  \"a\": 1,\n}", 3, 1, "invalid character '}'"},
		{"single quotes", "{'a': 1}", 1, 2, `invalid character '\''`},
		{"column counts characters", `{"ä": ö}`, 1, 7, "invalid character"},
		{"unfinished", "{\n  \"a\": [1,\n\n", 2, 11, "not complete"},
		{"two values", "{} {}", 1, 4, "after top-level value"},
		{"not UTF-8", "{\"a\": \"\xff\"}", 1, 8, "not UTF-8"},
		{"word", "hello", 1, 1, "invalid character 'h'"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := lambda.CheckPayload([]byte(tt.payload))
			if tt.line == 0 {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			var e *lambda.PayloadError
			if !errors.As(err, &e) || e.Line != tt.line || e.Column != tt.column || !strings.Contains(e.Reason, tt.reason) {
				t.Errorf("got %v, want line %d, column %d: %s", err, tt.line, tt.column, tt.reason)
			}
		})
	}
}

func FuzzCheckPayload(f *testing.F) {
	for _, s := range []string{`{"a":1}`, "{", "[1,\n2,]", "\xff", "nul", "1 2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		err := lambda.CheckPayload(p)
		if err == nil && len(strings.TrimSpace(string(p))) > 0 && !json.Valid(p) {
			// TrimSpace knows more spaces than JSON; those are nothing as well.
			t.Fatalf("%q passes and is not JSON", p)
		}
		var e *lambda.PayloadError
		if err != nil && (!errors.As(err, &e) || e.Line < 1 || e.Column < 1 || e.Line > 1+strings.Count(string(p), "\n")) {
			t.Fatalf("%q: %v", p, err)
		}
	})
}
