package awsclient

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plain makes remote text safe inside a sentence: control, bidirectional and
// other invisible characters and broken UTF-8 become escapes, white space a
// single blank, and what is longer than limit runes is cut with "…".
func plain(s string, limit int) string {
	var b strings.Builder
	n := 0
	for i := 0; i < len(s); {
		if n == limit {
			b.WriteString("…")
			break
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n' || r == '\t' || r == '\r' || r == ' ':
			if !strings.HasSuffix(b.String(), " ") {
				b.WriteByte(' ')
			}
		case invisible(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
		i += size
		n++
	}
	return strings.TrimSpace(b.String())
}

// invisible says whether r moves the cursor, reorders text or shows nothing.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs) ||
		r != ' ' && unicode.IsSpace(r)
}
