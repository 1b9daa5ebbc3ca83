package emr

import (
	"slices"
	"strings"
	"time"

	"straws/awsclient/emr"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
)

// steps is the factory of the list of a cluster's steps, newest first.
func steps(cluster, title string) pane.Factory {
	return func(env pane.Env) pane.Pane {
		return listpane.New(listpane.Spec[emr.Step]{
			Title: title, Noun: "step",
			ID:      func(s emr.Step) string { return s.ID },
			Name:    func(s emr.Step) string { return s.Name },
			Columns: stepColumns,
			Load:    func(env pane.Env) load.Pager[emr.Step] { return emr.Steps(env.AWS, cluster) },
			Enter:   func(s emr.Step) pane.Factory { return details(cluster, s) },
			Poll:    pollSteps,
			Copies: func(env pane.Env, s emr.Step) []listpane.Copy {
				copies := []listpane.Copy{
					{Label: "name", Text: s.Name},
					{Label: "id", Text: s.ID},
					{Label: "arguments", Text: strings.Join(s.Args, " ")},
					{Label: "command: Describe", Text: env.AWS.Command(emr.DescribeStepCommand(cluster, s.ID)...)},
				}
				if uri, _ := logs(env, cluster, s); uri != "" {
					copies = append(copies, listpane.Copy{Label: "log URI", Text: uri})
				}
				return copies
			},
			Actions: []listpane.Action[emr.Step]{{
				ID: "emr.step.logs", Label: "Logs", Keys: []string{"L"}, Needs: []string{"s3:ListBucket", "s3:GetObject"},
				Off: func(s emr.Step) string { _, why := logs(env, cluster, s); return why },
				Do: func(env pane.Env, s emr.Step) tea.Cmd {
					uri, _ := logs(env, cluster, s)
					env.Open(uri)
					return nil
				},
			}},
			Empty: "this cluster has no steps",
		})(env)
	}
}

// logs is the folder of a step's logs, or why there is none.
func logs(env pane.Env, cluster string, s emr.Step) (uri, why string) {
	if s.Started.IsZero() {
		return "", "the step has not run, so it has no logs"
	}
	facts, known := emr.Known(env.AWS, cluster)
	if uri = s.Logs(cluster, facts); uri != "" {
		return uri, ""
	}
	if !known {
		return "", "where the cluster writes its logs is not known: elasticmapreduce:DescribeCluster has not answered"
	}
	return "", "the cluster keeps no logs in S3"
}

func pollSteps(rows []emr.Step) time.Duration {
	if slices.ContainsFunc(rows, func(s emr.Step) bool { return s.State.Transient() }) {
		return pollEvery
	}
	return 0
}

func stepColumns(env pane.Env) []table.Column[emr.Step] {
	id := func(s emr.Step) string { return s.ID }
	name := func(s emr.Step) string { return s.Name }
	state := func(s emr.Step) string { return string(s.State) }
	started := func(s emr.Step) time.Time { return s.Started }
	took := func(s emr.Step) int64 { return int64(s.Took(env.Now())) }
	return []table.Column[emr.Step]{
		{Width: 1, Cell: func(s emr.Step) string { return stepShape(s.State) }, Tone: stepTone},
		{Title: "STEP", Fit: 36, Cell: name, Order: table.ByText(name)},
		{Title: "STATE", Fit: 14, Width: 10, Cell: state, Tone: stepTone, Order: table.ByText(state)},
		{
			Title: "STARTED", Width: 12, Drop: 1, Time: started, Order: table.ByTime(started),
			Cell: func(s emr.Step) string { return format.When(s.Started, env.Now()) },
		},
		{Title: "TOOK", Width: 7, Right: true, Drop: 2, Cell: func(s emr.Step) string { return duration(s, env.Now()) }, Order: table.ByNumber(took)},
		{Title: "ID", Fit: 16, Drop: 4, Tone: func(emr.Step) table.Tone { return table.Muted }, Cell: id, Order: table.ByText(id)},
		{Title: "REASON", Drop: 3, Cell: reason, Tone: func(emr.Step) table.Tone { return table.Bad }},
	}
}

func duration(s emr.Step, now time.Time) string {
	if s.Started.IsZero() {
		return "-"
	}
	return format.Duration(s.Took(now))
}

// reason prefers the exception to EMR's own words, which are mostly "Unknown
// Error.".
func reason(s emr.Step) string {
	if s.Message != "" {
		return s.Message
	}
	return s.Reason
}

func stepShape(s emr.StepState) string {
	switch s {
	case emr.StepRunning:
		return "●"
	case emr.StepCancelPending:
		return "◐"
	case emr.StepCompleted:
		return "✓"
	case emr.StepFailed, emr.StepInterrupted:
		return "✗"
	case emr.StepPending, emr.StepCancelled:
	}
	return " "
}

func stepTone(s emr.Step) table.Tone {
	switch s.State {
	case emr.StepRunning, emr.StepCompleted:
		return table.Good
	case emr.StepCancelPending, emr.StepInterrupted:
		return table.Warn
	case emr.StepFailed:
		return table.Bad
	case emr.StepPending, emr.StepCancelled:
	}
	return table.Muted
}
