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
		Copies: jobCopies,
		Record: func(_ context.Context, _ pane.Env, j *job.Job) (any, error) { return jobRecord(j), nil },
		Actions: []listpane.Action[*job.Job]{
			{ID: "job.cancel", Label: "Cancel", Keys: []string{"x"}, Off: cancelOff, Do: a.cancelJob},
			{ID: "job.retry", Label: "Retry failed, go on", Keys: []string{"e"}, Off: retryOff, Do: a.retryJob},
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
		{Title: "DONE", Width: 16, Right: true, Drop: 1, Cell: func(j *job.Job) string { return countText(j, j.Snapshot()) }},
		{Title: "%", Width: 4, Right: true, Cell: func(j *job.Job) string {
			if s := j.Snapshot(); s.Total > 0 && !j.State.Finished() {
				return fmt.Sprintf("%d%%", s.Percent())
			}
			return ""
		}},
		{Title: "SIZE", Width: 20, Right: true, Drop: 3, Tone: quietJob, Cell: func(j *job.Job) string {
			if !j.Spec.Bytes {
				return ""
			}
			return bytesText(j.Snapshot())
		}},
		{Title: "FAILED", Width: 6, Right: true, Drop: 2, Cell: func(j *job.Job) string { return format.Count(int(j.Snapshot().Failed)) }},
		{Title: "RATE", Width: 10, Right: true, Drop: 4, Tone: quietJob, Cell: func(j *job.Job) string {
			if !j.Spec.Bytes {
				return ""
			}
			return rateText(j.Snapshot().Rate)
		}},
		{Title: "TIME", Width: 11, Right: true, Drop: 2, Tone: quietJob, Cell: func(j *job.Job) string {
			if left := j.Snapshot().Left; left > 0 {
				return format.Duration(left) + " left"
			}
			return tookText(env, j)
		}},
	}
}

func quietJob(*job.Job) table.Tone { return table.Muted }

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
	switch s := j.Snapshot(); {
	case !j.State.Finished():
		return "it is still running"
	case cutShort(j) && j.Spec.Again != nil:
		return ""
	case cutShort(j):
		return "it cannot be gone on with"
	case j.Spec.Retry == nil || s.Failed == 0:
		return "nothing in it failed"
	}
	return ""
}

// cutShort tells a job that ended before it came to everything.
func cutShort(j *job.Job) bool { return j.State == job.Cancelled || j.Err != nil }

func retryLabel(j *job.Job) string {
	if cutShort(j) {
		return "Go on"
	}
	return "Retry failed"
}

func (a *App) cancelJob(_ pane.Env, j *job.Job) tea.Cmd {
	a.jobs.Cancel(j.ID)
	text := j.Spec.Title + ": cancelling; requests in flight are finished"
	if j.Spec.Rest != "" {
		text = j.Spec.Title + ": cancelling; " + j.Spec.Rest
	}
	a.Flash(pane.Info, text)
	return nil
}

// retryJob does exactly the items that failed again, or what a job that was cut
// short did not come to; it was agreed to once.
func (a *App) retryJob(_ pane.Env, j *job.Job) tea.Cmd {
	if cutShort(j) {
		a.Run(j.Spec.Again())
	} else {
		a.Run(j.Spec.Retry(j.Failed()))
	}
	return a.refresh()
}

// jobCopies are the forms of a job for the clipboard.
func jobCopies(_ pane.Env, j *job.Job) []listpane.Copy {
	copies := []listpane.Copy{{Label: "name", Text: j.Spec.Title}}
	if j.Spec.Command != "" {
		copies = append(copies, listpane.Copy{Label: "command", Text: j.Spec.Command})
	}
	if failed := j.Failed(); len(failed) > 0 {
		copies = append(copies, listpane.Copy{Label: "what failed, one a line", Text: strings.Join(failed, "\n")})
	}
	return copies
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
