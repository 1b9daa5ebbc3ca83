// Package diff shows what differs in two texts, line by line.
package diff

import (
	"fmt"
	"strings"

	"straws/ui/theme"

	"github.com/aymanbagabas/go-udiff"
)

// around is how many equal lines are shown around each difference.
const around = 3

// Unified is the difference in the usual form, with the names of both texts
// above it; "" when they differ in nothing but empty lines at their ends.
func Unified(from, to, before, after string) (string, error) {
	before, after = strings.TrimRight(before, "\n")+"\n", strings.TrimRight(after, "\n")+"\n"
	text, err := udiff.ToUnified(from, to, before, udiff.Lines(before, after), around)
	if err != nil {
		return "", fmt.Errorf("compare %s with %s: %w", from, to, err)
	}
	return text, nil
}

// Style colours a line by whether it went or came; its first character says the
// same.
func Style(line string, th *theme.Theme) string {
	switch {
	case strings.HasPrefix(line, "+"):
		return th.Good.Render(line)
	case strings.HasPrefix(line, "-"):
		return th.Bad.Render(line)
	case strings.HasPrefix(line, "@@"):
		return th.Muted.Render(line)
	}
	return line
}
