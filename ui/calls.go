package ui

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"straws/awsclient"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
)

// call is one entry of the call log with its number, which is its identity.
type call struct {
	awsclient.Call

	Number uint64
}

// callsPane lists the requests of this session, the newest first.
func (a *App) callsPane() pane.Factory {
	trace := a.aws.Trace()
	return listpane.New(listpane.Spec[call]{
		Title: "call log", Noun: "call",
		ID:   func(c call) string { return fmt.Sprint(c.Number) },
		Name: func(c call) string { return c.Service + " " + c.Operation },
		Load: func(pane.Env) load.Pager[call] {
			return func(context.Context) ([]call, bool, error) { return numbered(trace), false, nil }
		},
		Order:   func(x, y call) int { return cmp.Compare(y.Number, x.Number) },
		Columns: callColumns,
		Poll:    func([]call) time.Duration { return thinSample },
		Copies: func(_ pane.Env, c call) []listpane.Copy {
			return []listpane.Copy{{Label: "request id", Text: c.RequestID}}
		},
	})
}

func numbered(t *awsclient.Trace) []call {
	calls, last := t.Calls(), t.Seq()
	out := make([]call, len(calls))
	for i, c := range calls {
		out[i] = call{c, last - uint64(len(calls)-1-i)}
	}
	return out
}

func callColumns(env pane.Env) []table.Column[call] {
	return []table.Column[call]{
		{Title: "TIME", Width: 8, Cell: func(c call) string { return c.Time.In(env.Now().Location()).Format("15:04:05") }},
		{Title: "OPERATION", Width: 20, Fit: 32, Cell: func(c call) string { return c.Service + " " + c.Operation }},
		{Title: "RESULT", Width: 10, Fit: 24, Cell: callResult, Tone: callTone},
		{Title: "TOOK", Width: 8, Right: true, Drop: 1, Cell: func(c call) string { return format.Duration(c.Duration) }},
		{Title: "TRIES", Width: 5, Right: true, Drop: 4, Cell: func(c call) string { return fmt.Sprint(c.Attempts) }},
		{Title: "REGION", Width: 12, Drop: 3, Cell: func(c call) string { return c.Region }},
		{Title: "PARAMETERS", Drop: 2, Cell: func(c call) string { return c.Params }},
	}
}

func callResult(c call) string {
	if c.Code != "" {
		return c.Code
	}
	return fmt.Sprint(c.Status)
}

func callTone(c call) table.Tone {
	if c.Code != "" {
		return table.Bad
	}
	return table.Muted
}

// refused is the refusal that the user has just been shown, or nil.
func (a *App) refused() *awsclient.Error {
	var e *awsclient.Error
	if errors.As(a.lastErr, &e) && e.Kind == awsclient.Denied {
		return e
	}
	return nil
}
