package lambda

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"straws/awsclient/lambda"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// function shows how a function is set up, with the values of its
// environment masked.
func (m *memory) function(t target) pane.Factory {
	return func(env pane.Env) pane.Pane {
		zone := env.Now().Location()
		return textpane.New(textpane.Spec{
			Title: t.name(),
			Load: func(ctx context.Context, env pane.Env) (string, error) {
				c, err := lambda.Describe(ctx, env.AWS, t.function.Name, t.qualifier)
				if err != nil {
					return "", err
				}
				return configurationText(c, zone), nil
			},
			Actions: func(env pane.Env) []pane.Action {
				return []pane.Action{{
					ID: "lambda.function.open-invoke", Label: "Invoke", Keys: []string{"x", "enter"}, Needs: []string{"lambda:InvokeFunction"},
					Do:      func() tea.Cmd { env.Push(m.invoke(t, "invoke")); return nil },
					Command: func() string { return env.AWS.Command(m.invocation(env, t).Command()...) },
				}}
			},
		})(env)
	}
}

// configurationText leaves out what the function does not have.
func configurationText(c lambda.Configuration, zone *time.Location) string {
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-16s%s\n", key, value)
		}
	}
	line("name", c.Name)
	line("description", c.Description)
	line("ARN", c.ARN)
	line("state", withReason(c.State, c.StateReason))
	line("last update", withReason(c.Update, c.UpdateReason))
	line("modified", c.Modified.In(zone).Format("2006-01-02 15:04:05"))
	b.WriteString("\n")
	line("runtime", runtime(c.Function))
	line("handler", c.Handler)
	line("architecture", c.Arch)
	line("code", format.Size(c.CodeSize)+"  "+strings.ToLower(c.Package))
	line("memory", format.Count(int(c.Memory))+" MB")
	line("timeout", format.Duration(c.Timeout))
	line("/tmp", format.Count(int(c.Ephemeral))+" MB")
	line("version", c.Version)
	line("snap start", strings.TrimPrefix(c.SnapStart, "None"))
	line("role", c.Role)
	line("log group", c.LogGroup)
	line("log format", c.LogFormat)
	line("tracing", c.Tracing)
	line("dead letters", c.DeadLetter)
	line("KMS key", c.KMSKey)
	line("VPC", c.VPC.ID)
	line("subnets", strings.Join(c.VPC.Subnets, " "))
	line("security groups", strings.Join(c.VPC.SecurityGroups, " "))
	for _, l := range c.Layers {
		line("layer", l.ARN)
	}
	b.WriteString(environmentText(c))
	return b.String()
}

func environmentText(c lambda.Configuration) string {
	if c.EnvironmentError != "" {
		return "\nenvironment: " + c.EnvironmentError + "\n"
	}
	if len(c.Environment) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\nenvironment\n")
	for _, name := range slices.Sorted(maps.Keys(c.Environment)) {
		fmt.Fprintf(&b, "  %s=%s\n", name, c.Environment[name])
	}
	return b.String()
}

func withReason(state, reason string) string {
	if reason == "" {
		return state
	}
	return state + ": " + reason
}
