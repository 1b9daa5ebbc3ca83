package s3

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/pane"
	"straws/ui/textpane"
)

const (
	peek = 64 << 10 // bytes of an object that are read to show it
	dump = 1 << 10  // bytes of a binary object that are shown
)

// preview is the beginning of an object, as text where it is one.
func (p place) preview(ctx context.Context, env pane.Env, e s3.Entry) (listpane.Preview, error) {
	switch {
	case e.Prefix():
		return listpane.Preview{Title: "prefix", Text: "enter lists what is below it"}, nil
	case e.Archived():
		return listpane.Preview{Title: e.Class(), Text: archived(e.Class())}, nil
	}
	c, err := s3.Head(ctx, env.AWS, p.bucket, e, peek)
	if err != nil {
		return listpane.Preview{}, err
	}
	title, text := shown(c, 8)
	return listpane.Preview{Title: title, Text: text, Name: path.Base(e.Key)}, nil
}

// subject is an object, or one version of it, to look into.
type subject struct {
	s3.Object

	ETag  string // that it must still have; "" for whatever is there
	Class string // the archive class it is in and has to be restored from; "" when it can be read
}

// content is what an object holds, on a screen of its own.
func content(bucket string, e s3.Entry) pane.Factory {
	o := subject{Object: s3.Object{Bucket: bucket, Key: e.Key}, ETag: e.ETag()}
	if e.Archived() {
		o.Class = e.Class()
	}
	return contentOf(o)
}

// contentOf is what an object, or an older version of it, holds.
func contentOf(o subject) pane.Factory {
	return textpane.New(textpane.Spec{
		Title: lastSegment(o.Key),
		JSON:  strings.Contains(path.Base(o.Key), ".json"),
		Load: func(ctx context.Context, env pane.Env) (string, error) {
			if o.Class != "" {
				return archived(o.Class), nil
			}
			c, err := s3.HeadOf(ctx, env.AWS, o.Object, o.ETag, peek)
			if missing(err) {
				return "there is no object with this key\n\nwhat is below it: " + s3.URI(o.Bucket, o.Key) + s3.Delimiter, nil
			}
			if err != nil {
				return "", err
			}
			title, text := shown(c, 16)
			if c.Read < c.Size || binary(c.Data) {
				text = strings.TrimRight(text, "\n") + "\n\n— " + title + " —"
			}
			return text, nil
		},
	})
}

// missing tells an absent key from everything else that is not found.
func missing(err error) bool {
	var e *awsclient.Error
	return errors.As(awsclient.Classify(err), &e) && e.Code == "NoSuchKey"
}

func archived(class string) string {
	return "this object is in " + class + ": it has to be restored before it can be read"
}

// shown is a chunk as text, and what part of the object that is. Binary is shown
// with so many bytes a line.
func shown(c s3.Chunk, perLine int) (title, text string) {
	title = format.Size(c.Size)
	if c.Read < c.Size {
		title = "first " + format.Size(c.Read) + " of " + title
	}
	if c.Unzipped {
		title += ", unzipped"
	}
	switch {
	case c.Size == 0:
		return "empty", "this object is empty"
	case binary(c.Data):
		part := c.Data[:min(len(c.Data), dump)]
		return fmt.Sprintf("binary, first %s of %s", format.Size(int64(len(part))), format.Size(c.Size)), hexDump(part, perLine)
	}
	return title, string(whole(c))
}

// hexDump writes bytes as offset, hexadecimal, and what of it is ASCII.
func hexDump(data []byte, perLine int) string {
	var b strings.Builder
	for at := 0; at < len(data); at += perLine {
		line := data[at:min(at+perLine, len(data))]
		text := strings.Map(func(r rune) rune {
			if r < ' ' || r > '~' {
				return '.'
			}
			return r
		}, latin(line))
		fmt.Fprintf(&b, "%06x  %-*s  %s\n", at, 3*perLine-1, fmt.Sprintf("% x", line), text)
	}
	return b.String()
}

// latin reads each byte as one character.
func latin(data []byte) string {
	runes := make([]rune, len(data))
	for i, c := range data {
		runes[i] = rune(c)
	}
	return string(runes)
}

// whole leaves out the character that the end of the chunk cuts in two.
func whole(c s3.Chunk) []byte {
	data := c.Data
	if c.Read == c.Size {
		return data
	}
	for n := 1; n < utf8.UTFMax && n <= len(data); n++ {
		if tail := data[len(data)-n:]; utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) {
				return data[:len(data)-n]
			}
			break
		}
	}
	return data
}

// binary tells bytes that are no text in any encoding that people read here: a
// NUL, or more control characters than a coloured log has.
func binary(data []byte) bool {
	if slices.Contains(data, 0) {
		return true
	}
	controls := 0
	for _, b := range data {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != '\x1b' {
			controls++
		}
	}
	return controls > len(data)/10
}
