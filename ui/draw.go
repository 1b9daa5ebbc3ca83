package ui

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

const (
	minWidth  = 40
	minHeight = 8
	chrome    = 3 // header, status, hints
)

// View implements tea.Model. Bubble Tea calls it after every message, so it
// draws only when one has been handled since.
func (a *App) View() tea.View {
	if a.dirty {
		a.drawn, a.dirty = a.draw(), false
	}
	return a.drawn
}

func (a *App) draw() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	v.ReportFocus = true
	v.WindowTitle = "straws: " + a.breadcrumb()
	if a.w < minWidth || a.h < minHeight {
		v.Content = tooSmall(a.w, a.h)
		return v
	}
	h := a.h - chrome
	body := strings.Split(a.body(a.w, h), "\n")
	lines := append([]string{a.header()}, a.cover(body, &v)...)
	lines = append(lines, a.status(&v), a.hints())
	v.Content = strings.Join(lines, "\n")
	return v
}

func tooSmall(w, h int) string {
	lines := make([]string, max(h, 1))
	lines[0] = ansi.Truncate(fmt.Sprintf("straws needs %d×%d cells", minWidth, minHeight), max(w, 0), "…")
	return strings.Join(lines, "\n")
}

func (a *App) body(w, h int) string {
	f := a.top()
	if f == nil {
		return a.drawOverview(w, h)
	}
	return f.pane.View(w, h)
}

// cover lays the overlay, or a message too long for the status line, over the
// last lines of the body; what is above it stays where it was.
func (a *App) cover(body []string, v *tea.View) []string {
	var over []string
	if a.overlay != nil {
		over = a.overlay.draw(a.w, len(body), a.theme)
	} else {
		over = a.longFlash()
	}
	top := len(body) - len(over)
	copy(body[top:], over)
	v.Cursor = a.textCursor(top, len(over))
	return body
}

// textCursor is where the terminal's own cursor stands: in the overlay or in
// the pane's body. The prompt's is set with the status line.
func (a *App) textCursor(top, lines int) *tea.Cursor {
	if a.overlay != nil {
		x, y, ok := a.overlay.cursor()
		if y < 0 {
			y += lines
		}
		if ok && x < a.w && y < lines {
			return tea.NewCursor(x, 1+top+y)
		}
		return nil
	}
	if f := a.top(); f != nil {
		if c, ok := f.pane.(pane.Cursorer); ok {
			if x, y, ok := c.Cursor(); ok {
				return tea.NewCursor(x, 1+y)
			}
		}
	}
	return nil
}

func (a *App) breadcrumb() string {
	if a.current == overview {
		return "overview"
	}
	var parts []string
	for _, f := range a.tabs[a.current].stack {
		parts = append(parts, clean.Line(f.pane.Title()))
	}
	return strings.Join(parts, " › ")
}

// header says where the user is at the left, and as whom at the right. On a
// narrow screen the account gives way first, then the beginning of the path.
func (a *App) header() string {
	path := ""
	if a.current != overview {
		path = a.breadcrumb()
	}
	right := a.identityText(true)
	if ansi.StringWidth(path)+ansi.StringWidth(right)+12 > a.w {
		right = a.identityText(false)
	}
	room := a.w - ansi.StringWidth(right) - 12
	if n := ansi.StringWidth(path); n > room {
		path = ansi.TruncateLeft(path, n-room+1, "…")
	}
	left := " " + a.theme.Accent.Bold(true).Render("straws") + "  " + a.theme.Title.Render(path)
	return bar(a.w, left, right+" ")
}

func (a *App) identityText(account bool) string {
	var parts []string
	if a.aws.ReadOnly() {
		parts = append(parts, a.theme.Badge.Render(" READ-ONLY "))
	}
	if e := a.aws.Endpoint(); e != "" {
		parts = append(parts, a.theme.Warn.Render(clean.Line(e)))
	}
	if p := a.aws.Profile(); p != "" {
		parts = append(parts, a.theme.Text.Render(clean.Line(p)))
	}
	if account && a.who.Account != "" {
		parts = append(parts, a.theme.Muted.Render(strings.TrimSpace(clean.Line(a.who.Alias+" "+a.who.Account))))
	}
	parts = append(parts, a.theme.Text.Render(clean.Line(a.aws.Region())))
	return strings.Join(parts, "  ")
}

// where names the account and region for a confirmation.
func (a *App) where() string {
	s := a.aws.Region()
	if a.who.Account != "" {
		s = strings.TrimSpace(clean.Line(a.who.Alias+" "+a.who.Account)) + ", " + s
	}
	return s
}

