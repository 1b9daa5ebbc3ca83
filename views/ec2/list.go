package ec2

import (
	"context"
	"maps"
	"slices"

	"straws/awsclient/ec2"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
)

func spec(env pane.Env, p *pace) listpane.Spec[ec2.Instance] {
	return listpane.Spec[ec2.Instance]{
		Title: "EC2", Noun: "instance",
		ID:      func(i ec2.Instance) string { return i.ID },
		Name:    func(i ec2.Instance) string { return i.Name },
		Columns: columns,
		Load:    func(env pane.Env) load.Pager[ec2.Instance] { return ec2.List(env.AWS) },
		Order:   order,
		Enter:   func(i ec2.Instance) pane.Factory { return details(name(i), i.ID, i.Region) },
		Poll:    p.wait,
		Record: func(ctx context.Context, env pane.Env, i ec2.Instance) (any, error) {
			return ec2.Record(ctx, env.AWS, i.ID)
		},
		Copies:    copies,
		Tags:      tags,
		Actions:   []listpane.Action[ec2.Instance]{start(p), stop(p), terminate(p)},
		Empty:     "there are no instances in " + env.AWS.Region(),
		Summarize: summarize,
	}
}

func tags(i ec2.Instance) map[string]string {
	out := make(map[string]string, len(i.Tags))
	for _, t := range i.Tags {
		out[t.Key] = t.Value
	}
	return out
}

func copies(env pane.Env, i ec2.Instance) []listpane.Copy {
	all := []listpane.Copy{
		{Label: "name", Text: i.Name},
		{Label: "id", Text: i.ID},
		{Label: "private IP", Text: i.PrivateIP},
		{Label: "public IP", Text: i.PublicIP},
		{Label: "IPv6", Text: i.IPv6},
		{Label: "ARN", Text: i.ARN()},
		{Label: "console URL", Text: ec2.ConsoleURL(i.Region, i.ID)},
		{Label: "command: Describe", Text: env.AWS.Command(ec2.DescribeCommand(i.ID)...)},
	}
	return slices.DeleteFunc(all, func(c listpane.Copy) bool { return c.Text == "" })
}

// summarize counts the states in words, what runs and what stands first.
func summarize(rows []ec2.Instance) string {
	counts := map[ec2.State]int{}
	for _, i := range rows {
		counts[i.State]++
	}
	states := []ec2.State{ec2.Running, ec2.Stopped, ec2.Pending, ec2.Stopping, ec2.ShuttingDown, ec2.Terminated}
	for _, s := range slices.Sorted(maps.Keys(counts)) {
		if !slices.Contains(states, s) {
			states = append(states, s)
		}
	}
	text := ""
	for _, s := range states {
		if counts[s] == 0 {
			continue
		}
		if text != "" {
			text += " · "
		}
		text += format.Count(counts[s]) + " " + string(s)
	}
	if text == "" {
		return "no instances"
	}
	return text
}
