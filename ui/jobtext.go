package ui

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/job"
	"straws/ui/pane"
)

// jobsText is what the status line says of the jobs that run. Its width hardly
// changes, so that nothing beside it moves.
func (a *App) jobsText() string {
	n, percent, rate := 0, 0, 0.0
	var left time.Duration
	bytes, known := false, true
	for _, j := range a.jobs.Jobs() {
		if j.State.Finished() {
			continue
		}
		s := j.Snapshot()
		n++
		percent += s.Percent()
		if left, known = max(left, s.Left), known && s.Left > 0; j.Spec.Bytes {
			bytes, rate = true, rate+s.Rate
		}
	}
	if n == 0 {
		return ""
	}
	text := fmt.Sprintf("%s ▸ %3d%%", format.Plural(n, "job", "jobs"), percent/n)
	if bytes {
		text += fmt.Sprintf(" %10s", rateText(rate))
		if !known {
			left = 0
		}
		text += " " + leftText(left)
	}
	return a.theme.Accent.Render(text)
}

// jobsShort is jobsText for a line that has no room.
func (a *App) jobsShort() string {
	if n := a.jobs.Active(); n > 0 {
		return a.theme.Accent.Render(format.Plural(n, "job", "jobs"))
	}
	return ""
}

func countJobs(n int) string { return format.Plural(n, "job", "jobs") + " running" }

func rateText(perSecond float64) string {
	if perSecond < 1 {
		return ""
	}
	return format.Size(int64(perSecond)) + "/s"
}

func leftText(left time.Duration) string {
	if left == 0 {
		return strings.Repeat(" ", len("59m59s left"))
	}
	return fmt.Sprintf("%6s left", format.Duration(left))
}

// nounOf is what a job works on, in the number of n.
func nounOf(j *job.Job, n int64) string {
	noun := cmp.Or(j.Spec.Noun, "items")
	if n == 1 {
		return strings.TrimSuffix(noun, "s")
	}
	return noun
}

// countText counts what has succeeded: "2,996 of 3,000".
func countText(j *job.Job, s job.Snapshot) string {
	good, all := int(s.Items-s.Failed), int(s.AllItems)
	switch {
	case s.Counting:
		return format.Count(good) + " of " + format.Count(all) + "+"
	case good != all || !j.State.Finished():
		return format.Count(good) + " of " + format.Count(all)
	}
	return format.Count(good)
}

// doneText is countText with what was counted: "2,996 of 3,000 files".
func doneText(j *job.Job, s job.Snapshot) string {
	if !j.Spec.Bytes {
		return countText(j, s)
	}
	return countText(j, s) + " " + nounOf(j, s.AllItems)
}

// bytesText is "1.2 GB of 4.1 GB", or one size when all is there.
func bytesText(s job.Snapshot) string {
	done := format.Size(max(s.Done, 0))
	switch {
	case s.Counting:
		return done + " of " + format.Size(s.Total) + "+"
	case s.Done == s.Total:
		return done
	}
	return done + " of " + format.Size(s.Total)
}

// reasons groups failures by what AWS, or this machine, calls them, the most
// frequent first: "AccessDenied 4, no space left on device 1".
func reasons(failures []job.Failure) string {
	counts := map[string]int{}
	for _, f := range failures {
		counts[reason(f.Err)]++
	}
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	const most = 3
	for i, name := range names {
		if i == most {
			names = append(names[:most], "…")
			break
		}
		names[i] = name + " " + format.Count(counts[name])
	}
	return strings.Join(names, ", ")
}

// reason is a short name for why something failed: AWS's code, or the innermost
// of the errors.
func reason(err error) string {
	var e *awsclient.Error
	if errors.As(err, &e) && e.Code != "" {
		return e.Code
	}
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return clean.Line(err.Error())
		}
		err = inner
	}
}

// report says how a job ended. What failed is named with its reason; all of it
// stands in the list of jobs.
func (a *App) report(j *job.Job) {
	s := j.Snapshot()
	switch j.State {
	case job.Failed:
		a.Fail(failure(j, s))
	case job.Partial:
		done := fmt.Sprintf("%d done, %d failed", s.Done-s.Failed, s.Failed)
		if j.Spec.Bytes {
			done = fmt.Sprintf("%s · %s failed (%s)", doneText(j, s), format.Count(int(s.Failed)), reasons(s.Failures))
		}
		a.Fail(fmt.Errorf("%s: %s; %s: %w%s", j.Spec.Title, done, clean.Line(s.Failures[0].Name), s.Failures[0].Err, others(s)))
	case job.Cancelled:
		text := fmt.Sprintf("%s: cancelled after %s", j.Spec.Title, doneText(j, s))
		if j.Spec.Bytes {
			text += ", " + bytesText(s)
		}
		if s.Note != "" {
			text += "; " + s.Note
		}
		a.Flash(pane.Warn, withRest(j, text))
	default:
		a.Flash(pane.Info, j.Spec.Title+": "+success(j, s))
	}
}

func success(j *job.Job, s job.Snapshot) string {
	switch {
	case j.Spec.Bytes:
		text := doneText(j, s) + " · " + bytesText(s) + " · " + format.Duration(j.Ended.Sub(j.Started))
		if s.Note != "" {
			text += " · " + s.Note
		}
		return text
	case s.Total > 1:
		return fmt.Sprintf("%d done", s.Done)
	}
	return "done"
}

// failure is the error of a job of which nothing, or not all, was done.
func failure(j *job.Job, s job.Snapshot) error {
	switch {
	case j.Err == nil:
		return fmt.Errorf("%s: %s: %w%s", j.Spec.Title, clean.Line(s.Failures[0].Name), s.Failures[0].Err, others(s))
	case j.Spec.Bytes && s.AllItems > 0:
		return fmt.Errorf("%s: %w; %s", j.Spec.Title, j.Err, withRest(j, doneText(j, s)+" had been done"))
	}
	return fmt.Errorf("%s: %w", j.Spec.Title, j.Err)
}

func withRest(j *job.Job, text string) string {
	if j.Spec.Rest == "" {
		return text
	}
	return text + "; " + j.Spec.Rest
}

func others(s job.Snapshot) string {
	if s.Failed < 2 {
		return ""
	}
	return fmt.Sprintf(" (and %d more: t shows them)", s.Failed-1)
}
