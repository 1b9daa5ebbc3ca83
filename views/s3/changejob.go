package s3

import (
	"context"
	"errors"
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
	// copy takes the place of do for what moves bytes: it tells watch of them, and
	// may be cut short.
	copy func(ctx context.Context, t target, watch func(int64)) error
}

// job makes the change to each target, a few at a time. What failed can be tried
// again, and only that.
func (p place) job(env pane.Env, w work, c chosen) job.Spec {
	var ended sync.Map // ids of the targets that are dealt with
	without := func(left func(id string) bool) job.Spec {
		again := c
		again.targets = slices.DeleteFunc(slices.Clone(c.targets), func(t target) bool { return !left(t.id()) })
		return p.job(env, w, again)
	}
	title := w.verb + " objects"
	if len(c.targets) == 1 {
		title = w.verb + " " + c.targets[0].name()
	}
	units := int64(len(c.targets))
	if w.copy != nil {
		units = 0
		for _, t := range c.targets {
			units += t.entry.Size
		}
	}
	return job.Spec{
		Title: title, Total: units, Bytes: w.copy != nil, Noun: "objects",
		Run: func(ctx context.Context, pr *job.Progress) error {
			return p.each(ctx, env, pr, w, c.targets, func(t target) { ended.Store(t.id(), nil) })
		},
		After: func() tea.Cmd { p.changes(env).Add(1); return env.Changed() },
		Retry: func(failed []string) job.Spec {
			return without(func(id string) bool { return slices.Contains(failed, id) })
		},
		Again: func() job.Spec {
			return without(func(id string) bool { _, done := ended.Load(id); return !done })
		},
		Rest: "what was done is not done again",
	}
}

// each feeds no more targets once ctx ends; what is in flight is finished.
func (p place) each(ctx context.Context, env pane.Env, pr *job.Progress, w work, ts []target, ended func(target)) error {
	pr.SetItems(int64(len(ts)))
	var wg sync.WaitGroup
	slots := make(chan struct{}, changesInFlight)
	for _, t := range ts {
		if ctx.Err() != nil {
			break
		}
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			err := awsclient.Classify(w.to(ctx, t, pr))
			if errors.Is(err, context.Canceled) {
				return // nothing was changed, and it is not dealt with
			}
			ended(t)
			pr.AddItems(1)
			env.AWS.Audit(awsclient.Change{Action: strings.Join(w.needs, " "), Target: p.arn(env, t), Err: err})
			if err != nil {
				pr.Fail(job.Item{ID: t.id(), Name: t.name()}, err)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// to makes the change to one target. A request that was begun is finished when
// ctx ends; a long copy is abandoned.
func (w work) to(ctx context.Context, t target, pr *job.Progress) error {
	if w.copy != nil {
		return w.copy(ctx, t, pr.Add)
	}
	defer pr.Add(1)
	return w.do(context.WithoutCancel(ctx), t)
}

// arn names a target for the audit log.
func (p place) arn(env pane.Env, t target) string {
	arn := s3.ARN(s3.Region(env.AWS, p.bucket), p.bucket, t.Key)
	if t.Version != "" {
		arn += "?versionId=" + t.Version
	}
	return arn
}
