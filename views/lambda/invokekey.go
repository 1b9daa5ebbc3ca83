package lambda

import (
	"slices"
	"strings"

	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// Capturing implements pane.Capturer: while something is typed, letters are text.
func (p *invokePane) Capturing() bool {
	return !p.reads || p.context != nil || p.answer != nil && p.answer.Capturing()
}

// Back implements pane.Backer: a run is left before the screen is.
func (p *invokePane) Back() (tea.Cmd, bool) {
	switch {
	case p.run.Busy():
		p.stop()
		return nil, true
	case p.reads && p.answer != nil:
		return p.answer.Back()
	}
	return nil, false
}

// key takes every key while something is typed, and those that are left over by
// the actions and the shell while the result is read.
func (p *invokePane) key(k tea.KeyPressMsg) tea.Cmd {
	if p.context != nil {
		return p.contextKey(k)
	}
	if p.answer != nil && p.answer.Capturing() {
		return p.answer.Update(k)
	}
	for _, a := range p.commands() {
		if slices.Contains(a.Keys, k.String()) {
			return p.do(a)
		}
	}
	switch k.String() {
	case "tab", "shift+tab":
		p.reads = !p.reads
		return nil
	case "esc":
		cmd, done := p.Back()
		if !done {
			p.env.Pop()
		}
		return cmd
	}
	if p.reads {
		if p.answer != nil {
			return p.answer.Update(k)
		}
		return nil
	}
	return p.payloadKey(k)
}

// do is what the shell does with an action, for the keys it does not see while
// the payload is typed.
func (p *invokePane) do(a pane.Action) tea.Cmd {
	if a.Off != "" {
		p.env.Flash(pane.Warn, a.Label+": "+a.Off)
		return nil
	}
	return a.Do()
}

func (p *invokePane) pasted(msg tea.PasteMsg) tea.Cmd {
	switch {
	case p.context != nil:
		p.context.input, _ = p.context.input.Update(msg)
		return nil
	case p.reads && p.answer != nil:
		return p.answer.Update(msg)
	case p.reads:
		return nil
	}
	p.editor.text.Paste(msg.Content)
	return p.edited()
}

func (p *invokePane) payloadKey(k tea.KeyPressMsg) tea.Cmd {
	if k.String() == "ctrl+f" {
		return p.reformat()
	}
	if _, changed := p.editor.text.Key(k); changed {
		return p.edited()
	}
	return nil
}

// runOrShow runs the function, or shows where its payload is wrong.
func (p *invokePane) runOrShow() tea.Cmd {
	if p.check != nil && !p.run.Busy() {
		p.showMistake(p.check)
	}
	return p.start()
}

// commands are the actions whose keys mean the same on both sides.
func (p *invokePane) commands() []pane.Action {
	return []pane.Action{
		{
			ID: "lambda.function.invoke", Label: "Run", Keys: []string{"ctrl+r", "f5"}, Needs: []string{"lambda:InvokeFunction"}, Do: p.runOrShow,
			Command: func() string { return p.env.AWS.Command(p.memory.invocation(p.env, p.target).Command()...) },
		},
		{ID: "lambda.payload.editor", Label: "Editor", Keys: []string{"ctrl+e"}, Hide: p.reads, Do: p.editOutside},
		{ID: "lambda.payload.events", Label: "Events", Keys: []string{"ctrl+o"}, Hide: p.reads, Do: p.openEvents},
		{ID: "lambda.payload.templates", Label: "Templates", Keys: []string{"ctrl+t"}, Hide: p.reads, Do: p.pickTemplate},
		{
			ID: "lambda.function.qualifier", Label: "Qualifier", Keys: []string{"ctrl+k"}, Hide: p.reads,
			Needs: []string{"lambda:ListAliases", "lambda:ListVersionsByFunction"}, Do: p.pickQualifier,
		},
		{ID: "lambda.function.mode", Label: "Mode", Keys: []string{"ctrl+n"}, Hide: p.reads, Do: p.pickMode},
		{ID: "lambda.payload.save", Label: "Save event", Keys: []string{"ctrl+s"}, Hide: p.reads, Off: p.unsaveable(), Do: p.openSave},
		{ID: "lambda.payload.load", Label: "Load file or s3://", Keys: []string{"ctrl+g"}, Hide: p.reads, Do: p.openSource},
	}
}

// Actions implements pane.Pane.
func (p *invokePane) Actions() []pane.Action { return append(p.commands(), p.resultActions()...) }

// Hints implements pane.Hinter.
func (p *invokePane) Hints() []pane.Hint {
	switch {
	case p.context != nil:
		return []pane.Hint{{Keys: "enter", Label: "use it"}, {Keys: "esc", Label: "close"}}
	case p.reads:
		h := []pane.Hint{{Keys: "tab", Label: "payload"}}
		if p.answer != nil {
			h = append(h, p.answer.Hints()...)
		}
		return h
	}
	var h []pane.Hint
	if p.run.Busy() {
		h = []pane.Hint{{Keys: "esc", Label: "stop waiting"}, {Keys: "tab", Label: "result"}}
	}
	for _, a := range p.commands() {
		if len(h) == 4 && !p.run.Busy() {
			h = append(h, pane.Hint{Keys: "tab", Label: "result"})
		}
		word, _, _ := strings.Cut(strings.ToLower(a.Label), " ") // there are many of them
		h = append(h, pane.Hint{Keys: a.Keys[0], Label: word})
	}
	return append(h, pane.Hint{Keys: "ctrl+f", Label: "format"}, pane.Hint{Keys: "ctrl+u ctrl+y", Label: "undo, redo"}, pane.Hint{Keys: "esc", Label: "back"})
}
