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
}

func (a *App) newConfirm(act pane.Action) *confirm {
	c := &confirm{app: a, act: act, asked: a.now, input: textinput.New()}
	c.input.Prompt = ""
	c.input.SetVirtualCursor(false)
	c.input.Focus()
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
	case c.app.now.Sub(c.asked) < unread:
		return nil, false
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

func (c *confirm) yes() tea.Cmd { return c.app.perform(c.act) }

func (c *confirm) no() tea.Cmd {
	c.app.Flash(pane.Info, c.act.Label+": nothing was done")
	return nil
}

func (c *confirm) hints() []pane.Hint {
	if c.want == "" {
		return []pane.Hint{{Keys: "y", Label: strings.ToLower(c.act.Label)}, {Keys: "any other key", Label: "no"}}
	}
	return []pane.Hint{{Keys: "enter", Label: strings.ToLower(c.act.Label)}, {Keys: "esc", Label: "no"}}
}

func (c *confirm) cursor() (int, int, bool) {
	if c.want == "" {
		return 0, 0, false
	}
	return ansi.StringWidth(c.ask()) + ansi.StringWidth(c.input.Value()[:min(c.input.Position(), len(c.input.Value()))]), -1, true
}

func (c *confirm) ask() string {
	return "   type  " + c.want + "  to " + strings.ToLower(c.act.Label) + "  "
}

// title says what would be done, to how many of what, where.
func (c *confirm) title() string {
	n := strconv.Itoa(c.act.Count) + " " + c.act.Noun
	if c.act.Count == 1 {
		n = c.act.Noun
	}
	return c.act.Label + " " + n + " in " + c.app.where()
}

func (c *confirm) draw(w, h int, th *theme.Theme) []string {
	last := "   y to " + strings.ToLower(c.act.Label) + ", any other key: no"
	if c.want != "" {
		last = "   type  " + th.Accent.Render(c.want) + "  to " + strings.ToLower(c.act.Label) + "  " + clean.Line(c.input.Value())
		if c.wrong {
			last += th.Bad.Render("   that is not it; nothing was done")
		}
	}
	// The question itself is never cut: names and notes give way to it.
	body := c.body(w, th)
	if room := max(h-3, 0); len(body) > room {
		body = body[:room]
	}
	lines := append([]string{list.Rule(c.title(), w, th)}, body...)
	lines = append(lines, "", ansi.Truncate(last, w, "…"))
	return lines[max(len(lines)-h, 0):]
}

func (c *confirm) body(w int, th *theme.Theme) []string {
	var lines []string
	for _, n := range c.act.Names {
		lines = append(lines, ansi.Truncate("   "+clean.Line(n), w, "…"))
	}
	if more := c.act.Count - len(c.act.Names); more > 0 {
		lines = append(lines, th.Muted.Render("   … and "+format.Count(more)+" more"))
	}
	for _, s := range c.act.Warn {
		for _, l := range strings.Split(ansi.Wrap(clean.Line(s), max(w-6, 10), " "), "\n") {
			lines = append(lines, th.Warn.Render("   "+l))
		}
	}
	if len(c.act.Needs) > 0 {
		lines = append(lines, th.Muted.Render(ansi.Truncate("   needs "+strings.Join(c.act.Needs, ", "), w, "…")))
	}
	return lines
}
