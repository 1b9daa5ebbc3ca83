package emr

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"straws/awsclient/emr"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
)

// clusters is the factory of the list of a region's clusters.
func clusters(env pane.Env) pane.Pane {
	return listpane.New(listpane.Spec[emr.Cluster]{
		Title: "EMR", Noun: "cluster",
		ID:      func(c emr.Cluster) string { return c.ID },
		Name:    func(c emr.Cluster) string { return c.Name },
		Columns: clusterColumns,
		Load:    func(env pane.Env) load.Pager[emr.Cluster] { return emr.List(env.AWS, env.Now()) },
		Order:   clusterOrder,
		Enter:   func(c emr.Cluster) pane.Factory { return steps(c.ID, cmp.Or(c.Name, c.ID)) },
		Poll:    pollClusters,
		Record: func(ctx context.Context, env pane.Env, c emr.Cluster) (any, error) {
			return emr.Describe(ctx, env.AWS, c.ID)
		},
		Copies: func(env pane.Env, c emr.Cluster) []listpane.Copy {
			return []listpane.Copy{
				{Label: "name", Text: c.Name},
				{Label: "id", Text: c.ID},
				{Label: "ARN", Text: c.ARN},
				{Label: "command: Describe", Text: env.AWS.Command(emr.DescribeCommand(c.ID)...)},
				{Label: "command: Steps", Text: env.AWS.Command(emr.StepsCommand(c.ID)...)},
			}
		},
		Empty:     "there is no active cluster, and none has ended in the last seven days",
		Summarize: func(rows []emr.Cluster) string { return summarize(rows, env.Now()) },
	})(env)
}

// clusterOrder puts what is at work first, then what waits, then what ended
// last.
func clusterOrder(a, b emr.Cluster) int {
	return cmp.Or(cmp.Compare(rank(a), rank(b)), b.Ended.Compare(a.Ended), b.Created.Compare(a.Created), cmp.Compare(a.ID, b.ID))
}

func rank(c emr.Cluster) int {
	switch {
	case c.State.Transient():
		return 0
	case c.State.Active():
		return 1
	}
	return 2
}

func pollClusters(rows []emr.Cluster) time.Duration {
	if slices.ContainsFunc(rows, func(c emr.Cluster) bool { return c.State.Transient() }) {
		return pollEvery
	}
	return 0
}

// summarize counts the active clusters by state, and those that failed today.
func summarize(rows []emr.Cluster, now time.Time) string {
	counts := map[emr.ClusterState]int{}
	failed := 0
	for _, c := range rows {
		if c.State.Active() {
			counts[c.State]++
		}
		if c.State == emr.TerminatedBad && endedToday(c, now) {
			failed++
		}
	}
	var parts []string
	for _, s := range []emr.ClusterState{emr.Running, emr.Waiting, emr.Starting, emr.Bootstrapping, emr.Terminating} {
		if n := counts[s]; n > 0 {
			parts = append(parts, format.Count(n)+" "+strings.ToLower(string(s)))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "none active")
	}
	if failed > 0 {
		parts = append(parts, format.Count(failed)+" failed today")
	}
	return strings.Join(parts, " · ")
}
