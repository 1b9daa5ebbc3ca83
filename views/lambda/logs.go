package lambda

import (
	"context"
	"strings"
	"time"

	"straws/awsclient/logs"
	"straws/ui/pane"
	"straws/ui/textpane"
)

// logsOf shows what a function has logged: all of it, or what one request did.
// Around is when that request was made; it may be earlier, and is not needed
// without one.
func logsOf(t target, requestID string, around time.Time) pane.Factory {
	return textpane.New(textpane.Spec{
		Title: "logs",
		Load: func(ctx context.Context, env pane.Env) (string, error) {
			group := or(t.function.LogGroup, "/aws/lambda/"+t.function.Name)
			if requestID != "" {
				r, err := logs.ReadRun(ctx, env.AWS, group, requestID, around)
				return r.Text(), err
			}
			p, err := logs.Filter(ctx, env.AWS, logs.Query{Group: group, Newest: true, Limit: 1000})
			var text strings.Builder
			for _, e := range p.Events {
				text.WriteString(strings.TrimRight(e.Message, "\n") + "\n")
			}
			return text.String(), err
		},
	})
}
