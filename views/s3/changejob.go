package s3

import (
	"context"
	"slices"
	"strings"
	"sync"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/ui/job"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

const changesInFlight = 8 // requests of one job at a time

// work is one change made to each of several targets.
type work struct {
	verb  string // "restore", for the title
	needs []string
	do    func(context.Context, target) error
}

// job makes the change to each target, a few at a time. What failed can be tried
// again, and only that.
func (p place) job(env pane.Env, w work, c chosen) job.Spec {
	title := w.verb + " objects"
	if len(c.targets) == 1 {
		title = w.verb + " " + c.targets[0].name()
	}
	return job.Spec{
		Title: title, Total: int64(len(c.targets)),
		Run:   func(ctx context.Context, pr *job.Progress) error { return p.each(ctx, env, pr, w, c.targets) },
		After: func() tea.Cmd { p.changes(env).Add(1); return env.Changed() },
		Retry: func(failed []string) job.Spec {
			again := c
			again.targets = slices.DeleteFunc(slices.Clone(c.targets), func(t target) bool { return !slices.Contains(failed, t.id()) })
			return p.job(env, w, again)
		},
	}
}

// each feeds no more targets once ctx ends; what is in flight is finished.
func (p place) each(ctx context.Context, env pane.Env, pr *job.Progress, w work, ts []target) error {
	var wg sync.WaitGroup
	slots := make(chan struct{}, changesInFlight)
	for _, t := range ts {
		if ctx.Err() != nil {
			break
		}
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			defer pr.Add(1)
			err := awsclient.Classify(w.do(context.WithoutCancel(ctx), t))
			env.AWS.Audit(awsclient.Change{Action: strings.Join(w.needs, " "), Target: p.arn(env, t), Err: err})
			if err != nil {
				pr.Fail(job.Item{ID: t.id(), Name: t.name()}, err)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// arn names a target for the audit log.
func (p place) arn(env pane.Env, t target) string {
	arn := s3.ARN(s3.Region(env.AWS, p.bucket), p.bucket, t.Key)
	if t.Version != "" {
		arn += "?versionId=" + t.Version
	}
	return arn
}
