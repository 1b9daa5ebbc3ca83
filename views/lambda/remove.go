package lambda

import (
	"context"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/ui/job"
	"straws/ui/listpane"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

const (
	removeID    = "lambda.function.delete"
	removeNeeds = "lambda:DeleteFunction"
)

// remove deletes functions from the list.
func (m *memory) remove() listpane.Action[lambda.Function] {
	return listpane.Action[lambda.Function]{
		ID: removeID, Label: "Delete", Keys: []string{"D"}, Danger: pane.Destroy, Needs: []string{removeNeeds},
		Warn:    func([]lambda.Function) []string { return removeWarnings() },
		Target:  func(f lambda.Function) string { return f.ARN },
		Command: func(_ pane.Env, f lambda.Function) []string { return lambda.DeleteCommand(f.Name) },
		Run: func(ctx context.Context, env pane.Env, f lambda.Function) error {
			return lambda.Delete(ctx, env.AWS, f.Name)
		},
	}
}

// removeHere deletes the function whose page is looked at.
func (m *memory) removeHere(env pane.Env, t target, refresh func() tea.Cmd) pane.Action {
	name := t.function.Name
	return pane.Action{
		ID: removeID, Label: "Delete", Keys: []string{"D"}, Danger: pane.Destroy, Needs: []string{removeNeeds},
		Count: 1, Noun: "function", Names: []string{name}, Type: name, Warn: removeWarnings, Off: wholeFunction(t),
		Command: func() string { return env.AWS.Command(lambda.DeleteCommand(name)...) },
		Job: func() job.Spec {
			return job.Spec{
				Title: "delete " + name, Total: 1,
				Run: func(ctx context.Context, pr *job.Progress) error {
					err := lambda.Delete(context.WithoutCancel(ctx), env.AWS, name)
					env.AWS.Audit(awsclient.Change{Action: removeNeeds, Target: t.id(), Err: err})
					if err == nil {
						pr.Add(1)
						m.changed()
					}
					return err
				},
				After: func() tea.Cmd {
					if env.Ctx.Err() != nil {
						return nil // the page has been left
					}
					return refresh()
				},
			}
		},
	}
}

func removeWarnings() []string {
	return []string{
		"all its versions and aliases go too, and nothing brings them back",
		"its event source mappings, its log group and what triggers it elsewhere stay, and have to be deleted there",
	}
}
