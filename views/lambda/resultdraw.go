package lambda

import (
	"errors"
	"fmt"
	"strings"

	"straws/awsclient/lambda"
	"straws/awsclient/runs"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/textpane"

	"github.com/charmbracelet/x/ansi"
)

// drawResult draws the side of the result: what is known of the last run.
func (p *invokePane) drawResult(w, h int) []string {
	th := p.env.Theme
	o := p.last
	switch {
	case p.run.Busy():
		return p.drawRunning(w, h)
	case o.stopped > 0:
		return fit([]string{
			th.Warn.Render("◐ stopped waiting after " + seconds(o.stopped)), "",
			th.Muted.Render("the function runs on; its log will say how it ends:"),
			th.Muted.Render(clean.Line(p.logGroup())),
			th.Muted.Render("tab and L open it"),
		}, w, h)
	case o.missing != nil:
		return fit(strings.Split(textpane.Placeholder(w-margin, h, p.env, false, o.missing), "\n"), w, h)
	case o.landed == nil:
		return fit([]string{p.heading("result", p.reads), "", th.Muted.Render("ctrl+r runs the function once")}, w, h)
	case o.landed.err == nil:
		return p.under(drawnHead(p.headLines(o.landed.run), w, h), w, h)
	case errors.Is(o.landed.err, lambda.ErrOutcomeUnknown):
		return p.under(drawnHead(p.unknownLines(o.landed), w, h), w, h)
	}
	return p.drawError(o.landed.err, w, h)
}

// drawRunning is the elapsed time, and what has arrived of a streamed answer.
func (p *invokePane) drawRunning(w, h int) []string {
	th := p.env.Theme
	head := []string{th.Warn.Render(p.running()), th.Muted.Render("esc stops waiting (the function runs on)")}
	if p.arrived == 0 || h <= len(head) {
		return fit(head, w, h)
	}
	head[1] += th.Muted.Render("   " + format.Size(int64(p.arrived)) + " so far")
	return fit(append(head, strings.Split(p.streamed.Draw(w-margin, h-len(head), th), "\n")...), w, h)
}

// running is the elapsed time against the most that the function may take.
func (p *invokePane) running() string {
	text := "running " + seconds(p.env.Now().Sub(p.flight.run.Began))
	if limit := p.target.function.Timeout; limit > 0 && p.flight.run.Invocation.Mode != lambda.Async {
		text += fmt.Sprintf(" of %.0f s", limit.Seconds())
	}
	return text
}

// headLines are the verdict on a run and its figures.
func (p *invokePane) headLines(r runs.Run) []string {
	th := p.env.Theme
	first, second := figures(r)
	lines := []string{th.Good.Render(clean.Line(verdictOf(r.Result))) + "   " + first, "  " + th.Muted.Render(clean.Line(second))}
	if r.Result.FunctionError != "" {
		lines = []string{
			th.Bad.Render(clean.Line(verdictOf(r.Result))),
			"  " + th.Muted.Render(clean.Line(strings.TrimSpace(first+"   "+second))),
		}
	}
	if m := r.Result.Failure.Meaning(); m != "" {
		lines = append(lines, "  "+th.Warn.Render(m))
	}
	for _, a := range p.advice(r) {
		lines = append(lines, "  "+th.Warn.Render(a))
	}
	return lines
}

// unknownLines say what is known of a run whose connection died.
func (p *invokePane) unknownLines(l *landing) []string {
	th := p.env.Theme
	if s := p.last.search; s != nil && s.found {
		first, second := figures(l.run)
		tone := th.Warn
		if s.run.Result.Report.Status != "" {
			tone = th.Bad
		}
		return []string{
			tone.Render(clean.Line("◐ " + p.searched())),
			"  " + th.Muted.Render(clean.Line(strings.TrimSpace(first+"   "+second))),
			"  " + th.Muted.Render("its answer is lost: "+clean.Line(l.err.Error())),
		}
	}
	return []string{
		th.Warn.Render("? outcome unknown: the function may have run; it was not sent again"),
		"  " + th.Warn.Render(clean.Line(p.searched())),
		"  " + th.Muted.Render(clean.Line(l.err.Error())),
	}
}

// drawnHead wraps the lines above an answer, and leaves most of a small screen to
// what is below them.
func drawnHead(lines []string, w, h int) []string {
	var out []string
	for _, l := range lines {
		out = append(out, strings.Split(ansi.Wrap(l, max(w-margin, 10), ""), "\n")...)
	}
	return out[:min(len(out), max(h/2, 1))]
}

// under draws the answer and the log below head.
func (p *invokePane) under(head []string, w, h int) []string {
	if body := h - len(head); body > 0 && p.answer != nil {
		head = append(head, strings.Split(p.answer.View(w-margin, body), "\n")...)
	}
	return fit(head, w, h)
}

func (p *invokePane) drawError(err error, w, h int) []string {
	var lines []string
	if limit := lambda.ThrottledBy(err); limit != "" {
		lines = append(lines, p.env.Theme.Warn.Render("✗ throttled, and not run"))
		lines = append(lines, strings.Split(ansi.Wrap("  "+limit, max(w-margin, 10), ""), "\n")...)
	}
	rest := textpane.Placeholder(w-margin, max(h-len(lines), 1), p.env, false, err)
	return fit(append(lines, strings.Split(rest, "\n")...), w, h)
}
