package textpane

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"straws/ui/theme"

	"github.com/itchyny/gojq"
)

// Record writes any value as indented JSON, without escaping < > &.
func Record(v any) (string, error) {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", fmt.Errorf("write as JSON: %w", err)
	}
	return strings.TrimRight(b.String(), "\n"), nil
}

// jq applies expr to each JSON value of a text and writes each result on its own lines.
func jq(ctx context.Context, expr, text string) (string, error) {
	q, err := gojq.Parse(expr)
	if err != nil {
		return "", fmt.Errorf("%s: %w", expr, err)
	}
	code, err := gojq.Compile(q)
	if err != nil {
		return "", fmt.Errorf("%s: %w", expr, err)
	}
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber() // ids of 17 digits do not survive a float
	var out []string
	for n := 0; ; n++ {
		var v any
		if err := d.Decode(&v); errors.Is(err, io.EOF) && n > 0 {
			return strings.Join(out, "\n"), nil
		} else if err != nil {
			return "", notJSON(err)
		}
		if out, err = results(code.RunWithContext(ctx, v), out); err != nil {
			return "", err
		}
	}
}

func notJSON(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("this text ends in the middle of a JSON value")
	}
	return fmt.Errorf("this text is not JSON: %w", err)
}

// results adds what an expression makes of one value.
func results(found gojq.Iter, out []string) ([]string, error) {
	for {
		r, ok := found.Next()
		if !ok {
			return out, nil
		}
		if err, failed := r.(error); failed {
			return nil, err
		}
		s, err := Record(r)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
}

var jsonKey = regexp.MustCompile(`^(\s*)("(?:[^"\\]|\\.)*")(:.*)$`)

// styleJSON colours the key of an indented JSON line.
func styleJSON(line string, th *theme.Theme) string {
	if m := jsonKey.FindStringSubmatch(line); m != nil {
		return m[1] + th.Accent.Render(m[2]) + m[3]
	}
	return line
}
