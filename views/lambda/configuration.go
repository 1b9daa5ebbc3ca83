package lambda

import (
	"context"
	"maps"
	"slices"
	"strings"

	"straws/awsclient/lambda"
	"straws/ui/format"
	"straws/ui/pane"
)

// configuration is what one request tells: most of the page.
func (f facts) configuration(ctx context.Context, env pane.Env) ([]section, error) {
	c, err := lambda.Describe(ctx, env.AWS, f.name(), f.target.qualifier)
	if err != nil {
		return nil, err
	}
	return []section{f.about(c), f.runs(c), f.network(c), f.logging(c), environment(c), f.code(c)}, nil
}

func (f facts) about(c lambda.Configuration) section {
	return section{Title: "function", Moving: c.Settling(), Fields: []field{
		{Label: "name", Value: c.Name},
		{Label: "description", Value: c.Description},
		{Label: "ARN", Value: c.ARN},
		{Label: "version", Value: c.Version},
		{Label: "state", Value: marked(c.State, c.StateReason)},
		{Label: "last update", Value: marked(c.Update, c.UpdateReason)},
		{Label: "modified", Value: f.moment(c.Modified)},
	}}
}

func (f facts) code(c lambda.Configuration) section {
	s := section{Title: "code", Fields: []field{
		{Label: "size", Value: format.Size(c.CodeSize) + ", " + strings.ToLower(c.Package)},
		{Label: "SHA-256", Value: c.CodeSHA256},
		{Label: "revision", Value: c.RevisionID},
		{Label: "entry point", Value: strings.Join(c.Image.EntryPoint, " ")},
		{Label: "command", Value: strings.Join(c.Image.Command, " ")},
		{Label: "directory", Value: c.Image.Directory},
	}}
	for _, l := range c.Layers {
		s.Fields = append(s.Fields, field{Label: "layer", Value: l.ARN + "  " + format.Size(l.Size)})
	}
	return s
}

// marked gives a state its shape.
func marked(state, reason string) string {
	text := state
	if reason != "" {
		text += ": " + reason
	}
	switch state {
	case "Failed", "Inactive":
		return "✗ " + text
	case "InProgress", "Pending":
		return "◐ " + text
	}
	return text
}

func (f facts) runs(c lambda.Configuration) section {
	s := section{Title: "runs as", Fields: []field{
		{Label: "runtime", Value: runtime(c.Function)},
		{Label: "handler", Value: c.Handler},
		{Label: "architecture", Value: c.Arch},
		{Label: "memory", Value: format.Count(int(c.Memory)) + " MB"},
		{Label: "timeout", Value: format.Duration(c.Timeout)},
		{Label: "/tmp", Value: format.Count(int(c.Ephemeral)) + " MB"},
		{Label: "role", Value: c.Role},
		{Label: "snap start", Value: strings.TrimPrefix(c.SnapStart, "None")},
		{Label: "dead letters", Value: c.DeadLetter},
		{Label: "KMS key", Value: c.KMSKey},
	}}
	for _, fs := range c.FileSystems {
		s.Fields = append(s.Fields, field{Label: "file system", Value: fs})
	}
	return s
}

func (f facts) network(c lambda.Configuration) section {
	return section{Title: "network", Empty: "in no VPC", Fields: []field{
		{Label: "VPC", Value: c.VPC.ID},
		{Label: "subnets", Value: strings.Join(c.VPC.Subnets, " ")},
		{Label: "security groups", Value: strings.Join(c.VPC.SecurityGroups, " ")},
	}}
}

func (f facts) logging(c lambda.Configuration) section {
	return section{Title: "logs", Fields: []field{
		{Label: "log group", Value: c.LogGroup},
		{Label: "format", Value: c.LogFormat},
		{Label: "tracing", Value: c.Tracing},
	}}
}

func environment(c lambda.Configuration) section {
	s := section{Title: "environment", Empty: "no variables"}
	if c.EnvironmentError != "" {
		s.Fields = []field{{Label: "not readable", Value: "✗ " + c.EnvironmentError}}
	}
	for _, name := range slices.Sorted(maps.Keys(c.Environment)) {
		value := c.Environment[name].Reveal()
		if value == "" {
			value = `""`
		}
		s.Fields = append(s.Fields, field{Label: name, Value: value, Secret: true})
	}
	return s
}
