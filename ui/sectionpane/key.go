package sectionpane

import (
	"errors"
	"fmt"
	"strings"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// page is the width for which the text is laid out that is copied as a whole:
// no value is broken in it.
const page = 1 << 20

// Actions implements pane.Pane.
func (p *Pane) Actions() []pane.Action {
	var out []pane.Action
	if p.spec.Actions != nil {
		out = p.spec.Actions(p.env, p.Refresh)
	}
	if p.secrets() {
		label := map[bool]string{false: "Show values", true: "Mask values"}[p.shown]
		out = append(out, pane.Action{ID: "section.values", Label: label, Keys: []string{"m"}, Do: p.toggle})
	}
	return append(out, pane.Action{ID: "section.copy", Label: "Copy", Keys: []string{"y"}, Do: p.pickCopy})
}

func (p *Pane) secrets() bool {
	for _, part := range p.parts {
		for _, s := range part.sections {
			for _, f := range s.Fields {
				if f.Secret {
					return true
				}
			}
		}
	}
	return false
}

func (p *Pane) toggle() tea.Cmd {
	p.shown = !p.shown
	p.compose()
	return nil
}

// pickCopy offers the forms of the thing, the page, and for each part that was
// denied the statement that would allow it.
func (p *Pane) pickCopy() tea.Cmd {
	var copies []Copy
	if p.spec.Copies != nil {
		copies = p.spec.Copies(p.env)
	}
	copies = append(copies, Copy{"this page", strings.Join(p.lines(page), "\n")})
	for _, part := range p.parts {
		var e *awsclient.Error
		if errors.As(part.err, &e) && e.Policy() != "" {
			copies = append(copies, Copy{"policy: " + e.Action, e.Policy()})
		}
	}
	var choices []pane.Choice
	for _, c := range copies {
		if c.Text == "" {
			continue
		}
		choices = append(choices, pane.Choice{Label: c.Label, Detail: c.Text, Do: func() tea.Cmd {
			p.env.Copy(c.Label, c.Text)
			return nil
		}})
	}
	p.env.Pick("copy", choices)
	return nil
}

func (p *Pane) key(k tea.KeyPressMsg) {
	if p.typing {
		p.typed(k)
		return
	}
	switch s := k.String(); s {
	case "/":
		p.typing = true
		p.input.SetValue("")
		p.input.Focus()
	case "n", "N":
		if !p.text.Next(map[string]int{"n": 1, "N": -1}[s]) {
			p.env.Flash(pane.Info, "no match")
		}
	default:
		p.text.Key(s)
	}
}

func (p *Pane) typed(k tea.KeyPressMsg) {
	switch k.String() {
	case "esc":
		p.typing = false
	case "enter":
		p.typing, p.note = false, ""
		text := strings.TrimSpace(p.input.Value())
		if n := p.text.Find(text); text != "" {
			p.note = fmt.Sprintf("%s: %s", clean.Line(text), format.Plural(n, "line", "lines"))
		}
	default:
		p.input, _ = p.input.Update(k)
	}
}

// Capturing implements pane.Capturer.
func (p *Pane) Capturing() bool { return p.typing }

// Prompt implements pane.Prompter.
func (p *Pane) Prompt() (string, int, bool) {
	if !p.typing {
		return "", 0, false
	}
	before := string([]rune(p.input.Value())[:p.input.Position()])
	return "/" + clean.Line(p.input.Value()), 1 + ansi.StringWidth(clean.Line(before)), true
}

// Hints implements pane.Hinter.
func (p *Pane) Hints() []pane.Hint {
	if p.typing {
		return []pane.Hint{{Keys: "enter", Label: "search"}, {Keys: "esc", Label: "close"}}
	}
	return nil
}

// Status implements pane.Statuser.
func (p *Pane) Status() string {
	busy, failed := 0, 0
	for _, part := range p.parts {
		if part.load.Busy() {
			busy++
		} else if part.err != nil {
			failed++
		}
	}
	var words []string
	if busy > 0 {
		words = append(words, fmt.Sprintf("loading %d of %d", busy, len(p.parts)))
	}
	if failed > 0 {
		words = append(words, p.env.Theme.Warn.Render(format.Plural(failed, "section", "sections")+" could not be read"))
	}
	if p.note != "" {
		words = append(words, p.note)
	}
	return strings.Join(words, " · ")
}
