package highlight_test

import (
	"context"
	"strings"
	"testing"

	"straws/ui/highlight"
	"straws/ui/theme"
)

// painted writes the runs of a text as tone:text.
func painted(t *testing.T, name, text string) string {
	t.Helper()
	names := map[theme.Tone]string{theme.Muted: "muted", theme.Accent: "accent", theme.Good: "good", theme.Warn: "warn", theme.Bad: "bad"}
	lines := strings.Split(text, "\n")
	var out []string
	for i, runs := range highlight.Runs(t.Context(), name, lines) {
		for _, r := range runs {
			out = append(out, names[r.Tone]+":"+lines[i][r.From:r.To])
		}
	}
	return strings.Join(out, " ")
}

func TestLanguages(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a.json", `{"a": "b", "n": 1, "t": true}`, `accent:"a" good:"b" accent:"n" warn:1 accent:"t" accent:true`},
		{"a.yaml", "# top\nkey: value\n- name: 'x' # y", "muted:# top accent:key accent:- name good:'x' muted:# y"},
		{"a.py", "def f():\n  \"\"\"two\n  lines\"\"\"\n  return 1 # no", `accent:def good:"""two good:  lines""" accent:return warn:1 muted:# no`},
		{"q.sql", "SELECT a FROM b -- all", "accent:SELECT accent:FROM muted:-- all"},
		{"run", "#!/bin/sh\necho $HOME \"x\"", `muted:#!/bin/sh accent:echo warn:$HOME good:"x"`},
		{"main.go", "func main() { /* a\nb */ }", "accent:func muted:/* a muted:b */"},
		{"a.toml", "[one]\nkey = \"v\"", `accent:[one] accent:key good:"v"`},
		{"a.xml", `<a b="c">text</a>`, `accent:<a warn:b good:"c" accent:> accent:</a accent:>`},
		{"a.md", "# Title\nsome `code`", "accent:# Title good:`code`"},
		{"app.log", "2026-01-02T03:04:05Z ERROR broken", "muted:2026-01-02T03:04:05Z bad:ERROR"},
		{"a.unknown", "func SELECT", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := painted(t, tt.name, tt.text); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestLongTextsAreCheap(t *testing.T) {
	if highlight.Runs(t.Context(), "a.json", []string{strings.Repeat("[", 1<<20)}) != nil {
		t.Error("a line of a megabyte is coloured")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	highlight.Runs(ctx, "a.py", strings.Split(strings.Repeat("def f(): pass\n", 20_000), "\n"))
}

func BenchmarkAQuarterOfAMegabyte(b *testing.B) {
	lines := strings.Split(strings.Repeat(`{"ts":"2026-01-01T00:00:00Z","type":"view","user":"u-00001","ms":100}`+"\n", 3700), "\n")
	for b.Loop() {
		highlight.Runs(b.Context(), "a.json", lines)
	}
}
