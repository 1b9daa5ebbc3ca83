package lambda

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// PayloadError says where a payload stops being JSON.
type PayloadError struct {
	Line, Column int // from 1; columns count characters
	Reason       string
}

func (e *PayloadError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// CheckPayload reports where p is not JSON, as a *PayloadError. Nothing at all
// is allowed: the function is then invoked without an event.
func CheckPayload(p []byte) error {
	if len(bytes.TrimSpace(p)) == 0 {
		return nil
	}
	if at, ok := invalidUTF8(p); ok {
		return payloadError(p, at, "not UTF-8 text")
	}
	var whole json.RawMessage
	err := json.Unmarshal(p, &whole)
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return payloadError(p, len(p), err.Error())
	}
	if strings.Contains(syntax.Error(), "unexpected end") {
		return payloadError(p, len(bytes.TrimRight(p, " \t\r\n")), "the value is not complete")
	}
	return payloadError(p, int(syntax.Offset)-1, syntax.Error())
}

func payloadError(p []byte, at int, reason string) error {
	before := p[:max(0, min(at, len(p)))]
	line := bytes.LastIndexByte(before, '\n') + 1
	return &PayloadError{
		Line:   1 + bytes.Count(before, []byte{'\n'}),
		Column: 1 + utf8.RuneCount(before[line:]),
		Reason: reason,
	}
}

func invalidUTF8(p []byte) (at int, ok bool) {
	for at < len(p) {
		r, n := utf8.DecodeRune(p[at:])
		if r == utf8.RuneError && n == 1 {
			return at, true
		}
		at += n
	}
	return 0, false
}