func (a *App) status(v *tea.View) string {
	left := a.statusText()
	if a.overlay == nil {
		if text, x, ok := a.prompt(); ok {
			left = text
			v.Cursor = tea.NewCursor(min(x+1, a.w-1), a.h-2)
			return bar(a.w, " "+left, "")
		}
	}
	if a.flash.text != "" {
		left = a.flashStyle().Render(a.flash.text)
		if ansi.StringWidth(a.flash.text)+2 > a.w {
			left = "" // longFlash has it
		}
		return bar(a.w, " "+left, a.jobsText()+" ")
	}
	right := a.meterText()
	for _, less := range []func() string{a.jobsText, a.jobsShort} {
		if ansi.StringWidth(left)+ansi.StringWidth(right)+4 > a.w {
			right = less()
		}
	}
	return bar(a.w, " "+left, right+" ")
}

func (a *App) prompt() (string, int, bool) {
	if f := a.top(); f != nil {
		if p, ok := f.pane.(pane.Prompter); ok {
			return p.Prompt()
		}
	}
	return "", 0, false
}

func (a *App) statusText() string {
	f := a.top()
	if f == nil {
		return ""
	}
	if s, ok := f.pane.(pane.Statuser); ok {
		return s.Status()
	}
	return ""
}

// longFlash wraps a message that does not fit the status line, under a rule.
func (a *App) longFlash() []string {
	if ansi.StringWidth(a.flash.text)+2 <= a.w {
		return nil
	}
	lines := []string{a.theme.Line.Render(strings.Repeat("─", a.w))}
	for _, l := range strings.Split(ansi.Wrap(a.flash.text, a.w-4, " "), "\n") {
		lines = append(lines, "  "+a.flashStyle().Render(l))
	}
	return lines[:min(len(lines), a.h-chrome)]
}

func (a *App) meterText() string {
	m := a.aws.Meter().Snapshot()
	s := a.theme.Muted.Render(format.Plural(int(m.Requests), "call", "calls") + " ≈ " + m.Cost())
	if j := a.jobsText(); j != "" {
		s += "   " + j
	}
	return s
}

// hints lists keys at the bottom, the most useful first; those that do not fit
// are left out whole.
func (a *App) hints() string {
	list := a.hintList()
	last := ""
	if !a.capturing() {
		last = " " + a.hint(pane.Hint{Keys: "?", Label: "help"})
	}
	line := ""
	for _, h := range list {
		s := " " + a.hint(h) + " "
		if ansi.StringWidth(line)+ansi.StringWidth(s)+ansi.StringWidth(last) > a.w {
			break
		}
		line += s
	}
	return ansi.Truncate(line+last, a.w, "…")
}

// capturing reports whether every key goes to an overlay or to a text that is
// being typed.
func (a *App) capturing() bool {
	if a.overlay != nil {
		return true
	}
	if f := a.top(); f != nil {
		c, ok := f.pane.(pane.Capturer)
		return ok && c.Capturing()
	}
	return false
}

func (a *App) hint(h pane.Hint) string {
	return a.theme.Pen(theme.Accent).Draw(h.Keys) + " " + a.theme.Pen(theme.Muted).Draw(h.Label)
}

func (a *App) hintList() []pane.Hint {
	if a.overlay != nil {
		return a.overlay.hints()
	}
	f := a.top()
	if f == nil {
		return overviewHints()
	}
	var out []pane.Hint
	if h, ok := f.pane.(pane.Hinter); ok {
		out = append(out, h.Hints()...)
	}
	if a.capturing() {
		return out
	}
	for _, act := range f.pane.Actions() {
		// What is off on this row stays: a line that changes with every row
		// draws the eye, and the key says why.
		if !act.Hide && !(act.Danger > pane.Read && a.aws.ReadOnly()) {
			out = append(out, pane.Hint{Keys: act.Keys[0], Label: midSentence(act.Label)})
		}
	}
	return append(out, pane.Hint{Keys: "a", Label: "actions"}, pane.Hint{Keys: ":", Label: "go to"}, pane.Hint{Keys: "esc", Label: "back"})
}

// bar sets left and right on one line of w cells; right gives way.
func bar(w int, left, right string) string {
	n, m := ansi.StringWidth(left), ansi.StringWidth(right)
	if n+m > w {
		return ansi.Truncate(left, w, "…")
	}
	return left + strings.Repeat(" ", w-n-m) + right
}

// midSentence is a label as it reads after its key: a word that is a name of
// capitals, such as MB, stays one.
func midSentence(label string) string {
	first, size := utf8.DecodeRuneInString(label)
	if next, _ := utf8.DecodeRuneInString(label[size:]); unicode.IsUpper(next) {
		return label
	}
	return string(unicode.ToLower(first)) + label[size:]
}
