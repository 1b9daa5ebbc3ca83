package inside

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
)

const (
	sniff  = 16 << 10 // bytes that tell what a file is
	nested = 4        // files in files that are looked into
)

// Look tells what f holds. What could not be read is said in the content; an
// error means that there is nothing to show at all.
func Look(ctx context.Context, f *File, l Limits) (c *Content, err error) {
	l = l.filled()
	f.begin(ctx, l.Most, 16<<10)
	defer func() {
		// The formats are read by other people's libraries, from bytes that anybody
		// may have written.
		if v := recover(); v != nil {
			c, err = f.damaged(fmt.Errorf("%v", v)), nil
		}
	}()
	first := l.Head
	if footed(f.Name) {
		first = sniff
	}
	head, err := f.Head(min(first, l.Most))
	if len(head) == 0 {
		if err != nil {
			return nil, err
		}
		return &Content{Form: "empty", Views: []View{{Name: "text", Text: "this object is empty"}}}, nil
	}
	if err != nil {
		l.Head = int64(len(head)) // what is behind the break is not worth another try unasked
	}
	return f.look(head, l, err), nil
}

// footed reports whether a name is that of a format that is read from its end.
func footed(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".parquet", ".zip", ".jar", ".whl", ".xlsx", ".docx", ".orc", ".tar":
		return true
	}
	return false
}

// look chooses the reader by the first bytes; the name only decides between
// those that look alike.
func (f *File) look(head []byte, l Limits, err error) *Content {
	var c *Content
	switch {
	case f.pack != "" && f.inner < nested:
		c = f.unpacked(head, f.pack, l)
	case packing(head) != "" && f.inner < nested:
		c = f.unpacked(head, packing(head), l)
	case bytes.HasPrefix(head, []byte("PAR1")):
		c = f.parquet(l)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		c = f.zip()
	case isTar(head):
		c = f.tar(l)
	case bytes.HasPrefix(head, []byte("Obj\x01")):
		c = avro(head)
	case picture(head) != "":
		c = f.picture(picture(head), head, l)
	default:
		c = f.stream(head, l)
	}
	c.Views = append(c.Views, View{Name: "hex", Shape: Hex, Bytes: head})
	if err != nil && !errors.Is(err, ErrBudget) {
		c.Err = errors.Join(c.Err, err)
	}
	return c
}

// stream is text, or bytes of which at most the name is known.
func (f *File) stream(head []byte, l Limits) *Content {
	cut := f.Size() > int64(len(head))
	text, encoding, ok := decode(head, cut)
	if name := magic(head); name != "" || !ok {
		c := &Content{Form: orElse(name, "binary"), Ends: true}
		if cut {
			c.More = moreOf(f, l)
			c.Notes = append(c.Notes, firstOf(head, f))
		}
		return c
	}
	if cut && int64(len(head)) < min(l.Head, f.Size()) { // it was taken for something else by its name
		head, _ = f.Head(l.Head)
		cut = f.Size() > int64(len(head))
		text, encoding, _ = decode(head, cut)
	}
	c := texts(f.Name, text, cut)
	c.Ends = true
	if encoding != "" {
		c.Form += ", " + encoding
	}
	if cut {
		c.More = moreOf(f, l)
		c.Notes = append([]string{firstOf(head, f)}, c.Notes...)
	}
	return c
}

// damaged is what is shown of a file that its own reader gave up on.
func (f *File) damaged(err error) *Content {
	f.mu.Lock()
	head := f.held(0)
	f.mu.Unlock()
	return &Content{
		Form: "damaged", Err: fmt.Errorf("this cannot be read as what it seems to be: %w", err),
		Views: []View{{Name: "hex", Shape: Hex, Bytes: head}},
	}
}

func firstOf(head []byte, f *File) string {
	if f.Size() < 0 {
		return fmt.Sprintf("the first %s were read", size(int64(len(head))))
	}
	return fmt.Sprintf("the first %s of %s were read", size(int64(len(head))), size(f.Size()))
}

// step is how much more is read at a time when somebody asks for it.
const step = 1_000_000

func moreOf(f *File, l Limits) int64 {
	return min(step, max(f.Size()-l.Head, 0))
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
