package inside

import (
	"bytes"
	"context"
	"fmt"
	"strings"
)

// Tail tells what the last bytes of f hold. What is compressed, and what is no
// text, has no end that can be read without its beginning: it is shown as bytes.
func Tail(ctx context.Context, f *File, l Limits) (*Content, error) {
	l = l.filled()
	f.begin(ctx, l.Most, 1)
	data, from, err := f.Tail(min(l.Head, l.Most))
	if len(data) == 0 {
		if err != nil {
			return nil, err
		}
		return Look(ctx, f, l)
	}
	c := f.tail(data, from)
	c.Views = append(c.Views, View{Name: "hex", Shape: Hex, Bytes: data, From: from})
	if from > 0 {
		c.Notes = append([]string{fmt.Sprintf("the last %s of %s were read", size(int64(len(data))), size(f.Size()))}, c.Notes...)
		c.More = min(step, from)
	}
	if err != nil {
		c.Err = err
	}
	return c, nil
}

func (f *File) tail(data []byte, from int64) *Content {
	head, err := f.Head(min(4<<10, f.Size()))
	if err == nil && (packing(head) != "" || magic(head) != "" || picture(head) != "") {
		return &Content{
			Form:  "the end of " + orElse(orElse(packing(head), magic(head)), picture(head)),
			Notes: []string{"only the beginning of it can be decoded: H shows that"},
		}
	}
	if from > 0 {
		data = aligned(data, head, from)
	}
	text, encoding, ok := decode(data, false)
	if !ok {
		return &Content{Form: "binary"}
	}
	c := &Content{}
	if from > 0 {
		if i := strings.IndexByte(text, '\n'); i >= 0 && i+1 < len(text) {
			text = text[i+1:]
			c.Notes = append(c.Notes, "its first line is cut and left out")
		}
	}
	inner := f.tailTexts(text, head, from)
	inner.Notes = append(inner.Notes, c.Notes...)
	if encoding != "" {
		inner.Form += ", " + encoding
	}
	return inner
}

// tailTexts is the end of a text in its views. Only notations of lines can be
// read from their end; columns keep the names that the first line gives them.
func (f *File) tailTexts(text string, head []byte, from int64) *Content {
	plain := View{Name: "text", Text: text, Syntax: f.Name}
	switch beginning, _, _ := decode(head, true); written(f.Name, beginning) {
	case "jsonl":
		return linesOfJSON(plain, false)
	case "csv":
		with := plain
		if line, _, ok := strings.Cut(beginning, "\n"); ok && from > 0 {
			with.Text = line + "\n" + text
		}
		if c := separated(with, false); c != nil {
			c.Views[1] = plain
			return c
		}
	}
	return &Content{Form: "text", Views: []View{plain}}
}

// aligned leaves out the piece of a character that the beginning cuts in two, and
// gives UTF-16 the mark back that tells it.
func aligned(data, head []byte, from int64) []byte {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(head, []byte(mark)) {
			return append([]byte(mark), data[from&1:]...)
		}
	}
	for i := 0; i < 3 && i < len(data) && data[i]&0xc0 == 0x80; i++ {
		if i == 2 || data[i+1]&0xc0 != 0x80 {
			return data[i+1:]
		}
	}
	return data
}
