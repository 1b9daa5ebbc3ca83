package lambda

import (
	"strings"
	"time"

	"straws/awsclient/logs"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/tail"
	"straws/ui/textpane"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

// narrowLogs is the width below which times are without milliseconds.
const narrowLogs = 70

// View implements pane.Pane.
func (p *logsPane) View(w, h int) string {
	if p.window.Len() > 0 {
		p.narrow = w < narrowLogs
		return p.window.Draw(w, h, p.env.Theme)
	}
	switch {
	case p.trouble.err != nil || !p.opened:
		return textpane.Placeholder(w, h, p.env, true, p.trouble.err)
	case p.missing:
		return p.sentences(w, h, "The log group "+p.group+" does not exist.",
			"The function has never run, or it logs elsewhere. The group is looked for every few seconds.")
	case p.filter.request != "":
		return p.sentences(w, h, "Nothing has come of request "+p.filter.request+" yet.", "CloudWatch shows events some seconds after they were written.")
	case p.back.Busy():
		return p.sentences(w, h, "Nothing is found yet; looking further back.")
	case p.filter.pattern != "":
		return p.sentences(w, h, "No event matches "+p.filter.pattern+".", "New ones that do are shown as they come; f changes the pattern, esc leaves it.")
	}
	return p.sentences(w, h, "There are no events in "+p.group+".", "New ones are shown as they come.")
}

func (p *logsPane) sentences(w, h int, said ...string) string {
	lines := []string{""}
	for i, s := range said {
		pen := p.env.Theme.Pen(theme.Muted)
		if i == 0 {
			pen = p.env.Theme.Pen(theme.Plain)
		}
		for _, l := range strings.Split(ansi.Wrap(clean.Line(s), max(w-6, 10), " "), "\n") {
			lines = append(lines, "   "+pen.Draw(ansi.Truncate(l, max(w-3, 0), "…")))
		}
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}

// look is an event for the screen.
func (p *logsPane) look(e logs.Event) tail.Look {
	l := logs.Parse(e.Message)
	word, tone := level(l.Level)
	out := tail.Look{When: p.when(e.Time), Word: word, Tone: tone, Text: l.Message, Quiet: l.Platform || tone == theme.Muted}
	var rest strings.Builder
	for i, f := range l.Rest {
		if i > 0 {
			rest.WriteString(" ")
		}
		rest.WriteString(f.Key + "=" + f.Value)
	}
	out.Rest = rest.String()
	return out
}

// level is the word for a level of a log, and its colour.
func level(name string) (string, theme.Tone) {
	switch name {
	case "FATAL", "ERROR":
		return name, theme.Bad
	case "CRITICAL", "SEVERE":
		return name[:4], theme.Bad
	case "WARN", "WARNING":
		return "WARN", theme.Warn
	case "NOTICE":
		return "NOTE", theme.Accent
	case "DEBUG", "TRACE", "FINE":
		return name, theme.Muted
	case "INFO":
		return name, theme.Good
	}
	return name, theme.Accent
}

// when is the time of an event, with its day unless that is today.
func (p *logsPane) when(t time.Time) string {
	now := p.env.Now()
	if p.utc {
		now = now.UTC()
	}
	t = t.In(now.Location())
	layout := "15:04:05.000"
	if p.narrow {
		layout = "15:04:05"
	}
	switch {
	case t.YearDay() == now.YearDay() && t.Year() == now.Year():
	case t.Year() == now.Year():
		layout = "Jan _2 15:04:05"
	default:
		layout = "2006-01-02 15:04"
	}
	return t.Format(layout)
}

// Status implements pane.Statuser.
func (p *logsPane) Status() string {
	th, t := p.env.Theme, p.trouble
	if t.err != nil {
		return p.troubled()
	}
	if !p.opened {
		return "loading"
	}
	parts := []string{p.state(), p.count()}
	if t.note != "" && p.env.Now().Before(t.until) {
		parts = append(parts[:1], th.Warn.Render(t.note), parts[1])
	}
	switch {
	case p.filter.request != "":
		parts = append(parts, "request "+clean.Line(p.filter.request))
	case p.filter.pattern != "":
		parts = append(parts, "pattern "+clean.Line(p.filter.pattern))
	}
	if p.found != "" {
		parts = append(parts, p.found)
	}
	if p.utc {
		parts = append(parts, "UTC")
	}
	return strings.Join(parts, th.Muted.Render(" · "))
}

// troubled says why nothing is read, and what happens next.
func (p *logsPane) troubled() string {
	th, t := p.env.Theme, p.trouble
	next := "r tries again"
	if t.wait() > 0 && !p.paused {
		next = "next try at " + t.next.Format(time.TimeOnly)
	}
	if p.window.Len() == 0 {
		return th.Muted.Render(next) // the pane has the error
	}
	return th.Muted.Render("not reading, "+next+" · ") + th.Bad.Render("✗ "+clean.Line(t.err.Error()))
}

// state is what the pane is doing, with its shape.
func (p *logsPane) state() string {
	th := p.env.Theme
	switch n := p.window.Unseen(); {
	case p.paused:
		return th.Warn.Render("‖ paused") + ", p goes on"
	case p.missing:
		return th.Warn.Render("? the log group is gone")
	case p.ended:
		return "■ the run has ended"
	case p.ahead.Busy() && p.newer.Token != "":
		return th.Warn.Render("» catching up")
	case p.back.Busy():
		return "« reading older ones"
	case n > 0:
		return "↑ " + format.Count(n) + " new below, G follows"
	case !p.window.Follows():
		return "↑ G follows"
	}
	return th.Good.Render("● following")
}

func (p *logsPane) count() string {
	s := format.Plural(p.window.Len(), "event", "events")
	if n := p.window.Dropped(); n > 0 {
		return s + ", the oldest " + format.Count(n) + " were dropped"
	}
	return s
}
