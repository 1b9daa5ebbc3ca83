package transfer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestName = 255 // bytes of a file's name, on every common file system
	longestExt  = 16  // bytes of an extension that survives where a name is cut
)

// Reasons for a name that is not the key's own.
const (
	whyEmpty    = "an empty name between slashes"
	whyDots     = "a name of dots leads elsewhere"
	whyControl  = "it has a control character"
	whyUTF8     = "it is not UTF-8"
	whySign     = "it has a sign that separates folders or drives elsewhere"
	whyEnd      = "it ends with a dot or a space"
	whyReserved = "Windows keeps the name for a device"
	whyLong     = "it is longer than 255 bytes"
	whyFolder   = "a folder has the same name"
	whySame     = "another file has the same name, where case or accents do not count"
)

// safeName is a name for one segment of a key that no file system reads as
// anything but a name; why is "" when it is the segment itself.
func safeName(segment string) (name, why string) {
	switch segment {
	case "":
		return "_", whyEmpty
	case ".", "..":
		return strings.ReplaceAll(segment, ".", "%2E"), whyDots
	}
	name, why = escapeRunes(segment)
	if last := name[len(name)-1]; last == '.' || last == ' ' {
		name, why = fmt.Sprintf("%s%%%02X", name[:len(name)-1], last), whyEnd
	}
	if reserved(name) {
		name, why = "_"+name, whyReserved
	}
	if len(name) > longestName {
		name, why = marked(name, segment), whyLong
	}
	return name, why
}

// escapeRunes writes as %XX the bytes of what does not belong into a name.
func escapeRunes(segment string) (name, why string) {
	if strings.IndexFunc(segment, func(r rune) bool { return whyRune(r) != "" }) < 0 {
		return segment, "" // RuneError included: it is escaped only where it stands for a broken byte
	}
	var b strings.Builder
	for i := 0; i < len(segment); {
		r, n := utf8.DecodeRuneInString(segment[i:])
		reason := whyRune(r)
		if r == utf8.RuneError && n > 1 {
			reason = ""
		}
		if reason == "" {
			b.WriteString(segment[i : i+n])
		}
		for _, c := range []byte(segment[i : i+n]) {
			if reason != "" {
				fmt.Fprintf(&b, "%%%02X", c)
				why = reason
			}
		}
		i += n
	}
	return b.String(), why
}

func whyRune(r rune) string {
	switch {
	case r == utf8.RuneError:
		return whyUTF8
	case r == '\\', r == ':', r == '/':
		return whySign
	case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\u2028', r == '\u2029':
		return whyControl
	case foreign(r):
		return whySign
	}
	return ""
}

// reserved reports whether Windows takes the name for a device, whatever its
// extension.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	stem = strings.TrimRight(stem, " ")
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, isPort := strings.CutPrefix(stem, "COM")
	if !isPort {
		port, isPort = strings.CutPrefix(stem, "LPT")
	}
	return isPort && utf8.RuneCountInString(port) == 1 && strings.ContainsAny(port, "0123456789¹²³")
}

// marked puts a mark made of identity before the extension, and cuts what is
// then too long.
func marked(name, identity string) string {
	sum := sha256.Sum256([]byte(identity))
	return withMark(name, "~"+hex.EncodeToString(sum[:4]))
}

// withMark is the name with something before its extension: "a.tar~2.gz".
func withMark(name, mark string) string {
	ext := path.Ext(name)
	if len(ext) > longestExt || ext == name {
		ext = ""
	}
	stem := strings.TrimSuffix(name, ext)
	if room := longestName - len(mark) - len(ext); len(stem) > room {
		stem = strings.ToValidUTF8(stem[:room], "")
	}
	return stem + mark + ext
}
