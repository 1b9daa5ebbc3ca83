package lambda

import (
	"context"
	"time"

	"straws/awsclient/lambda"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// Prompt implements pane.Prompter: the line of the client context, of the search
// or of the jq expression.
func (p *invokePane) Prompt() (string, int, bool) {
	switch {
	case p.context != nil:
		return p.context.prompt(p.env.Theme)
	case p.reads && p.answer != nil:
		return p.answer.Prompt()
	}
	return "", 0, false
}

// resultActions are those that letters stand for, while the keys go to the result.
func (p *invokePane) resultActions() []pane.Action {
	whole := pane.Action{ID: "lambda.result.open", Label: "Whole answer", Keys: []string{"enter"}, Do: p.openAnswer, Hide: !p.reads}
	if !p.answered() {
		whole.Off = "there is no answer yet"
	}
	return []pane.Action{
		whole,
		{ID: "lambda.result.copy", Label: "Copy", Keys: []string{"y"}, Do: p.pickCopy, Hide: !p.reads},
		{
			ID: "lambda.function.history", Label: "History", Keys: []string{"H"}, Hide: !p.reads,
			Do: func() tea.Cmd { p.env.Push(p.memory.history(p.target)); return nil },
		},
		{
			ID: "lambda.result.logs", Label: "Logs", Keys: []string{"L"}, Needs: []string{"logs:FilterLogEvents"}, Hide: !p.reads,
			Do: p.openLogs,
		},
	}
}

func (p *invokePane) answered() bool { return p.last.landed != nil && p.last.landed.err == nil }

// openLogs shows what the last run logged, or the function when there is no run
// or its request is not known.
func (p *invokePane) openLogs() tea.Cmd {
	id, around := "", time.Time{}
	if l := p.last.landed; l != nil {
		id, around = l.run.Result.RequestID, l.run.Began
	}
	p.env.Push(logsOf(p.target, id, around))
	return nil
}

// openAnswer shows the payload of the answer alone.
func (p *invokePane) openAnswer() tea.Cmd {
	l := p.last.landed
	p.env.Push(textpane.New(textpane.Spec{
		Title: "answer", JSON: l.json,
		Load: func(context.Context, pane.Env) (string, error) {
			return pretty(l.run.Result.Payload), nil
		},
	}))
	return nil
}

func (p *invokePane) pickCopy() tea.Cmd {
	none := "there is no answer yet"
	var r lambda.Result
	if p.answered() {
		none, r = "", p.last.landed.run.Result
	}
	choice := func(label, text, off string) pane.Choice {
		return pane.Choice{Label: label, Off: off, Do: func() tea.Cmd { p.env.Copy(label, text); return nil }}
	}
	p.env.Pick("copy", []pane.Choice{
		choice("answer", string(r.Payload), none),
		choice("log", r.Log, none),
		choice("request id", r.RequestID, none),
		choice("payload", p.editor.value(), ""),
		choice("command: Run", p.env.AWS.Command(p.memory.invocation(p.env, p.target).Command()...), ""),
	})
	return nil
}
