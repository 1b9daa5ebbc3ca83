package emr

import (
	"time"

	"straws/awsclient/emr"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/table"
)

// clusterColumns of the list. Where it is narrow the shape, the name and the
// state stay.
func clusterColumns(env pane.Env) []table.Column[emr.Cluster] {
	id := func(c emr.Cluster) string { return c.ID }
	name := func(c emr.Cluster) string { return c.Name }
	state := func(c emr.Cluster) string { return string(c.State) }
	release := func(c emr.Cluster) string { f, _ := emr.Known(env.AWS, c.ID); return f.Release }
	created := func(c emr.Cluster) time.Time { return c.Created }
	hours := func(c emr.Cluster) int64 { return c.NormalizedHours }
	return []table.Column[emr.Cluster]{
		{Width: 1, Brief: true, Cell: func(c emr.Cluster) string { return clusterShape(c.State) }, Tone: clusterTone},
		{Title: "NAME", Fit: 32, Brief: true, Cell: name, Order: table.ByText(name)},
		{Title: "STATE", Width: 22, Drop: 1, Brief: true, Cell: state, Tone: clusterTone, Order: table.ByText(state)},
		{
			Title: "AGE", Width: 6, Drop: 2, Brief: true, Time: created, Order: table.ByTime(created),
			Cell: func(c emr.Cluster) string { return clusterAge(c, env.Now()) },
		},
		{Title: "RELEASE", Width: 11, Drop: 4, Cell: release, Order: table.ByText(release)},
		{
			Title: "HOURS", Width: 7, Right: true, Drop: 5, Order: table.ByNumber(hours),
			Cell: func(c emr.Cluster) string { return format.Count(int(c.NormalizedHours)) },
		},
		{Title: "ID", Fit: 18, Drop: 3, Cell: id, Order: table.ByText(id)},
		{Title: "REASON", Drop: 6, Tone: func(emr.Cluster) table.Tone { return table.Muted }, Cell: func(c emr.Cluster) string { return c.Reason }},
	}
}

// clusterAge is how long an active cluster has been up, or when another ended:
// the time of today, the date before.
func clusterAge(c emr.Cluster, now time.Time) string {
	switch ended := c.Ended.In(now.Location()); {
	case c.State.Active() || c.Ended.IsZero():
		return format.Age(c.Created, now)
	case endedToday(c, now):
		return ended.Format("15:04")
	default:
		return ended.Format("Jan _2")
	}
}

func endedToday(c emr.Cluster, now time.Time) bool {
	return format.Day(c.Ended, now) == format.Day(now, now)
}

func clusterShape(s emr.ClusterState) string {
	switch {
	case s == emr.Running:
		return "●"
	case s == emr.Waiting:
		return "○"
	case s.Active():
		return "◐"
	case s == emr.TerminatedBad:
		return "✗"
	}
	return "✓"
}

func clusterTone(c emr.Cluster) table.Tone {
	switch {
	case c.State == emr.Running, c.State == emr.Waiting:
		return table.Good
	case c.State.Active():
		return table.Warn
	case c.State == emr.TerminatedBad:
		return table.Bad
	}
	return table.Muted
}
