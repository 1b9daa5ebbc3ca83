package lambda

import (
	"context"
	"fmt"
	"strings"

	"straws/awsclient/runs"
	"straws/ui/diff"
	"straws/ui/pane"
	"straws/ui/textpane"
)

// compare shows what differs in the answers of two runs, the older one first.
func compare(s *runs.Store, f runs.Function, older, newer runs.Run) pane.Factory {
	return textpane.New(textpane.Spec{
		Title: "what differs",
		Style: diff.Style,
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
	text, err := diff.Unified("the answer of "+stamp(a), "the answer of "+stamp(b), before, after)
	return out.String() + text, err
}

// stamp names a run by its time.
func stamp(r runs.Run) string { return r.Began.Format("2006-01-02 15:04:05") }
