package ui

import (
	"context"
	"fmt"
	"strings"

	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/job"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// report is the pane of one job: how far it is above, what failed below.
type report struct {
	*textpane.Pane

	app   *App
	env   pane.Env
	job   *job.Job
	shown int       // failures in the text
	state job.State // when the text was read
}

// jobReport shows every item that failed, with its reason.
func (a *App) jobReport(j *job.Job) pane.Factory {
	return func(env pane.Env) pane.Pane {
		r := &report{app: a, env: env, job: j}
		text, ok := textpane.New(textpane.Spec{Title: j.Spec.Title, Load: r.load, Actions: r.actions})(env).(*textpane.Pane)
		if !ok {
			return nil
		}
		r.Pane = text
		return r
	}
}

func (r *report) load(context.Context, pane.Env) (string, error) {
	var b strings.Builder
	switch {
	case r.job.State == job.Cancelled && r.job.Spec.Rest != "":
		fmt.Fprintf(&b, "   %s\n\n", r.job.Spec.Rest)
	case r.job.Err != nil:
		fmt.Fprintf(&b, "   %v\n\n", r.job.Err)
	}
	failures := r.job.Snapshot().Failures
	for _, f := range failures {
		fmt.Fprintf(&b, "   %s\n     %v\n\n", clean.Line(label(f.Item)), f.Err)
	}
	switch {
	case len(failures) > 0 || r.job.Err != nil:
	case r.job.State.Finished():
		b.WriteString("   nothing failed")
	default:
		b.WriteString("   nothing has failed so far")
	}
	return strings.TrimRight(b.String(), "\n"), nil
}

// Init implements pane.Pane.
func (r *report) Init() tea.Cmd {
	r.shown, r.state = len(r.job.Snapshot().Failures), r.job.State
	return r.Pane.Init()
}

// Update implements pane.Pane: the ticks of a running job come by here, and
// what failed since the last one is read again.
func (r *report) Update(msg tea.Msg) tea.Cmd {
	cmd := r.Pane.Update(msg)
	if n := len(r.job.Snapshot().Failures); n != r.shown || r.job.State != r.state {
		r.shown, r.state = n, r.job.State
		return tea.Batch(cmd, r.Refresh())
	}
	return cmd
}

// View implements pane.Pane.
func (r *report) View(w, h int) string {
	above := r.head(w)
	if len(above) > h/2 {
		above = above[:h/2]
	}
	return strings.Join(append(above, r.Pane.View(w, h-len(above))), "\n")
}

func (r *report) head(w int) []string {
	s, th := r.job.Snapshot(), r.env.Theme
	state := th.Pen(jobTone(r.job)).Draw(r.job.State.String())
	if !r.job.State.Finished() && s.Total > 0 {
		state += "  " + th.Accent.Render(progressBar(s.Percent(), min(max(w/4, 8), 40))) + fmt.Sprintf(" %3d%%", s.Percent())
	}
	facts := []string{doneText(r.job, s)}
	if r.job.Spec.Bytes {
		facts = append(facts, bytesText(s))
	}
	if s.Failed > 0 {
		facts = append(facts, format.Count(int(s.Failed))+" failed ("+reasons(s.Failures)+")")
	}
	facts = append(facts, tookText(r.env, r.job))
	if r.job.Spec.Bytes && s.Rate > 0 {
		facts = append(facts, rateText(s.Rate))
	}
	if s.Left > 0 {
		facts = append(facts, strings.TrimSpace(leftText(s.Left)))
	}
	lines := []string{ansi.Truncate("   "+state, w, "…")}
	lines = append(lines, wrap(strings.Join(facts, " · "), w, th.Text.Render)...)
	if s.Note != "" {
		lines = append(lines, wrap(s.Note, w, th.Muted.Render)...)
	}
	return append(lines, "")
}

// progressBar is cells wide; what is done is told by shape, not by colour alone.
func progressBar(percent, cells int) string {
	full := percent * cells / 100
	return strings.Repeat("━", full) + strings.Repeat("╌", cells-full)
}

func tookText(env pane.Env, j *job.Job) string {
	if j.Ended.IsZero() {
		return format.Duration(env.Now().Sub(j.Started))
	}
	return format.Duration(j.Ended.Sub(j.Started))
}

func (r *report) actions(env pane.Env) []pane.Action {
	return []pane.Action{
		{
			ID: "job.cancel", Label: "Cancel", Keys: []string{"x"}, Off: cancelOff(r.job), Hide: r.job.State.Finished(),
			Do: func() tea.Cmd { return r.app.cancelJob(env, r.job) },
		},
		{
			ID: "job.retry", Label: retryLabel(r.job), Keys: []string{"e"}, Off: retryOff(r.job), Hide: retryOff(r.job) != "",
			Do: func() tea.Cmd { env.Pop(); return r.app.retryJob(env, r.job) },
		},
	}
}
