package ui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/job"
	"straws/ui/pane"
	"straws/ui/uitest"

	tea "charm.land/bubbletea/v2"
)

// mover is a pane that starts a job of bytes for the key d.
type mover struct {
	env  pane.Env
	spec job.Spec
}

func (p *mover) Title() string          { return "mover" }
func (p *mover) Init() tea.Cmd          { return nil }
func (p *mover) Update(tea.Msg) tea.Cmd { return nil }
func (p *mover) View(_, h int) string   { return strings.Repeat("\n", h-1) }
func (p *mover) Actions() []pane.Action {
	return []pane.Action{{ID: "move", Label: "Download", Keys: []string{"d"}, Job: func() job.Spec { return p.spec }}}
}

// haul is a job of which the test decides how far it is.
type haul struct {
	*uitest.Driver

	p   *job.Progress
	end chan error
}

func startHaul(t *testing.T, w, h int, change ...func(*job.Spec)) *haul {
	t.Helper()
	b := &haul{end: make(chan error)}
	running := make(chan *job.Progress, 1)
	spec := job.Spec{Title: "download raw/", Bytes: true, Noun: "files", Rest: "the same download fetches only the rest"}
	spec.Run = func(ctx context.Context, p *job.Progress) error {
		running <- p
		select {
		case err := <-b.end:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for _, f := range change {
		f(&spec)
	}
	c := uitest.NewClock()
	cfg := demo.New(demo.Options{Now: c.Now}).Config()
	aws, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	service := pane.Service{
		Name: "Move", Root: func(env pane.Env) pane.Pane { return &mover{env, spec} },
		Resolve: func(a string) ([]pane.Factory, bool, error) { return nil, a == "move", nil },
	}
	b.Driver = uitest.Start(t, c, ui.Options{AWS: aws, Services: []pane.Service{service}, Target: "move", Thin: true}, w, h).Impatient()
	b.Keys("d")
	b.p = <-running
	b.Advance(2 * time.Second)
	return b
}

// at brings the job to a state and lets the screen see it.
func (b *haul) at(files, bytes int64) *haul {
	before := b.p
	before.AddItems(files)
	before.Add(bytes)
	b.Advance(2 * time.Second)
	return b
}

func TestAJobOfBytesIsWatched(t *testing.T) {
	b := startHaul(t, 120, 40)
	b.p.Counting(true)
	b.p.SetItems(3204)
	b.p.SetTotal(4e9)
	b.Advance(2 * time.Second).Want("1 job ▸   0%").Lack("left")
	b.Keys("t").Want("running", "0 of 3,204+", "of 4.0 GB+")
	b.p.Counting(false)
	b.at(1000, 1e9).Want("1 job ▸  25%", "MB/s", "left", "1,000 of 3,204", "1.0 GB of 4.0 GB")
	b.Keys("enter").Want("running  ━", "1,000 of 3,204 files · 1.0 GB of 4.0 GB", "nothing has failed so far")
	b.p.Fail(job.Item{ID: "raw/x", Name: "raw/x"}, &awsclient.Error{Code: "AccessDenied", Message: "no"})
	b.at(1, 0).Want("1 failed (AccessDenied 1)", "raw/x")
	for range 3 {
		b.p.Fail(job.Item{ID: "raw/y", Name: "raw/y"}, fmt.Errorf("write raw/y: %w", errors.New("no space left on device")))
	}
	b.at(2203, 3e9).Want("no space left on device 3, AccessDenied 1")
	b.p.Note("12 existed and were left")
	b.end <- nil
	b.Settle().Want("download raw/: 3,200 of 3,204 files · 4 failed (no space left on device 3, AccessDenied 1); raw/x: ")
	b.Keys("j").Want("partial").Lack("━", "MB/s")
}

func TestTheStatusLineDoesNotJump(t *testing.T) {
	b := startHaul(t, 80, 24)
	b.p.SetItems(100)
	b.p.SetTotal(100e6)
	column := -1
	for _, n := range []int64{999e3, 1, 10e6, 50e6, 5} {
		line := strings.Split(b.at(1, n).Frame(), "\n")[22]
		at := strings.Index(line, "1 job ▸")
		if column >= 0 && at != column || at < 0 {
			t.Errorf("at column %d, was at %d: %q", at, column, line)
		}
		column = at
	}
	b.Resize(40, 8).Want("1 job")
}

func TestATransferIsCancelledAndGoneOnWith(t *testing.T) {
	again := 0
	b := startHaul(t, 120, 40, func(s *job.Spec) {
		s.Again = func() job.Spec {
			again++
			return job.Spec{Title: "the rest", Bytes: true, Noun: "files", Run: func(_ context.Context, p *job.Progress) error {
				p.SetItems(1)
				p.AddItems(1)
				return nil
			}}
		}
		s.Command = "aws s3 cp --recursive s3://b/raw/ ."
	})
	b.p.SetItems(10)
	b.p.SetTotal(100e6)
	b.at(4, 45e6).Keys("t", "x").Settle().Want("download raw/: cancelled after 4 of 10 files, 45.0 MB of 100.0 MB; the same download fetches only the rest")
	b.Keys("y").Want("command", "aws s3 cp --recursive").Keys("esc")
	b.Keys("enter").Want("cancelled", "e go on").Keys("e").Settle().Want("the rest: 1 file")
	if again != 1 {
		t.Errorf("gone on with %d times", again)
	}
}

func TestATransferThatEndsByAnErrorSaysWhatIsLeft(t *testing.T) {
	b := startHaul(t, 120, 40)
	b.p.SetItems(10)
	b.at(4, 45e6)
	b.end <- errors.New("no space left on device")
	b.Settle().Want("download raw/: no space left on device; 4 of 10 files had been done; the same download fetches only the rest")
	b.Keys("t").Want("failed").Keys("e").Want("cannot be gone on with")
}

func TestAFinishedTransferSaysWhatItDid(t *testing.T) {
	b := startHaul(t, 80, 24)
	b.p.SetItems(3000)
	b.p.SetTotal(6e6)
	b.at(3000, 6e6)
	b.p.Note("12 existed and were left")
	b.end <- nil
	b.Settle().Want("download raw/: 3,000 files · 6.0 MB · 4s · 12 existed and were left")
	for _, size := range [][2]int{{40, 8}, {80, 24}, {120, 40}, {200, 60}} {
		b.Resize(size[0], size[1]).Keys("t").Want("download raw/").Keys("enter").Want("done").Keys("esc", "esc")
	}
}
