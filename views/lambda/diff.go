package lambda

import (
	"context"
	"fmt"
	"strings"

	"straws/awsclient/runs"
	"straws/ui/pane"
	"straws/ui/textpane"
	"straws/ui/theme"

	"github.com/aymanbagabas/go-udiff"
)

// sameAround is how many equal lines are shown around each difference.
const sameAround = 3

// compare shows what differs in the answers of two runs, the older one first.
func compare(s *runs.Store, f runs.Function, older, newer runs.Run) pane.Factory {
	return textpane.New(textpane.Spec{
		Title: "what differs",
		Style: styleDiff,
		Load: func(context.Context, pane.Env) (string, error) {
			a, err := s.Load(f, older.ID)
			if err != nil {
				return "", err
			}
			b, err := s.Load(f, newer.ID)
			if err != nil {
				return "", err
			}
			return difference(a, b)
		},
	})
}

// difference is a line diff of the answers, laid out alike, below what differs
// in how the runs were made and ended.
func difference(a, b runs.Run) (string, error) {
	var out strings.Builder
	fact := func(name, before, after string) {
		if before != after {
			fmt.Fprintf(&out, "%-10s %s → %s\n", name, before, after)
		}
	}
	fact("run", stamp(a), stamp(b))
	fact("status", statusOf(a), statusOf(b))
	fact("qualifier", or(a.Invocation.Qualifier, latest), or(b.Invocation.Qualifier, latest))
	fact("version", a.Result.ExecutedVersion, b.Result.ExecutedVersion)
	fact("mode", a.Invocation.Mode.String(), b.Invocation.Mode.String())
	if string(a.Invocation.Payload) != string(b.Invocation.Payload) {
		out.WriteString("the payloads differ too\n")
	}
	out.WriteString("\n")
	before := pretty(a.Result.Payload)
	after := pretty(b.Result.Payload)
	if before == after {
		return out.String() + "the answers are the same\n", nil
	}
	before, after = strings.TrimRight(before, "\n")+"\n", strings.TrimRight(after, "\n")+"\n"
	text, err := udiff.ToUnified("the answer of "+stamp(a), "the answer of "+stamp(b), before, udiff.Lines(before, after), sameAround)
	if err != nil {
		return "", fmt.Errorf("compare the answers: %w", err)
	}
	return out.String() + text, nil
}

// stamp names a run by its time.
func stamp(r runs.Run) string { return r.Began.Format("2006-01-02 15:04:05") }

// styleDiff colours a line by whether it went or came; its first character says
// the same.
func styleDiff(line string, th *theme.Theme) string {
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
