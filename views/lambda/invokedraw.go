package lambda

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"straws/awsclient/lambda"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/textpane"

	"github.com/charmbracelet/x/ansi"
)

const (
	beside = 100 // cells from which payload and result stand side by side
	rule   = 2   // cells between them
	margin = 1   // cells at the left of each
)

// View implements pane.Pane.
func (p *invokePane) View(w, h int) string {
	if w < beside {
		return p.stacked(w, h)
	}
	left := (w - rule) / 2
	a, b := p.drawPayload(left, h), p.drawResult(w-left-rule, h)
	line := " " + p.env.Theme.Line.Render("│")
	for i := range a {
		a[i] += strings.Repeat(" ", max(left-ansi.StringWidth(a[i]), 0)) + line + b[i]
	}
	return strings.Join(a, "\n")
}

// stacked gives the payload the lines it has, up to half of the screen, and a
// quarter while the result has the keys.
func (p *invokePane) stacked(w, h int) string {
	upper := min(max(p.editor.lines()+2, 4), h/2)
	if p.reads {
		upper = min(upper, h/4)
	}
	upper = min(max(upper, 2), h)
	lines := p.drawPayload(w, upper)
	if h > upper {
		lines = append(lines, p.env.Theme.Line.Render(strings.Repeat("─", w)))
		lines = append(lines, p.drawResult(w, h-upper-1)...)
	}
	return strings.Join(lines[:h], "\n")
}

func (p *invokePane) drawPayload(w, h int) []string {
	lines := append([]string{p.heading("payload", !p.reads) + p.env.Theme.Muted.Render(p.about())},
		p.editor.draw(w-margin, max(h-1, 1), p.env.Theme)...)
	return fit(lines, w, h)
}

func (p *invokePane) heading(text string, focused bool) string {
	if focused {
		return p.env.Theme.Accent.Render(text)
	}
	return p.env.Theme.Muted.Render(text)
}

// about says what is invoked, as far as it is known.
func (p *invokePane) about() string {
	f := p.target.function
	text := "   qualifier " + or(p.target.qualifier, "$LATEST")
	if f.ARN != "" {
		text += fmt.Sprintf("   timeout %s   %s MB", format.Duration(f.Timeout), format.Count(int(f.Memory)))
	}
	return clean.Line(text)
}

func (p *invokePane) drawResult(w, h int) []string {
	th := p.env.Theme
	switch o := p.last; {
	case p.run.Busy():
		return fit([]string{th.Warn.Render(p.running()), th.Muted.Render("esc stops waiting (the function runs on)")}, w, h)
	case o.answer != nil:
		return p.drawAnswer(w, h)
	case o.err != nil:
		return p.drawError(o.err, w, h)
	case o.stopped > 0:
		return fit([]string{
			th.Warn.Render("◐ stopped waiting after " + seconds(o.stopped)), "",
			th.Muted.Render("the function runs on; its log will say how it ends:"),
			th.Muted.Render(clean.Line(or(p.target.function.LogGroup, "/aws/lambda/"+p.target.function.Name))),
		}, w, h)
	}
	return fit([]string{p.heading("result", p.reads), "", th.Muted.Render("ctrl+r runs the function once")}, w, h)
}

// running is the elapsed time against the most that the function may take.
func (p *invokePane) running() string {
	text := "running " + seconds(p.env.Now().Sub(p.began))
	if limit := p.target.function.Timeout; limit > 0 {
		text += fmt.Sprintf(" of %.0f s", limit.Seconds())
	}
	return text
}

func (p *invokePane) drawAnswer(w, h int) []string {
	th, a := p.env.Theme, p.last.answer
	first, second := a.figures(p.target.function.Arch)
	head := []string{th.Good.Render(a.verdict()) + "   " + first, "  " + th.Muted.Render(clean.Line(second))}
	if a.FunctionError != "" {
		head = []string{th.Bad.Render(clean.Line(a.verdict())), "  " + th.Muted.Render(clean.Line(strings.TrimSpace(first+"   "+second)))}
	}
	if h < 4 {
		head = head[:1]
	}
	body := max(h-len(head), 0)
	if body > 0 {
		head = append(head, strings.Split(p.text.Draw(w-margin, body, th), "\n")...)
	}
	return fit(head, w, h)
}

func (p *invokePane) drawError(err error, w, h int) []string {
	var lines []string
	if errors.Is(err, lambda.ErrOutcomeUnknown) {
		lines = append(lines, p.env.Theme.Warn.Render("? outcome unknown: the function may have run; it was not sent again"))
	}
	rest := textpane.Placeholder(w-margin, max(h-len(lines), 1), p.env, false, err)
	return fit(append(lines, strings.Split(rest, "\n")...), w, h)
}

// Cursor implements pane.Cursorer.
func (p *invokePane) Cursor() (x, y int, ok bool) {
	if p.reads {
		return 0, 0, false
	}
	x, y, ok = p.editor.cursor()
	return x + margin, y + 1, ok
}

// Status implements pane.Statuser.
func (p *invokePane) Status() string {
	th := p.env.Theme
	size := format.Size(int64(len(p.editor.value())))
	state := th.Good.Render("✓ valid JSON") + "  " + size
	switch {
	case p.check != nil:
		state = th.Bad.Render("✗ " + clean.Line(p.check.Error()))
	case strings.TrimSpace(p.editor.value()) == "":
		state = th.Muted.Render("no payload")
	}
	if a := p.last.answer; a != nil {
		state += th.Muted.Render("   request " + clean.Line(a.RequestID))
	}
	if len(p.runs) > 1 {
		state += th.Muted.Render("   runs:")
		for _, d := range p.runs {
			state += th.Muted.Render(" " + milliseconds(d))
		}
	}
	return state
}

// fit makes exactly h lines of at most w cells, with the margin before them.
func fit(lines []string, w, h int) []string {
	for i, l := range lines {
		lines[i] = strings.Repeat(" ", margin) + ansi.Truncate(l, w-margin, "…")
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return lines[:h]
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
