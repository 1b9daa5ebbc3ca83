package s3

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/awsclient/transfer"
	"straws/ui/format"
	"straws/ui/job"
	"straws/ui/pane"
	"straws/ui/paths"

	tea "charm.land/bubbletea/v2"
)

// haul carries out a plan. What it has done is kept, so that going on repeats
// nothing.
type haul struct {
	cargo

	existing transfer.Existing

	mu    sync.Mutex
	ended map[string]struct{} // ids of the files that are done with
}

func newHaul(c cargo, existing transfer.Existing) *haul {
	return &haul{cargo: c, existing: existing, ended: map[string]struct{}{}}
}

func (h *haul) spec(plan *transfer.Plan) job.Spec {
	return job.Spec{
		Title: h.verb() + " " + h.what + " to " + h.to, Total: plan.Bytes, Bytes: true, Noun: "files",
		Run:     func(ctx context.Context, pr *job.Progress) error { return h.run(ctx, pr, plan) },
		After:   h.after,
		Retry:   func(failed []string) job.Spec { return h.spec(plan.Only(failed)) },
		Again:   func() job.Spec { return h.spec(plan.Without(h.done)) },
		Rest:    "e in the list of jobs (t) goes on with the rest",
		Command: h.command(),
	}
}

// done reports whether a file needs nothing more.
func (h *haul) done(id string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	_, ok := h.ended[id]
	return ok
}

func (h *haul) run(ctx context.Context, pr *job.Progress, plan *transfer.Plan) error {
	pr.SetItems(int64(plan.Files))
	result, err := plan.Run(ctx, h.existing, transfer.Watch{
		Bytes: pr.Add,
		Note:  pr.Note,
		Done: func(item transfer.Item, how transfer.Outcome) {
			h.mu.Lock()
			h.ended[item.ID] = struct{}{}
			h.mu.Unlock()
			pr.AddItems(1)
			if how.Skipped {
				pr.Less(item.Size)
			}
			h.audit(item, how, nil)
		},
		Failed: func(item transfer.Item, reason error) {
			reason = said(reason)
			pr.AddItems(1)
			pr.Fail(job.Item{ID: item.ID, Name: item.Name}, reason)
			h.audit(item, transfer.Outcome{}, reason)
		},
	})
	pr.Note(tally(result))
	return said(err)
}

// said is a failure as a sentence. One of this machine is told whole, with the
// path that it is about.
func said(err error) error {
	var e *awsclient.Error
	c := awsclient.Classify(err)
	if errors.As(c, &e) && e.Kind == awsclient.Unknown && e.Service == "" {
		return err
	}
	return c
}

// tally says what a run did beyond counting files.
func tally(r transfer.Result) string {
	var parts []string
	if r.Skipped > 0 {
		parts = append(parts, format.Count(r.Skipped)+" existed and were left")
	}
	if r.Checked > 0 {
		parts = append(parts, format.Count(r.Checked)+" compared by checksum")
	}
	if r.Resumable > 0 {
		parts = append(parts, format.Plural(r.Resumable, "large file is kept half done", "large files are kept half done"))
	}
	return strings.Join(parts, " · ")
}

// audit writes down what an upload has changed in the bucket.
func (h *haul) audit(item transfer.Item, how transfer.Outcome, err error) {
	if !h.up || how.Skipped {
		return
	}
	key := item.Key
	if how.Path != "" {
		key = how.Path
	}
	h.env.AWS.Audit(awsclient.Change{Action: "s3:PutObject", Target: s3.ARN(s3.Region(h.env.AWS, h.bucket), h.bucket, key), Err: err})
}

// mostCommands is how many commands are worth copying.
const mostCommands = 100

// command is what the aws command line would do: one command for each thing that
// was chosen.
func (c cargo) command() string {
	text := strings.Join(c.commands, " &&\n")
	if more := c.things - len(c.commands); more > 0 && text != "" {
		text += "\n# and " + format.Count(more) + " more"
	}
	return text
}

// downloadOf is the cargo of a download.
func downloadOf(env pane.Env, what string, d transfer.Download) cargo {
	c := cargo{
		env: env, what: what, from: s3.URI(d.Bucket, d.Base), to: paths.Short(d.Into), bucket: d.Bucket,
		things: len(d.Items) + len(d.Objects),
		plan: func(ctx context.Context, live func(transfer.Summary)) (*transfer.Plan, error) {
			return transfer.PlanDownload(ctx, env.AWS, d, live)
		},
		after: func() tea.Cmd { deskOf(env.AWS).dock.changes.Add(1); return nil },
	}
	for _, e := range d.Items[:min(len(d.Items), mostCommands)] {
		c.commands = append(c.commands, env.AWS.Command(s3.DownloadCommand(d.Bucket, e, d.Into)...))
	}
	for _, o := range d.Objects[:min(len(d.Objects), mostCommands)] {
		c.commands = append(c.commands, env.AWS.Command(s3.FetchCommand(o, d.Into+"/"+lastSegment(o.Key))...))
	}
	return c
}

// uploadOf is the cargo of an upload into the level.
func (p place) uploadOf(env pane.Env, what string, local []string) cargo {
	u := transfer.Upload{Bucket: p.bucket, Prefix: p.prefix, Paths: local}
	from := local[0]
	if len(local) > 1 {
		from = filepath.Dir(from) // they were chosen in one folder
	}
	return cargo{
		env: env, up: true, what: what, from: paths.Short(from), to: s3.URI(p.bucket, p.prefix), bucket: p.bucket,
		things: len(local),
		plan: func(ctx context.Context, live func(transfer.Summary)) (*transfer.Plan, error) {
			return transfer.PlanUpload(ctx, env.AWS, u, live)
		},
		after: func() tea.Cmd { s3.Changes(env.AWS, p.bucket).Add(1); return nil },
		putting: func() []string {
			var out []string
			for _, file := range local[:min(len(local), mostCommands)] {
				info, err := os.Stat(file)
				out = append(out, env.AWS.Command(s3.UploadCommand(file, p.bucket, p.prefix, err == nil && info.IsDir())...))
			}
			return out
		},
	}
}
