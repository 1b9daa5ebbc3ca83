package lambda

import (
	"fmt"
	"strings"
	"time"

	"straws/awsclient/logs"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/keymap"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// prompt is what a line of text is asked for.
type prompt int

const (
	noPrompt prompt = iota
	findPrompt
	patternPrompt
)

func (a prompt) label() string {
	return map[prompt]string{findPrompt: "/", patternPrompt: "pattern "}[a]
}

// Capturing implements pane.Capturer.
func (p *logsPane) Capturing() bool { return p.ask != noPrompt }

// Back implements pane.Backer: it leaves a filter before the pane.
func (p *logsPane) Back() (tea.Cmd, bool) {
	if p.filter == p.base {
		return nil, false
	}
	return p.show(p.base), true
}

// Prompt implements pane.Prompter.
func (p *logsPane) Prompt() (string, int, bool) {
	if p.ask == noPrompt {
		return "", 0, false
	}
	label := p.ask.label()
	before := string([]rune(p.input.Value())[:p.input.Position()])
	return label + clean.Line(p.input.Value()), ansi.StringWidth(label + clean.Line(before)), true
}

func (p *logsPane) key(k tea.KeyPressMsg) tea.Cmd {
	if p.ask != noPrompt {
		return p.typed(k)
	}
	switch s := k.String(); s {
	case "/":
		p.open(findPrompt, "")
	case "n", "N":
		if !p.window.Next(map[string]int{"n": 1, "N": -1}[s]) {
			p.env.Flash(pane.Info, "no match")
		}
	case "w":
		p.window.Wrap(!p.window.Wrapped())
	default:
		return p.move(s)
	}
	return nil
}

// move reads older events when it goes up from the first one.
func (p *logsPane) move(key string) tea.Cmd {
	top := p.window.AtTop()
	p.window.Key(key)
	switch keymap.Moves(key) { //nolint:exhaustive // only these go up
	case keymap.Up, keymap.Top, keymap.HalfUp, keymap.PageUp:
		if top && p.opened && !p.paused {
			return p.earlier()
		}
	}
	return nil
}

func (p *logsPane) open(a prompt, text string) {
	p.ask = a
	p.input.SetValue(text)
	p.input.CursorEnd()
	p.input.Focus()
}

func (p *logsPane) typed(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		p.ask = noPrompt
		return nil
	case "enter":
		a, text := p.ask, strings.TrimSpace(p.input.Value())
		p.ask = noPrompt
		if a == patternPrompt {
			return p.setPattern(text)
		}
		p.search(text)
		return nil
	}
	p.input, _ = p.input.Update(k)
	return nil
}

func (p *logsPane) setPattern(pattern string) tea.Cmd {
	f := logFilter{pattern: pattern, since: p.filter.since}
	if p.filter.request != "" {
		f.since = time.Time{}
	}
	if f == p.filter {
		return nil
	}
	return p.show(f)
}

func (p *logsPane) search(text string) {
	p.found = ""
	if n := p.window.Find(text); text != "" {
		p.found = fmt.Sprintf("%s: %s", clean.Line(text), format.Plural(n, "event", "events"))
	}
}

// onlyRequest shows what the request of the event under the cursor has logged.
func (p *logsPane) onlyRequest() tea.Cmd {
	e, _ := p.window.Current()
	return p.show(logFilter{request: logs.Parse(e.Message).RequestID, since: e.Time.Add(-requestAtAll)})
}

// Hints implements pane.Hinter.
func (p *logsPane) Hints() []pane.Hint {
	switch p.ask {
	case findPrompt:
		return []pane.Hint{{Keys: "enter", Label: "find"}, {Keys: "esc", Label: "close"}}
	case patternPrompt:
		return []pane.Hint{{Keys: "enter", Label: `ask AWS: ERROR  "a phrase"  -without  { $.level = "ERROR" }`}, {Keys: "esc", Label: "close"}}
	case noPrompt:
	}
	return []pane.Hint{{Keys: "G", Label: "follow"}, {Keys: "/", Label: "find"}, {Keys: "w", Label: "wrap"}}
}
