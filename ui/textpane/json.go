package textpane

import (
	"context"
	"encoding/json"
	"fmt"
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

// jq applies expr to a JSON text and writes each result on its own lines.
func jq(ctx context.Context, expr, text string) (string, error) {
	q, err := gojq.Parse(expr)
	if err != nil {
		return "", fmt.Errorf("%s: %w", expr, err)
	}
	code, err := gojq.Compile(q)
	if err != nil {
		return "", fmt.Errorf("%s: %w", expr, err)
	}
	var v any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber() // ids of 17 digits do not survive a float
	if err := d.Decode(&v); err != nil {
		return "", fmt.Errorf("this text is not JSON: %w", err)
	}
	var out []string
	for results := code.RunWithContext(ctx, v); ; {
		r, ok := results.Next()
		if !ok {
			return strings.Join(out, "\n"), nil
		}
		if err, failed := r.(error); failed {
			return "", err
		}
		s, err := Record(r)
		if err != nil {
			return "", err
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
