package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	"straws/ui/format"
	"straws/ui/job"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// jobsPane lists the jobs of this run, the newest first.
func (a *App) jobsPane() pane.Factory {
	return listpane.New(listpane.Spec[*job.Job]{
		Title: "jobs", Noun: "job", Empty: "nothing was changed yet; actions that change something show here",
		ID:      func(j *job.Job) string { return fmt.Sprint(j.ID) },
		Name:    func(j *job.Job) string { return j.Spec.Title },
		Columns: a.jobColumns,
		Load: func(pane.Env) load.Pager[*job.Job] {
			jobs := append([]*job.Job(nil), a.jobs.Jobs()...)
			return func(context.Context) ([]*job.Job, bool, error) { return jobs, false, nil }
		},
		Order:  func(x, y *job.Job) int { return y.ID - x.ID },
		Enter:  a.jobReport,
		Poll:   a.pollJobs,
		Record: func(_ context.Context, _ pane.Env, j *job.Job) (any, error) { return jobRecord(j), nil },
		Actions: []listpane.Action[*job.Job]{
			{ID: "job.cancel", Label: "Cancel", Keys: []string{"x"}, Off: cancelOff, Do: a.cancelJob},
			{ID: "job.retry", Label: "Retry failed", Keys: []string{"e"}, Off: retryOff, Do: a.retryJob},
		},
	})
}

// pollJobs keeps the list in step while something runs.
func (a *App) pollJobs([]*job.Job) time.Duration {
	if a.jobs.Active() == 0 {
		return 0
	}
	return time.Second
}

func (a *App) jobColumns(env pane.Env) []table.Column[*job.Job] {
	return []table.Column[*job.Job]{
		{Title: "JOB", Cell: func(j *job.Job) string { return j.Spec.Title }},
		{Title: "STATE", Width: 10, Cell: func(j *job.Job) string { return j.State.String() }, Tone: jobTone},
		{Title: "DONE", Width: 15, Right: true, Cell: func(j *job.Job) string {
			s := j.Snapshot()
			return fmt.Sprintf("%s of %s", format.Count(int(s.Done-s.Failed)), format.Count(int(s.Total)))
		}},
		{Title: "FAILED", Width: 6, Right: true, Drop: 1, Cell: func(j *job.Job) string { return fmt.Sprint(j.Snapshot().Failed) }},
		{Title: "TOOK", Width: 7, Right: true, Drop: 2, Cell: func(j *job.Job) string {
			if j.Ended.IsZero() {
				return format.Duration(env.Now().Sub(j.Started))
			}
			return format.Duration(j.Ended.Sub(j.Started))
		}},
	}
}

func jobTone(j *job.Job) table.Tone {
	switch j.State {
	case job.Done:
		return table.Good
	case job.Failed:
		return table.Bad
	case job.Partial, job.Cancelled, job.Cancelling:
		return table.Warn
	case job.Running:
		return table.Accent
	case job.Queued:
	}
	return table.Muted
}

func cancelOff(j *job.Job) string {
	if j.State.Finished() {
		return "it has ended"
	}
	return ""
}

func retryOff(j *job.Job) string {
	if !j.State.Finished() {
		return "it is still running"
	}
	if j.Spec.Retry == nil || j.Snapshot().Failed == 0 {
		return "nothing in it failed"
	}
	return ""
}

func (a *App) cancelJob(_ pane.Env, j *job.Job) tea.Cmd {
	a.jobs.Cancel(j.ID)
	a.Flash(pane.Info, j.Spec.Title+": cancelling; requests in flight are finished")
	return nil
}

// retryJob does exactly the items that failed again; it was agreed to once.
func (a *App) retryJob(_ pane.Env, j *job.Job) tea.Cmd {
	a.Run(j.Spec.Retry(j.Failed()))
	return a.refresh()
}

// jobReport shows every item that failed, with its reason.
func (a *App) jobReport(j *job.Job) pane.Factory {
	return textpane.New(textpane.Spec{Title: j.Spec.Title, Load: func(context.Context, pane.Env) (string, error) {
		var b strings.Builder
		s := j.Snapshot()
		fmt.Fprintf(&b, "%s\n%s\n%d of %d done, %d failed\n", j.Spec.Title, j.State, s.Done-s.Failed, s.Total, s.Failed)
		if s.Note != "" {
			fmt.Fprintf(&b, "%s\n", s.Note)
		}
		if j.Err != nil {
			fmt.Fprintf(&b, "%v\n", j.Err)
		}
		for _, f := range s.Failures {
			fmt.Fprintf(&b, "\n%s\n  %v\n", label(f.Item), f.Err)
		}
		return b.String(), nil
	}})
}

func jobRecord(j *job.Job) any {
	s := j.Snapshot()
	failures := map[string]string{}
	for _, f := range s.Failures {
		failures[f.ID] = f.Err.Error()
	}
	return map[string]any{"job": j.Spec.Title, "state": j.State.String(), "done": s.Done, "total": s.Total, "failures": failures}
}

// label names an item for a human, with its identity where that differs.
func label(i job.Item) string {
	if i.Name == i.ID {
		return i.ID
	}
	return i.Name + "  " + i.ID
}
