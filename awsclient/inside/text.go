package inside

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode turns bytes into text, and names their encoding where it is not UTF-8.
// With cut, the end may be in the middle of a character.
func decode(b []byte, cut bool) (text, encoding string, ok bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return string(whole(b[3:], cut)), "UTF-8 with BOM", true
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return utf16(b[2:], unicode.LittleEndian), "UTF-16 LE", true
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return utf16(b[2:], unicode.BigEndian), "UTF-16 BE", true
	}
	switch zeros(b) {
	case evenZeros:
		return utf16(b, unicode.BigEndian), "UTF-16 BE", true
	case oddZeros:
		return utf16(b, unicode.LittleEndian), "UTF-16 LE", true
	case someZeros:
		return "", "", false
	case noZeros:
	}
	if controls(b) > len(b)/10 {
		return "", "", false
	}
	if w := whole(b, cut); utf8.Valid(w) {
		return string(w), "", true
	}
	return eightBit(b)
}

// eightBit is what is not UTF-8: some invalid bytes in it, or one of the old
// encodings, of which Windows-1252 has nearly all of Latin-1.
func eightBit(b []byte) (text, encoding string, ok bool) {
	invalid, multi := 0, 0
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			invalid++
		case n > 1:
			multi++
		}
		i += n
	}
	switch {
	case invalid > len(b)*3/10:
		return "", "", false // too many for the letters of a language written in Latin letters
	case multi > 10*invalid:
		return string(b), "UTF-8 with invalid bytes", true
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return string(b), "UTF-8 with invalid bytes", true
	}
	name := "Latin-1"
	if slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 && c < 0xa0 }) {
		name = "Windows-1252"
	}
	return string(out), name, true
}

func utf16(b []byte, order unicode.Endianness) string {
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(b[:len(b)&^1])
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// zeroed says where the NULs of some bytes are.
type zeroed int

const (
	noZeros zeroed = iota
	someZeros
	evenZeros // as Latin letters have them in UTF-16 BE
	oddZeros  // and in LE
)

func zeros(b []byte) zeroed {
	if bytes.IndexByte(b, 0) < 0 {
		return noZeros
	}
	b = b[:min(len(b), 4<<10)&^1]
	var at [2]int
	for i, c := range b {
		if c == 0 {
			at[i&1]++
		}
	}
	half := len(b) / 2
	switch {
	case at[0] > half*7/10 && at[1] < half/20+1:
		return evenZeros
	case at[1] > half*7/10 && at[0] < half/20+1:
		return oddZeros
	}
	return someZeros
}

// controls counts the control characters that no text has.
func controls(b []byte) int {
	n := 0
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1b' {
			n++
		}
	}
	return n
}

// whole leaves out the character that the end cuts in two.
func whole(b []byte, cut bool) []byte {
	if !cut {
		return b
	}
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return b[:len(b)-n]
			}
			break
		}
	}
	return b
}

// texts is text in its views. With cut, it goes on behind its end.
func texts(name, text string, cut bool) *Content {
	plain := View{Name: "text", Text: text, Syntax: name}
	switch kind := written(name, text); kind {
	case "json":
		return jsonContent(plain, cut)
	case "jsonl":
		return linesOfJSON(plain, cut)
	case "csv":
		if c := separated(plain, cut); c != nil {
			return c
		}
	}
	return &Content{Form: "text", Views: []View{plain}}
}
