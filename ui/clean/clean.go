// Package clean makes text from AWS safe to draw in a terminal.
package clean

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns s on one line with everything that could steer a terminal, hide
// or reorder text written out: escapes, control characters, bidirectional
// controls, zero-width characters and invalid UTF-8. The result is for eyes
// only; identity stays with the raw string.
func Line(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		write(&b, r, s[i:i+n])
		i += n
	}
	return b.String()
}

// Text cleans every line of s but keeps its line breaks and turns tabs into
// spaces up to the next multiple of four cells.
func Text(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = Line(expand(l))
	}
	return strings.Join(lines, "\n")
}

func expand(s string) string {
	parts := strings.Split(s, "\t")
	for i, p := range parts[:len(parts)-1] {
		parts[i] += strings.Repeat(" ", 4-utf8.RuneCountInString(p)%4)
	}
	return strings.Join(parts, "")
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x20 || c == 0x7f {
			return false
		} else if c >= utf8.RuneSelf {
			return plainRunes(s[i:])
		}
	}
	return true
}

func plainRunes(s string) bool {
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") || hostile(r) {
			return false
		}
	}
	return true
}

func write(b *strings.Builder, r rune, raw string) {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		fmt.Fprintf(b, `\x%02x`, raw[0])
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\r':
		b.WriteString(`\r`)
	case r == '\t':
		b.WriteString(`\t`)
	case hostile(r) && r < 0x100:
		fmt.Fprintf(b, `\x%02x`, r)
	case hostile(r):
		fmt.Fprintf(b, `\u%04x`, r)
	default:
		b.WriteString(raw)
	}
}

// hostile runes move the cursor, reorder the line, or take no cell. Format
// characters (Cf) hold the bidirectional controls and the zero-width ones; the
// joiner inside emoji is among them and is worth less than a truthful name.
func hostile(r rune) bool {
	return r < 0x20 || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' ||
		unicode.Is(unicode.Cf, r) || r >= 0xfe00 && r <= 0xfe0f || unicode.Is(unicode.Co, r)
}
