package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
)

// lastBatch is how long running jobs get to finish what is in flight after the
// program has been told to end.
const lastBatch = 15 * time.Second

// lastWrite is how long panes get to put away what was typed in them.
const lastWrite = 3 * time.Second

// Run shows the program on the terminal until the user leaves it, or a signal
// ends it, and then waits for the last requests of running jobs.
func Run(ctx context.Context, o Options) error {
	bound()
	app := New(ctx, o)
	p := tea.NewProgram(app, tea.WithContext(ctx))
	defer endOn(p, syscall.SIGHUP)()
	_, err := p.Run()
	if errors.Is(err, tea.ErrInterrupted) {
		err = nil
	}
	app.part()
	app.jobs.CancelAll()
	if !app.jobs.Wait(lastBatch) {
		err = errors.Join(err, errors.New("a job was still running: its last requests may or may not have been done"))
	}
	if err != nil {
		return fmt.Errorf("ended: %w", err)
	}
	return nil
}

// part tells the panes on the screen that they leave it, and waits for what they
// do then, such as to write a draft.
func (a *App) part() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for w := range a.watched {
			carryOut(w.Watch(false))
		}
	}()
	select {
	case <-done:
	case <-time.After(lastWrite):
	}
}

// carryOut runs a command when there is no program left to run it.
func carryOut(c tea.Cmd) {
	if c == nil {
		return
	}
	if batch, ok := c().(tea.BatchMsg); ok {
		for _, c := range batch {
			carryOut(c)
		}
	}
}

// endOn makes a signal end p in the way q does, with the terminal restored. It
// returns what undoes that.
func endOn(p *tea.Program, s os.Signal) func() {
	signals := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(signals, s)
	go func() {
		select {
		case <-signals:
			p.Quit()
		case <-done:
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}
