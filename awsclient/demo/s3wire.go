package demo

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

// encodeToken makes a continuation token that says where the next page begins.
func encodeToken(next string) *string {
	if next == "" {
		return nil
	}
	return aws.String(base64.RawURLEncoding.EncodeToString([]byte(next)))
}

func decodeToken(token *string) (string, error) {
	next, err := base64.RawURLEncoding.DecodeString(aws.ToString(token))
	if err != nil || token != nil && len(next) == 0 {
		return "", apiError("InvalidArgument", "The continuation token provided is incorrect", http.StatusBadRequest)
	}
	return string(next), nil
}

// encoder writes the names of one answer in the form that was asked for.
type encoder struct {
	url bool
	bad bool // a name that XML cannot carry went through unencoded
}

func newEncoder(kind types.EncodingType) *encoder {
	return &encoder{url: kind == types.EncodingTypeUrl}
}

// name encodes as S3 does: a space becomes + and slashes stay.
func (e *encoder) name(s string) *string {
	if e.url {
		return aws.String(strings.ReplaceAll(url.QueryEscape(s), "%2F", "/"))
	}
	e.bad = e.bad || s != xmlText(s)
	return aws.String(s)
}

// err is what the SDK makes of an answer whose XML is broken by a name.
func (e *encoder) err() error {
	if !e.bad {
		return nil
	}
	return &smithy.DeserializationError{Err: errors.New("failed to decode response body, XML syntax error on line 1: illegal character code U+0001")}
}

// xmlText is s as it arrives through the SDK's XML encoder, which replaces what
// XML 1.0 cannot hold.
func xmlText(s string) string {
	legal := func(r rune) bool {
		return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000
	}
	var b strings.Builder
	for _, r := range s { // an invalid byte reads as U+FFFD
		if !legal(r) {
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}

// checkKey refuses what cannot be a key.
func checkKey(key string) error {
	if len(key) > 1024 {
		return apiError("KeyTooLongError", "Your key is too long", http.StatusBadRequest)
	}
	return nil
}

// contentType is the Content-Type that uploading tools would set.
func contentType(key string) string {
	switch path.Ext(key) {
	case ".csv":
		return "text/csv"
	case ".json":
		return "application/json"
	case ".txt", ".log", ".md":
		return "text/plain"
	case ".html":
		return "text/html"
	default:
		return "binary/octet-stream"
	}
}

// storageClass is the class as a listing writes it.
func (v *version) storageClass() string {
	if v.class == "" {
		return string(types.StorageClassStandard)
	}
	return v.class
}

// archived reports whether the object cannot be read at t.
func (v *version) archived(t time.Time) bool {
	v.thaw(t)
	return v.tier != "" || (v.class == "GLACIER" || v.class == "DEEP_ARCHIVE") && !t.Before(v.restored)
}

// quoted is the ETag as S3 writes it.
func (v *version) quoted() *string { return aws.String(`"` + v.etag + `"`) }

// matches compares with an If-Match header, quoted or not, or *.
func (v *version) matches(tag string) bool {
	return tag == "*" || strings.Trim(tag, `"`) == v.etag
}
