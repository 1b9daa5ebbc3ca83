package lambda

import (
	"time"

	"straws/awsclient/lambda"
	"straws/ui/pane"
	"straws/ui/sectionpane"

	tea "charm.land/bubbletea/v2"
)

// function is the page of one function: everything about it that is asked for
// with its name. Each section is a request and a permission of its own.
func (m *memory) function(t target) pane.Factory {
	return func(env pane.Env) pane.Pane {
		f := facts{target: t, zone: env.Now().Location()}
		return sectionpane.New(sectionpane.Spec{
			Title: t.name(),
			Parts: f.parts(),
			Actions: func(env pane.Env, refresh func() tea.Cmd) []pane.Action {
				return append(m.openings(env, t), m.removeHere(env, t, refresh))
			},
			Changes: m.changes.Load,
			Copies: func(env pane.Env) []sectionpane.Copy {
				return []sectionpane.Copy{
					{Label: "name", Text: t.function.Name},
					{Label: "ARN", Text: t.function.ARN},
					{Label: "log group", Text: t.function.LogGroup},
					{Label: "command: Describe", Text: env.AWS.Command(lambda.DescribeCommand(t.function.Name)...)},
				}
			},
		})(env)
	}
}

// openings are the screens that open from the page, as they do from the list.
func (m *memory) openings(env pane.Env, t target) []pane.Action {
	open := func(f pane.Factory) func() tea.Cmd {
		return func() tea.Cmd { env.Push(f); return nil }
	}
	return []pane.Action{
		{
			ID: "lambda.function.open-invoke", Label: "Invoke", Keys: []string{"x", "enter"}, Needs: []string{"lambda:InvokeFunction"},
			Do:      open(m.invoke(t, "invoke")),
			Command: func() string { return env.AWS.Command(m.invocation(env, t).Command()...) },
		},
		{ID: "lambda.function.history", Label: "History", Keys: []string{"H"}, Do: open(m.history(t))},
		{
			ID: "lambda.function.logs", Label: "Logs", Keys: []string{"L"}, Needs: []string{"logs:FilterLogEvents"},
			Do: open(logsOf(t, "", time.Time{})),
		},
		{
			ID: "lambda.function.settings", Label: "Settings", Keys: []string{"e"}, Off: wholeFunction(t),
			Needs: []string{"lambda:UpdateFunctionConfiguration"}, Do: open(m.settings(t, "settings")),
		},
	}
}

// wholeFunction says why something cannot be done to a version or an alias.
func wholeFunction(t target) string {
	if t.qualifier == "" || t.qualifier == "$LATEST" {
		return ""
	}
	return "this is " + t.name() + ": open lambda/" + t.function.Name
}
