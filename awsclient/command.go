package awsclient

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Command returns the aws command line of the words ("s3", "ls", "s3://b/"),
// with the session's profile, region and endpoint, quoted for a POSIX shell.
// A word with invisible characters or broken UTF-8 becomes $'…', which keeps
// its bytes and can be pasted into a terminal without harm.
func (s *Session) Command(words ...string) string {
	if len(words) > 0 && words[0] == "aws" {
		words = words[1:]
	}
	line := append([]string{"aws"}, words...)
	for _, option := range [][2]string{
		{"--profile", s.Profile()}, {"--region", s.Region()}, {"--endpoint-url", s.Endpoint()},
	} {
		if option[1] != "" {
			line = append(line, option[0], option[1])
		}
	}
	for i, word := range line {
		line[i] = quote(word)
	}
	return strings.Join(line, " ")
}

// quote makes one word of a POSIX shell out of s.
func quote(s string) string {
	switch {
	case s == "":
		return "''"
	case !utf8.ValidString(s) || strings.ContainsFunc(s, invisible):
		return quoteBytes(s)
	case !strings.ContainsFunc(s, special):
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// special says whether a shell may read r as anything but itself.
func special(r rune) bool {
	return r > unicodeASCII || !strings.ContainsRune(
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./:@,%", r)
}

const unicodeASCII = 0x7f

// quoteBytes writes everything but plain ASCII as octal escapes. Three digits
// always, so that a digit which follows is not taken for part of the escape.
func quoteBytes(s string) string {
	var b strings.Builder
	b.WriteString("$'")
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ' || c >= unicodeASCII:
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('\'')
	return b.String()
}
