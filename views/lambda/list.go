package lambda

import (
	"context"
	"strings"

	"straws/awsclient/lambda"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
)

func (m *memory) list() pane.Factory {
	return listpane.New(listpane.Spec[lambda.Function]{
		Title: "Lambda", Noun: "function",
		ID:      func(f lambda.Function) string { return f.Name },
		Columns: columns,
		Load:    func(env pane.Env) load.Pager[lambda.Function] { return lambda.List(env.AWS) },
		Order:   func(a, b lambda.Function) int { return strings.Compare(a.Name, b.Name) },
		Enter:   func(f lambda.Function) pane.Factory { return m.function(target{function: f}) },
		Record: func(ctx context.Context, env pane.Env, f lambda.Function) (any, error) {
			return lambda.Describe(ctx, env.AWS, f.Name, "")
		},
		Copies:    copies,
		Actions:   []listpane.Action[lambda.Function]{m.invokeAction()},
		Empty:     "there are no functions in this region",
		Summarize: func(rows []lambda.Function) string { return format.Plural(len(rows), "function", "functions") },
	})
}

// invokeAction only opens the screen; running is asked for there.
func (m *memory) invokeAction() listpane.Action[lambda.Function] {
	return listpane.Action[lambda.Function]{
		ID: "lambda.function.open-invoke", Label: "Invoke", Keys: []string{"x"}, Needs: []string{"lambda:InvokeFunction"},
		Show: func(_ pane.Env, f lambda.Function) pane.Factory {
			return m.invoke(target{function: f}, f.Name+" › invoke")
		},
		Command: func(env pane.Env, f lambda.Function) []string {
			return m.invocation(env, target{function: f}).Command()
		},
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
