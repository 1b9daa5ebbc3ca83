package lambda

import (
	"context"
	"fmt"

	"straws/awsclient/lambda"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// Capturing implements pane.Capturer: while the payload is edited, letters are
// text.
func (p *invokePane) Capturing() bool { return !p.reads }

// Back implements pane.Backer: a run is left before the screen is.
func (p *invokePane) Back() (tea.Cmd, bool) {
	if !p.run.Busy() {
		return nil, false
	}
	p.stop()
	return nil, true
}

func (p *invokePane) key(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "ctrl+r", "f5":
		return p.start()
	case "tab", "shift+tab":
		p.reads = !p.reads
		return nil
	case "esc":
		if _, done := p.Back(); !done {
			p.env.Pop()
		}
		return nil
	}
	if p.reads {
		p.readKey(k.String())
		return nil
	}
	p.editor.key(k)
	p.checkPayload()
	return nil
}

func (p *invokePane) readKey(key string) {
	if key == "w" {
		p.text.Wrap(!p.text.Wrapped())
		return
	}
	p.text.Key(key)
}

func (p *invokePane) paste(content string) {
	if p.reads {
		return
	}
	if err := p.editor.paste(content); err != nil {
		p.env.Flash(pane.Error, err.Error())
		return
	}
	p.checkPayload()
}

// checkPayload looks at the payload after every change, and remembers it.
func (p *invokePane) checkPayload() {
	text := p.editor.value()
	p.memory.payloads[memoryKey(p.env, p.target)] = text
	p.check = lambda.CheckPayload([]byte(text))
	if limit := lambda.Wait.Limit(); p.check == nil && len(text) > limit {
		p.check = fmt.Errorf("%d bytes are more than the %d that Lambda takes", len(text), limit)
	}
}

// Hints implements pane.Hinter.
func (p *invokePane) Hints() []pane.Hint {
	if p.reads {
		return []pane.Hint{{Keys: "tab", Label: "payload"}, {Keys: "j k", Label: "scroll"}}
	}
	if p.run.Busy() {
		return []pane.Hint{{Keys: "esc", Label: "stop waiting"}, {Keys: "tab", Label: "result"}}
	}
	return []pane.Hint{{Keys: "ctrl+r", Label: "run"}, {Keys: "tab", Label: "result"}, {Keys: "esc", Label: "back"}}
}

// Actions implements pane.Pane.
func (p *invokePane) Actions() []pane.Action {
	run := pane.Action{
		ID: "lambda.function.invoke", Label: "Run", Keys: []string{"ctrl+r", "f5"}, Needs: []string{"lambda:InvokeFunction"},
		Do:      p.start,
		Command: func() string { return p.env.AWS.Command(p.memory.invocation(p.env, p.target).Command()...) },
	}
	whole := pane.Action{ID: "lambda.result.open", Label: "Whole answer", Keys: []string{"enter"}, Do: p.openAnswer, Hide: !p.reads}
	copied := pane.Action{ID: "lambda.result.copy", Label: "Copy", Keys: []string{"y"}, Do: p.pickCopy, Hide: !p.reads}
	if p.last.answer == nil {
		whole.Off = "there is no answer yet"
	}
	return []pane.Action{run, whole, copied}
}

// openAnswer shows the payload of the answer alone, where it can be searched and
// narrowed with jq.
func (p *invokePane) openAnswer() tea.Cmd {
	text, isJSON := pretty(p.last.answer.Payload)
	p.env.Push(textpane.New(textpane.Spec{
		Title: "answer", JSON: isJSON,
		Load: func(context.Context, pane.Env) (string, error) { return text, nil },
	}))
	return nil
}

func (p *invokePane) pickCopy() tea.Cmd {
	none := ""
	var a answer
	if p.last.answer == nil {
		none = "there is no answer yet"
	} else {
		a = *p.last.answer
	}
	choice := func(label, text, off string) pane.Choice {
		return pane.Choice{Label: label, Off: off, Do: func() tea.Cmd { p.env.Copy(label, text); return nil }}
	}
	p.env.Pick("copy", []pane.Choice{
		choice("answer", string(a.Payload), none),
		choice("log", a.Log, none),
		choice("request id", a.RequestID, none),
		choice("payload", p.editor.value(), ""),
		choice("command: Run", p.env.AWS.Command(p.memory.invocation(p.env, p.target).Command()...), ""),
	})
	return nil
}
