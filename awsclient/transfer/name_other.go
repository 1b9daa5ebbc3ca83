//go:build !windows

package transfer

// foreign reports whether this system's file names cannot hold the sign.
func foreign(rune) bool { return false }
