package ec2

import (
	"strings"
	"time"

	"straws/awsclient/ec2"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/table"
)

// columns of the list. Where it is narrow the shape, the name and the state
// stay; the tags and the zone are the first to go.
func columns(env pane.Env) []table.Column[ec2.Instance] {
	text := func(title string, fit, drop int, cell func(ec2.Instance) string) table.Column[ec2.Instance] {
		return table.Column[ec2.Instance]{Title: title, Fit: fit, Drop: drop, Cell: cell, Order: table.ByText(cell)}
	}
	kind := text("TYPE", 16, 2, func(i ec2.Instance) string { return i.Type })
	private := text("PRIVATE IP", 15, 3, func(i ec2.Instance) string { return i.PrivateIP })
	state := text("STATE", 13, 0, func(i ec2.Instance) string { return string(i.State) })
	kind.Brief, private.Brief, state.Brief = true, true, true
	state.Width, state.Tone = state.Fit, tone
	launched := func(i ec2.Instance) time.Time { return i.Launched }
	tagged := text("TAGS", 0, 8, labels)
	tagged.Tone = muted
	return []table.Column[ec2.Instance]{
		{Width: 1, Brief: true, Cell: shape, Tone: tone},
		{Title: "NAME", Fit: 30, Brief: true, Cell: name, Order: byName},
		state, kind, private,
		text("PUBLIC IP", 15, 5, func(i ec2.Instance) string { return i.PublicIP }),
		{
			Title: "AGE", Width: 4, Right: true, Drop: 4, Tone: muted, Order: table.ByTime(launched), Time: launched,
			Cell: func(i ec2.Instance) string { return format.Age(i.Launched, env.Now()) },
		},
		text("ID", 19, 6, func(i ec2.Instance) string { return i.ID }),
		text("ZONE", 16, 7, func(i ec2.Instance) string { return i.Zone }),
		tagged,
	}
}

// name stands for the instance on the screen: its id when it has no name.
func name(i ec2.Instance) string {
	if i.Name == "" {
		return i.ID
	}
	return i.Name
}

func shape(i ec2.Instance) string {
	switch {
	case i.State == ec2.Running:
		return "●"
	case i.State.Transient():
		return "◐"
	case i.State == ec2.Stopped:
		return "○"
	case i.State == ec2.Terminated:
		return "✗"
	}
	return "?"
}

func tone(i ec2.Instance) table.Tone {
	switch {
	case i.State == ec2.Running:
		return table.Good
	case i.State.Transient():
		return table.Warn
	}
	return table.Muted
}

func muted(ec2.Instance) table.Tone { return table.Muted }

// labels are the tags that people set, without the name.
func labels(i ec2.Instance) string {
	var out []string
	for _, t := range i.Tags {
		if t.Key != "Name" && !strings.HasPrefix(t.Key, "aws:") {
			out = append(out, t.Key+"="+t.Value)
		}
	}
	return strings.Join(out, " ")
}
