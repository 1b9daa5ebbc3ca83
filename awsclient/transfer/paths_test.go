package transfer_test

import (
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"straws/awsclient/transfer"

	"golang.org/x/text/unicode/norm"
)

func TestKeysBecomeSafePaths(t *testing.T) {
	for _, tt := range []struct{ name, key, path, why string }{
		{"plain", "logs/2026/a.txt", "logs/2026/a.txt", ""},
		{"wide", "データ湖/🧋.csv", "データ湖/🧋.csv", ""},
		{"option", "-rf", "-rf", ""},
		{"up", "../up.txt", "%2E%2E/up.txt", "dots"},
		{"here", "./here.txt", "%2E/here.txt", "dots"},
		{"dots inside a name", "v1..v2.txt", "v1..v2.txt", ""},
		{"absolute", "/etc/passwd", "_/etc/passwd", "empty"},
		{"double slash", "a//b", "a/_/b", "empty"},
		{"marker with content", "a/", "a/_", "empty"},
		{"backslash", `a\..\b`, "a%5C..%5Cb", "sign"},
		{"drive", "C:/x", "C%3A/x", "sign"},
		{"control", "a\x00b\nc\x1b[2J", "a%00b%0Ac%1B[2J", "control"},
		{"c1 control", "a\u009bb", "a%C2%9Bb", "control"},
		{"bidi", "\u202egnp.exe", "%E2%80%AEgnp.exe", "control"},
		{"not UTF-8", "a\xff.txt", "a%FF.txt", "UTF-8"},
		{"a replacement character", "a\ufffd.txt", "a\ufffd.txt", ""},
		{"trailing dot", "a./b.", "a%2E/b%2E", "ends"},
		{"trailing space", "a ", "a%20", "ends"},
		{"device", "nul.txt", "_nul.txt", "device"},
		{"port", "COM1", "_COM1", "device"},
		{"no device", "COM10/console", "COM10/console", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			paths, whys := transfer.Placed(tt.key)
			if paths[0] != tt.path || !strings.Contains(whys[0], tt.why) || (whys[0] == "") != (tt.why == "") {
				t.Errorf("%q goes to %q (%s), want %q (%s)", tt.key, paths[0], whys[0], tt.path, tt.why)
			}
		})
	}
}

func TestNoTwoKeysShareAPath(t *testing.T) {
	for _, tt := range []struct {
		name string
		keys []string
		why  string // of the one that is renamed
	}{
		{"case", []string{"README.txt", "Readme.txt"}, "case or accents"},
		{"case of a folder", []string{"A/x.txt", "a/X.txt"}, "case or accents"},
		{"accents", []string{"caf\u00e9", "cafe\u0301"}, "case or accents"},
		{"file and folder", []string{"same", "same/inside.txt"}, "a folder"},
		{"file and folder of another case", []string{"Same", "same/inside.txt"}, "a folder"},
		{"escaped by hand", []string{"a%3Ab", "a:b"}, "case or accents"},
		{"empty and underscore", []string{"a//b", "a/_/b"}, "case or accents"},
		{"long names", []string{strings.Repeat("x", 300), strings.Repeat("x", 301)}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			paths, whys := transfer.Placed(tt.keys...)
			if fold(paths[0]) == fold(paths[1]) || strings.HasPrefix(fold(paths[1]), fold(paths[0])+"/") {
				t.Errorf("%q and %q", paths[0], paths[1])
			}
			if !strings.Contains(whys[0]+whys[1], tt.why) {
				t.Errorf("the reasons are %q", whys)
			}
			again, _ := transfer.Placed(tt.keys...)
			if again[0] != paths[0] || again[1] != paths[1] {
				t.Errorf("another time they go to %q, and not %q", again, paths)
			}
		})
	}
}

func fold(s string) string { return strings.ToLower(norm.NFC.String(s)) }

func FuzzPath(f *testing.F) {
	f.Add("a/b", "a/../b")
	f.Add("/etc/passwd", "\\..\\x")
	f.Add("a", "a/")
	f.Add("CON", "con.txt")
	f.Add(strings.Repeat("é", 200), "a:b\x00")
	f.Fuzz(func(t *testing.T, a, b string) {
		paths, _ := transfer.Placed(a, b)
		for i, p := range paths {
			if p == "" || !filepath.IsLocal(filepath.FromSlash(p)) || !utf8.ValidString(p) {
				t.Errorf("%q leaves the folder: %q", []string{a, b}[i], p)
			}
			for name := range strings.SplitSeq(p, "/") {
				if name == "" || name == "." || name == ".." || len(name) > 255 || strings.ContainsAny(name, "\x00\\:") {
					t.Errorf("%q has a name %q", []string{a, b}[i], name)
				}
			}
		}
		x, y := fold(paths[0]), fold(paths[1])
		if a != b && (x == y || strings.HasPrefix(x, y+"/") || strings.HasPrefix(y, x+"/")) {
			t.Errorf("%q and %q share a place: %q and %q", a, b, paths[0], paths[1])
		}
	})
}

func TestTheSystemTakesThePaths(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the paths are made for this system alone")
	}
	paths, _ := transfer.Placed("long/"+strings.Repeat("a-long-name-", 84)+"0123456.txt", "x.tar.gz/"+strings.Repeat("é", 130)+".gz")
	for i, want := range []string{".txt", ".gz"} {
		if name := filepath.Base(paths[i]); len(name) > 255 || !strings.HasSuffix(name, want) || !utf8.ValidString(name) {
			t.Errorf("%q of %d bytes", name, len(name))
		}
	}
}
