package lambda

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"straws/awsclient/logs"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// Actions implements pane.Pane.
func (p *logsPane) Actions() []pane.Action {
	e, ok := p.window.Current()
	none := ""
	if !ok {
		none = "there are no events"
	}
	request := none
	if ok && logs.Parse(e.Message).RequestID == "" {
		request = "this line does not name its request"
	}
	pause := "Pause"
	if p.paused {
		pause = "Go on"
	}
	return []pane.Action{
		{ID: "lambda.logs.pause", Label: pause, Keys: []string{"p", "space"}, Do: p.pause},
		{
			ID: "lambda.logs.pattern", Label: "Filter pattern", Keys: []string{"f"}, Needs: []string{"logs:FilterLogEvents"}, Command: p.command,
			Do: func() tea.Cmd { p.open(patternPrompt, p.filter.pattern); return nil },
		},
		{ID: "lambda.logs.event", Label: "Whole event", Keys: []string{"enter", "l", "right"}, Off: none, Do: p.openEvent},
		{ID: "lambda.logs.request", Label: "Only this request", Keys: []string{"I"}, Off: request, Do: p.onlyRequest},
		{ID: "lambda.logs.zone", Label: "Local or UTC time", Keys: []string{"u"}, Do: func() tea.Cmd { p.utc = !p.utc; p.window.Redraw(); return nil }},
		{ID: "lambda.logs.copy", Label: "Copy", Keys: []string{"y"}, Off: none, Do: p.pickCopy},
	}
}

func (p *logsPane) command() string {
	q := p.query()
	if p.filter.request != "" {
		q.Pattern = `"` + p.filter.request + `"`
	}
	return p.env.AWS.Command(q.Command()...)
}

// openEvent shows the event under the cursor with all that CloudWatch knows of it.
func (p *logsPane) openEvent() tea.Cmd {
	e, _ := p.window.Current()
	p.env.Push(textpane.New(textpane.Spec{
		Title: "event", JSON: true,
		Load: func(context.Context, pane.Env) (string, error) { return eventRecord(e) },
	}))
	return nil
}

// eventRecord is an event as JSON; a message that is JSON itself is part of it.
func eventRecord(e logs.Event) (string, error) {
	var message any = e.Message
	if text := strings.TrimSpace(e.Message); strings.HasPrefix(text, "{") && json.Valid([]byte(text)) {
		message = json.RawMessage(text)
	}
	const layout = "2006-01-02T15:04:05.000Z07:00"
	return textpane.Record(struct {
		ID       string `json:"id"`
		Time     string `json:"time"`
		Ingested string `json:"ingested"`
		Stream   string `json:"stream"`
		Message  any    `json:"message"`
	}{e.ID, e.Time.UTC().Format(layout), e.Ingested.UTC().Format(layout), e.Stream, message})
}

func (p *logsPane) pickCopy() tea.Cmd {
	e, _ := p.window.Current()
	items := p.window.Items()
	choice := func(label, detail string, text func() string) pane.Choice {
		return pane.Choice{Label: label, Detail: detail, Do: func() tea.Cmd { p.env.Copy(label, text()); return nil }}
	}
	choices := []pane.Choice{
		choice("line", strings.TrimRight(e.Message, "\n"), func() string { return strings.TrimRight(e.Message, "\n") }),
		choice("all "+format.Plural(len(items), "event", "events"), format.Size(int64(p.window.Bytes())), func() string { return eventLines(items) }),
	}
	if id := logs.Parse(e.Message).RequestID; id != "" {
		choices = append(choices, choice("request id", id, func() string { return id }))
	}
	choices = append(choices,
		choice("log group", p.group, func() string { return p.group }),
		choice("log stream", e.Stream, func() string { return e.Stream }),
		choice("command: read these logs", p.command(), p.command))
	p.env.Pick("copy", choices)
	return nil
}

// eventLines are the messages with their times, one after the other.
func eventLines(events []logs.Event) string {
	var b strings.Builder
	for _, e := range events {
		b.WriteString(e.Time.UTC().Format(time.RFC3339Nano) + " " + strings.TrimRight(e.Message, "\n") + "\n")
	}
	return b.String()
}
