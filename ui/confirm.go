package ui

import (
	"strconv"
	"strings"
	"time"

	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/list"
	"straws/ui/pane"
	"straws/ui/theme"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// unread is how long a question ignores keys after it appeared: they were
// pressed before anyone could have read it.
const unread = 200 * time.Millisecond

// confirm asks before a Write, and for the target's name before a Destroy.
type confirm struct {
	app   *App
	act   pane.Action
	asked time.Time
	want  string // what must be typed; "" for a plain yes or no
	input textinput.Model
	wrong bool // something else was typed
	warn  []string

	indent int // column where the typed text was drawn
}

func (a *App) newConfirm(act pane.Action) *confirm {
	c := &confirm{app: a, act: act, asked: a.time(), input: textinput.New()}
	c.input.Prompt = ""
	c.input.SetVirtualCursor(false)
	c.input.Focus()
	if act.Warn != nil {
		c.warn = act.Warn()
	}
	if act.Danger == pane.Destroy {
		c.want = strconv.Itoa(act.Count)
		if act.Count == 1 {
			c.want = clean.Line(act.Type)
		}
	}
	return c
}

func (c *confirm) key(k tea.KeyPressMsg) (func() tea.Cmd, bool) {
	s := k.String()
	switch {
	case s == "esc" || s == "ctrl+c":
		return c.no, true
	case c.app.time().Sub(c.asked) < unread:
		return nil, false
	case s == "ctrl+y":
		c.copy()
	case c.want == "" && s == "y":
		return c.yes, true
	case c.want == "":
		return c.no, true
	case s == "enter" && c.input.Value() == c.want:
		return c.yes, true
	case s == "enter":
		c.wrong = true
	default:
		c.wrong = false
		c.input, _ = c.input.Update(k)
	}
	return nil, false
}

// paste fills in the name but never answers: that takes a key.
func (c *confirm) paste(p tea.PasteMsg) {
	if c.want != "" {
		p.Content = strings.TrimRight(p.Content, "\r\n")
		c.input, _ = c.input.Update(p)
	}
}

// copy puts the aws command that does the same on the clipboard; the question
// stays.
func (c *confirm) copy() {
	if c.act.Command != nil {
		c.app.Copy("command", c.act.Command())
	}
}

func (c *confirm) yes() tea.Cmd { return c.app.perform(c.act) }

func (c *confirm) no() tea.Cmd {
	c.app.Flash(pane.Info, c.act.Label+": nothing was done")
	return nil
}

func (c *confirm) hints() []pane.Hint {
	hints := []pane.Hint{{Keys: "enter", Label: midSentence(c.act.Label)}, {Keys: "esc", Label: "no"}}
	if c.want == "" {
		hints = []pane.Hint{{Keys: "y", Label: midSentence(c.act.Label)}, {Keys: "any other key", Label: "no"}}
	}
	if c.act.Command != nil {
		hints = append(hints, pane.Hint{Keys: "ctrl+y", Label: "copy the command"})
	}
	return hints
}

func (c *confirm) cursor() (int, int, bool) {
	if c.want == "" {
		return 0, 0, false
	}
	before := clean.Line(string([]rune(c.input.Value())[:c.input.Position()]))
	return c.indent + ansi.StringWidth(before), -1, true
}

// title says what would be done, to how many of what, where.
func (c *confirm) title() string {
	n := strconv.Itoa(c.act.Count) + " " + c.act.Noun
	if c.act.Count == 1 && len(c.act.Names) > 0 {
		n = c.act.Noun
	}
	return c.act.Label + " " + n + " in " + c.app.where()
}

func (c *confirm) draw(w, h int, th *theme.Theme) []string {
	ask := c.ask(w, th)
	// The question itself is never cut: notes give way to it, and all names but the
	// first to the notes.
	room, names := max(h-2-len(ask), 0), len(c.act.Names)
	body := c.body(w, th, names)
	for names > 1 && len(body) > room {
		names--
		body = c.body(w, th, names)
	}
	lines := append([]string{list.Rule(c.title(), w, th)}, body[:min(len(body), room)]...)
	if len(body) > room { // a note is worth more than the blank line
		lines = append(lines, body[room])
	} else {
		lines = append(lines, "")
	}
	lines = append(lines, ask...)
	return lines[max(len(lines)-h, 0):]
}

// ask is the question: one line, or two where what must be typed is too long for
// what is typed to stand beside it.
func (c *confirm) ask(w int, th *theme.Theme) []string {
	verb := midSentence(c.act.Label)
	if c.want == "" {
		return []string{ansi.Truncate("   y to "+verb+", any other key: no", w, "…")}
	}
	plain := "   type  " + c.want + "  to " + verb + "  "
	ask := "   type  " + th.Accent.Render(c.want) + "  to " + verb + "  "
	typed := clean.Line(c.input.Value())
	if c.wrong {
		typed += th.Bad.Render("   that is not it; nothing was done")
	}
	if c.indent = ansi.StringWidth(plain); c.indent+ansi.StringWidth(c.want)+1 < w {
		return []string{ansi.Truncate(ask+typed, w, "…")}
	}
	c.indent = 3
	return []string{ansi.Truncate(ask, w, "…"), ansi.Truncate("   "+typed, w, "…")}
}

// body is what is to be read first, with so many of the names.
func (c *confirm) body(w int, th *theme.Theme, names int) []string {
	var lines []string
	for _, n := range c.act.Names[:names] {
		lines = append(lines, ansi.Truncate("   "+clean.Line(n), w, "…"))
	}
	if more := c.act.Count - names; more > 0 && names > 0 {
		lines = append(lines, th.Muted.Render("   … and "+format.Count(more)+" more"))
	}
	for _, s := range c.warn {
		for _, l := range strings.Split(ansi.Wrap(clean.Line(s), max(w-6, 10), " "), "\n") {
			lines = append(lines, th.Warn.Render("   "+l))
		}
	}
	if len(c.act.Needs) > 0 {
		lines = append(lines, th.Muted.Render(ansi.Truncate("   needs "+strings.Join(c.act.Needs, ", "), w, "…")))
	}
	return lines
}
