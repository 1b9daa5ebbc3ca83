package emr

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"straws/awsclient/emr"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// details shows one step whole: why it failed, what it ran, where its logs are.
func details(cluster string, s emr.Step) pane.Factory {
	return func(env pane.Env) pane.Pane {
		uri, why := logs(env, cluster, s)
		text := stepText(s, env.Now(), uri, why)
		return textpane.New(textpane.Spec{
			Title: s.Name,
			Load:  func(context.Context, pane.Env) (string, error) { return text, nil },
			Actions: func(env pane.Env) []pane.Action {
				return []pane.Action{{
					ID: "emr.step.logs", Label: "Logs", Keys: []string{"L", "enter"}, Needs: []string{"s3:ListBucket", "s3:GetObject"}, Off: why,
					Do:      func() tea.Cmd { env.Open(uri); return nil },
					Command: func() string { return env.AWS.Command(emr.DescribeStepCommand(cluster, s.ID)...) },
				}}
			},
		})(env)
	}
}

func stepText(s emr.Step, now time.Time, uri, why string) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-14s%s\n", key, value)
		}
	}
	when := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(now.Location()).Format("2006-01-02 15:04:05")
	}
	line("state", strings.TrimSpace(stepShape(s.State)+" "+string(s.State)))
	line("reason", s.Reason)
	line("message", s.Message)
	line("found in", s.LogFile)
	if b.WriteString("\n"); uri != "" {
		line("logs", uri+"   (written about every five minutes)")
	} else {
		line("logs", why)
	}
	line("applications", strings.Join(s.Applications, " "))
	b.WriteString("\n")
	line("name", s.Name)
	line("id", s.ID)
	line("created", when(s.Created))
	line("started", when(s.Started))
	line("ended", when(s.Ended))
	if !s.Started.IsZero() {
		line("took", format.Duration(s.Took(now)))
	}
	line("on failure", s.ActionOnFailure)
	b.WriteString("\n")
	line("jar", s.Jar)
	line("main class", s.MainClass)
	for i, arg := range s.Args {
		line(map[bool]string{true: "arguments"}[i == 0], arg)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		line("property", name+"="+s.Properties[name])
	}
	return b.String()
}
