package awsclient

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"strings"
	"unicode"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// answerError is an answer that AWS would not give: a login page, a web
// server's greeting, nothing at all. The SDK reads such a page as an empty
// list wherever it expects XML.
type answerError struct {
	status      int
	contentType string
	empty       bool
}

func (e *answerError) Error() string {
	switch {
	case e.empty:
		return fmt.Sprintf("it sent nothing with status %d", e.status)
	case e.contentType == "":
		return fmt.Sprintf("it sent no AWS answer with status %d", e.status)
	}
	return fmt.Sprintf("it sent %s with status %d", e.contentType, e.status)
}

// wire sees the answer before the SDK parses it.
func (w *watch) wire(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
	middleware.DeserializeOutput, middleware.Metadata, error,
) {
	out, meta, err := next.HandleDeserialize(ctx, in)
	resp, ok := out.RawResponse.(*smithyhttp.Response)
	if err != nil || !ok || resp.Body == nil {
		return out, meta, err
	}
	if resp.ContentLength >= 0 {
		w.meter.received.Add(resp.ContentLength)
	} else {
		resp.Body = &countedBody{ReadCloser: resp.Body, meter: w.meter}
	}
	c, ok := middleware.GetStackValue(ctx, stateKey{}).(*state)
	if !ok || takesLong(c.service, c.operation) && resp.StatusCode < 300 {
		return out, meta, nil
	}
	if strange := inspect(resp, c.operation); strange != nil {
		return out, meta, strange
	}
	return out, meta, nil
}

// countedBody counts an answer whose length was not announced.
type countedBody struct {
	io.ReadCloser
	meter *Meter
}

func (b *countedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.meter.received.Add(int64(n))
	return n, err //nolint:wrapcheck // a Reader's error is part of its contract
}

const peekBytes = 512 // enough of an answer to tell what it is

// inspect returns an error for a body that no AWS service sends. It puts back
// what it reads.
func inspect(resp *smithyhttp.Response, operation string) error {
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if resp.Header.Get("Content-Encoding") != "" || strings.Contains(kind, "cbor") || strings.Contains(kind, "eventstream") {
		return nil
	}
	buffered := bufio.NewReaderSize(resp.Body, peekBytes)
	head, err := buffered.Peek(1)
	if len(head) == 0 {
		if err == io.EOF && resp.StatusCode < 300 && resp.ContentLength <= 0 && lists(operation) {
			return &answerError{status: resp.StatusCode, empty: true}
		}
		return nil
	}
	// What has arrived is enough: waiting for more would hold up a slow stream.
	head, _ = buffered.Peek(buffered.Buffered())
	resp.Body = struct {
		io.Reader
		io.Closer
	}{buffered, resp.Body}
	if fromAWS(head) {
		return nil
	}
	return &answerError{status: resp.StatusCode, contentType: kind}
}

// lists says whether the answer to an operation always has a body.
func lists(operation string) bool {
	return strings.HasPrefix(operation, "List") || strings.HasPrefix(operation, "Describe")
}

// fromAWS says whether a body can be XML or JSON, and is not a web page.
func fromAWS(head []byte) bool {
	head = bytes.TrimLeftFunc(bytes.TrimPrefix(head, []byte("\ufeff")), unicode.IsSpace)
	if len(head) == 0 {
		return true
	}
	start := strings.ToLower(string(head[:min(len(head), 14)]))
	if strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") {
		return false
	}
	return strings.ContainsRune(`<{["`, rune(head[0])) || string(head) == "null"
}
