package transfer

import "strings"

// foreign reports whether this system's file names cannot hold the sign.
func foreign(r rune) bool { return strings.ContainsRune(`<>"|?*`, r) }
