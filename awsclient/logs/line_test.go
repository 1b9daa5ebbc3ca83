package logs_test

import (
	"fmt"
	"strings"
	"testing"

	"straws/awsclient/logs"
)

const id = "7b1c0c1e-1111-4222-a333-444455556666"

func TestLines(t *testing.T) {
	tests := []struct {
		name, message string
		level, text   string
		request       string
		rest          string // key=value, with spaces between
		platform      bool
	}{
		{"JSON of a function", `{"timestamp":"2026-11-21T15:00:00.000Z","level":"ERROR","message":"it broke","requestId":"` + id + `","ms":12345678901234567890,"a":{"b":[1, 2]}}`, "ERROR", "it broke", id, `ms=12345678901234567890 a={"b":[1, 2]}`, false},
		{"zap", `{"level":"warn","ts":1.5,"msg":"slow","order":"A-1"}`, "WARN", "slow", "", "order=A-1", false},
		{"a message that is an object", `{"level":"ERROR","message":{"errorType":"E"}}`, "ERROR", "", "", `message={"errorType":"E"}`, false},
		{"platform report", `{"time":"x","type":"platform.report","record":{"requestId":"` + id + `","metrics":{"durationMs":2},"status":"success"}}` + "\n", "", "platform.report", id, `metrics={"durationMs":2} status=success`, true},
		{"platform start, in another order", `{"record":{"requestId":"` + id + `","version":"1"},"type":"platform.start"}`, "", "platform.start", id, `version=1`, true},
		{"text report", "REPORT RequestId: " + id + "\tDuration: 2.00 ms\t\n", "", "REPORT RequestId: " + id + "\tDuration: 2.00 ms", id, "", true},
		{"python", "[WARNING]\t2026-11-21T15:00:00.000Z\t" + id + "\tlow on disk\n", "WARNING", "low on disk", id, "", false},
		{"python raises", "[ERROR] KeyError: 'nums'\nTraceback (most recent call last):\n  File", "ERROR", "KeyError: 'nums'\nTraceback (most recent call last):\n  File", "", "", false},
		{"node", "2026-11-21T15:00:00.000Z\t" + id + "\tINFO\thello", "INFO", "hello", id, "", false},
		{"node before a request", "2026-11-21T15:00:00.000Z\tundefined\tINFO\thello", "INFO", "hello", "", "", false},
		{"timed out", "2026-11-21T15:00:03.000Z " + id + " Task timed out after 3.00 seconds\n\n", "ERROR", "Task timed out after 3.00 seconds", id, "", false},
		{"a level and nothing else", "INFO", "INFO", "INFO", "", "", false},
		{"a word that only begins like one", "INFORMATION for you", "", "INFORMATION for you", "", "", false},
		{"cut JSON", `{"level":"ERROR","message":"it`, "", `{"level":"ERROR","message":"it`, "", "", false},
		{"more after the JSON", `{"level":"ERROR"} and more`, "", `{"level":"ERROR"} and more`, "", "", false},
		{"no string for level", `{"level":30,"msg":"pino"}`, "", "pino", "", "level=30", false},
		{"nothing", "", "", "", "", "", false},
		{"deep", "{" + strings.Repeat(`"a":{`, 20000), "", "{" + strings.Repeat(`"a":{`, 20000), "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := logs.Parse(tt.message)
			var rest []string
			for _, f := range l.Rest {
				rest = append(rest, f.Key+"="+f.Value)
			}
			got := fmt.Sprintf("%s|%s|%s|%s|%v", l.Level, l.Message, l.RequestID, strings.Join(rest, " "), l.Platform)
			if want := fmt.Sprintf("%s|%s|%s|%s|%v", tt.level, tt.text, tt.request, tt.rest, tt.platform); got != want {
				t.Errorf("got  %.300s\nwant %.300s", got, want)
			}
		})
	}
}

func TestWhatBeginsAndEndsARun(t *testing.T) {
	for message, want := range map[string][2]bool{
		"START RequestId: " + id + " Version: 1":                                    {true, false},
		"REPORT RequestId: " + id + "\tDuration: 1 ms":                              {false, true},
		`{"time":"x","type":"platform.start","record":{"requestId":"` + id + `"}}`:  {true, false},
		`{"time":"x","type":"platform.report","record":{"requestId":"` + id + `"}}`: {false, true},
		`{"level":"INFO","message":"platform.report"}`:                              {false, false},
		"END RequestId: " + id:                                                      {false, false},
		"I START RequestId: " + id:                                                  {false, false},
	} {
		if l := logs.Parse(message); l.Starts() != want[0] || l.Reports() != want[1] {
			t.Errorf("%s: starts %v, reports %v", message, l.Starts(), l.Reports())
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(`{"level":"ERROR","message":"x","record":{"a":1}}`)
	f.Add("\x1b[31m\xff{")
	f.Fuzz(func(_ *testing.T, message string) { logs.Parse(message) })
}
