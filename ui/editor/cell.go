package editor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	tab = "    "
	// longest is how many bytes one character may have; what is longer is not
	// writing, and would be drawn in a single cell.
	longest = 64
)

// plain reports whether the character at i is one byte that is drawn as it is.
func plain(s string, i int) bool {
	return s[i] >= 0x20 && s[i] < 0x7f && (i+1 == len(s) || s[i+1] < utf8.RuneSelf)
}

// cell reads the first character of s, which is not empty: its bytes, how it is
// drawn and how many cells that takes, at least one.
func cell(s string) (n int, shown string, width int) {
	switch {
	case plain(s, 0):
		return 1, s[:1], 1
	case s[0] == '\t':
		return 1, tab, len(tab)
	}
	cluster, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if len(cluster) > longest {
		return len(cluster), string(unicode.ReplacementChar), 1
	}
	shown = strings.Map(visible, cluster)
	if width = ansi.StringWidth(shown); width == 0 {
		return len(cluster), string(unicode.ReplacementChar), 1
	}
	return len(cluster), shown, width
}

// visible replaces characters that steer the terminal or hide or reorder the text
// around them. The text itself keeps them.
func visible(r rune) rune {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0x2028, r == 0x2029, unicode.Is(unicode.Cf, r),
		unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r), unicode.Is(unicode.Co, r):
		return unicode.ReplacementChar
	}
	return r
}
