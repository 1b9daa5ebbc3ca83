package lambda

import (
	"context"
	"strings"
	"time"

	"straws/awsclient/lambda"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
)

func (m *memory) list() pane.Factory {
	listed := int64(0) // changes that were counted when the list was loaded last
	return listpane.New(listpane.Spec[lambda.Function]{
		Title: "Lambda", Noun: "function",
		ID:      func(f lambda.Function) string { return f.Name },
		Columns: columns,
		Load: func(env pane.Env) load.Pager[lambda.Function] {
			listed = m.changes.Load()
			return lambda.List(env.AWS)
		},
		Order: func(a, b lambda.Function) int { return strings.Compare(a.Name, b.Name) },
		Enter: func(f lambda.Function) pane.Factory { return m.function(target{function: f}) },
		Poll: func([]lambda.Function) time.Duration {
			if m.changes.Load() == listed {
				return 0
			}
			return time.Second // a page above the list has changed a function
		},
		Record: func(ctx context.Context, env pane.Env, f lambda.Function) (any, error) {
			return lambda.Describe(ctx, env.AWS, f.Name, "")
		},
		Copies:    copies,
		LoadTags:  tags,
		Actions:   m.listActions(),
		Empty:     "there are no functions in this region",
		Summarize: func(rows []lambda.Function) string { return format.Plural(len(rows), "function", "functions") },
	})
}

// tags are asked for when the filter names one: the list does not come with them.
func tags(ctx context.Context, env pane.Env, f lambda.Function) (map[string]string, error) {
	return lambda.Tags(ctx, env.AWS, f.ARN)
}

// listActions open screens on a function, but for the one that deletes.
func (m *memory) listActions() []listpane.Action[lambda.Function] {
	whole := func(f lambda.Function) target { return target{function: f} }
	return []listpane.Action[lambda.Function]{
		{
			ID: "lambda.function.open-invoke", Label: "Invoke", Keys: []string{"x"}, Needs: []string{"lambda:InvokeFunction"},
			Show: func(_ pane.Env, f lambda.Function) pane.Factory { return m.invoke(whole(f), f.Name+" › invoke") },
			Command: func(env pane.Env, f lambda.Function) []string {
				return m.invocation(env, whole(f)).Command()
			},
		},
		{
			ID: "lambda.function.rerun", Label: "Run again", Keys: []string{"."}, Needs: []string{"lambda:InvokeFunction"},
			Show: func(_ pane.Env, f lambda.Function) pane.Factory { return m.rerun(whole(f), f.Name+" › invoke") },
		},
		{
			ID: "lambda.function.history", Label: "History", Keys: []string{"H"},
			Show: func(_ pane.Env, f lambda.Function) pane.Factory { return m.history(whole(f)) },
		},
		{
			ID: "lambda.function.logs", Label: "Logs", Keys: []string{"L"}, Needs: []string{"logs:FilterLogEvents"},
			Show: func(_ pane.Env, f lambda.Function) pane.Factory { return logsOf(whole(f), "", time.Time{}) },
		},
		{
			ID: "lambda.function.settings", Label: "Settings", Keys: []string{"e"},
			Needs: []string{"lambda:UpdateFunctionConfiguration"},
			Show:  func(_ pane.Env, f lambda.Function) pane.Factory { return m.settings(whole(f), f.Name+" › settings") },
		},
		m.remove(),
	}
}

func copies(env pane.Env, f lambda.Function) []listpane.Copy {
	return []listpane.Copy{
		{Label: "name", Text: f.Name},
		{Label: "ARN", Text: f.ARN},
		{Label: "log group", Text: f.LogGroup},
		{Label: "command: Describe", Text: env.AWS.Command(lambda.DescribeCommand(f.Name)...)},
	}
}
