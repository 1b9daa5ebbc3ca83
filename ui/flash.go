package ui

import (
	"context"
	"errors"
	"fmt"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/job"
	"straws/ui/pane"

	"charm.land/lipgloss/v2"
)

// flash is one message, shown until the next key.
type flash struct {
	level pane.Level
	text  string
}

// Flash implements pane.Host.
func (a *App) Flash(l pane.Level, text string) { a.flash = flash{level: l, text: clean.Line(text)} }

// Fail implements pane.Host.
func (a *App) Fail(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	text := err.Error()
	var e *awsclient.Error
	if errors.As(err, &e) && e.Hint() != "" {
		text += " — " + e.Hint()
	}
	a.flash, a.lastErr = flash{pane.Error, clean.Line(text)}, err
}

func (a *App) flashStyle() lipgloss.Style {
	return [...]lipgloss.Style{a.theme.Good, a.theme.Warn, a.theme.Bad}[a.flash.level]
}

// report says how a job ended. What failed is named with its reason; all of it
// stands in the list of jobs.
func (a *App) report(j *job.Job) {
	s := j.Snapshot()
	switch j.State {
	case job.Failed:
		if j.Err != nil {
			a.Fail(fmt.Errorf("%s: %w", j.Spec.Title, j.Err))
			return
		}
		a.Fail(fmt.Errorf("%s: %s: %w%s", j.Spec.Title, clean.Line(s.Failures[0].Name), s.Failures[0].Err, others(s)))
	case job.Partial:
		a.Fail(fmt.Errorf("%s: %d done, %d failed; %s: %w%s", j.Spec.Title, s.Done-s.Failed, s.Failed,
			clean.Line(s.Failures[0].Name), s.Failures[0].Err, others(s)))
	case job.Cancelled:
		a.Flash(pane.Warn, fmt.Sprintf("%s: cancelled after %d of %d", j.Spec.Title, s.Done, s.Total))
	default:
		text := j.Spec.Title + ": done"
		if s.Total > 1 {
			text = fmt.Sprintf("%s: %d done", j.Spec.Title, s.Done)
		}
		a.Flash(pane.Info, text)
	}
}

func others(s job.Snapshot) string {
	if s.Failed < 2 {
		return ""
	}
	return fmt.Sprintf(" (and %d more: t shows them)", s.Failed-1)
}
