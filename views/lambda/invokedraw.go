package lambda

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"straws/awsclient/lambda"
	"straws/awsclient/runs"
	"straws/ui/clean"
	"straws/ui/format"

	"github.com/charmbracelet/x/ansi"
)

const (
	beside = 100 // cells from which payload and result stand side by side
	rule   = 2   // cells between them
	margin = 1   // cells at the left of each

	runsInStatus = 10 // that the trend in the status line looks back
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
	head := p.heading("payload", !p.reads)
	if p.editor.event != "" {
		head = p.heading("event "+clean.Line(p.editor.event), !p.reads)
	}
	lines := append([]string{head + p.env.Theme.Muted.Render(p.about())},
		p.editor.draw(w-margin, max(h-1, 1), p.env.Theme)...)
	return fit(lines, w, h)
}

func (p *invokePane) heading(text string, focused bool) string {
	if focused {
		return p.env.Theme.Accent.Render(text)
	}
	return p.env.Theme.Muted.Render(text)
}

// about says what is invoked and how, as far as it is known.
func (p *invokePane) about() string {
	f, s := p.target.function, p.setup()
	text := "   qualifier " + or(p.target.qualifier, latest) + "   " + s.mode.String()
	if s.context != "" {
		text += "   client context"
	}
	if f.ARN != "" {
		text += fmt.Sprintf("   timeout %s   %s MB", format.Duration(f.Timeout), format.Count(int(f.Memory)))
	}
	return clean.Line(text)
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
	state := th.Good.Render("✓ valid JSON") + "  " + format.Size(int64(p.editor.size()))
	switch {
	case errors.Is(p.check, errChecking):
		state = th.Muted.Render("looking at the payload  " + format.Size(int64(p.editor.size())))
	case p.check != nil:
		state = th.Bad.Render("✗ " + clean.Line(p.check.Error()))
	case p.editor.blank():
		state = th.Muted.Render("no payload")
	}
	if p.reads && p.answer != nil {
		state = p.answer.Status()
	}
	if l := p.last.landed; l != nil && l.run.Result.RequestID != "" {
		state += th.Muted.Render("   request " + clean.Line(l.run.Result.RequestID))
	}
	return state + th.Muted.Render(p.trend())
}

// trend is the line of the earlier runs of this screen.
func (p *invokePane) trend() string {
	if len(p.recent) < 2 {
		return ""
	}
	last := p.recent[max(0, len(p.recent)-runsInStatus):]
	took := make([]float64, len(last))
	for i, r := range last {
		took[i] = r.Took().Seconds()
	}
	return fmt.Sprintf("   %d runs: %s %s", len(p.recent), spark(took), milliseconds(last[len(last)-1].Took()))
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

// advice is what the last run suggests about the function's settings.
func (p *invokePane) advice(r runs.Run) []string {
	if r.Outcome != runs.Answered || r.Invocation.Mode == lambda.DryRun {
		return nil
	}
	report := r.Result.Report
	return lambda.Advice(report.Used, report.Memory, report.Duration, p.target.function.Timeout)
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
