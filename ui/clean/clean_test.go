package clean_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"straws/ui/clean"
)

func TestLine(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"plain", "raw/2026/part-1.csv", "raw/2026/part-1.csv"},
		{"wide", "数据/日本.csv", "数据/日本.csv"},
		{"clear screen", "a\x1b[2Jb", `a\x1b[2Jb`},
		{"clipboard theft", "\x1b]52;c;ZXZpbA==\a", `\x1b]52;c;ZXZpbA==\x07`},
		{"c1 control in UTF-8", "a\u009b2Jb", `a\x9b2Jb`},
		{"invalid UTF-8", "a\xffb", `a\xffb`},
		{"the replacement character itself", "a\uFFFDb", "a\uFFFDb"},
		{"both at once", "\uFFFD\xff", "\uFFFD\\xff"},
		{"bidi override", "gpj.\u202eexe", `gpj.\u202eexe`},
		{"zero width", "a\u200bb", `a\u200bb`},
		{"line separator", "a\u2028b", `a\u2028b`},
		{"line breaks", "a\r\nb\tc", `a\r\nb\tc`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := clean.Line(tt.in); got != tt.want {
				t.Errorf("Line(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTextKeepsLines(t *testing.T) {
	if got, want := clean.Text("a\tb\r\n\x1b[31mc\n"), "a   b\n\\x1b[31mc\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzLine(f *testing.F) {
	f.Add("a\x1b]0;t\a\xff\u202e\u009b")
	f.Fuzz(func(t *testing.T, s string) {
		got := clean.Line(s)
		if !utf8.ValidString(got) {
			t.Fatalf("invalid UTF-8: %q", got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return r < 0x20 || r >= 0x7f && r < 0xa0 }); i >= 0 {
			t.Fatalf("control character at %d of %q", i, got)
		}
		if clean.Line(got) != got {
			t.Fatalf("not idempotent: %q", got)
		}
	})
}
