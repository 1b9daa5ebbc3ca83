package lambda

import (
	"errors"
	"time"

	"straws/awsclient"
	"straws/ui/format"

	tea "charm.land/bubbletea/v2"
)

// How long after an answer the logs are read again.
const (
	logsEvery     = 1500 * time.Millisecond
	thinLogsEvery = 4 * time.Second
	missingEvery  = 5 * time.Second  // while there is no group
	retryFirst    = 2 * time.Second  // after an error; twice as long after each further one
	retryLast     = 30 * time.Second // at most
	noteFor       = 20 * time.Second // that reading has resumed is shown
)

type logsTick struct {
	pane *logsPane
	n    int
}

// arm starts the timer of the next reading, in place of the one that runs.
func (p *logsPane) arm() tea.Cmd {
	p.ticks++
	p.armed = false
	d := p.wait()
	if d <= 0 || !p.visible || p.paused || p.ended {
		return nil
	}
	p.armed, p.trouble.next = true, p.env.Now().Add(d)
	return p.env.Tick(d, logsTick{p, p.ticks})
}

// keepArmed leaves a timer that runs as it is: looking for older events must not
// put off the new ones.
func (p *logsPane) keepArmed() tea.Cmd {
	if p.armed {
		return nil
	}
	return p.arm()
}

// wait is 0 when trying again cannot help.
func (p *logsPane) wait() time.Duration {
	switch {
	case p.trouble.err != nil:
		return p.trouble.wait()
	case p.missing:
		return missingEvery
	case p.env.Theme.Thin:
		return thinLogsEvery
	}
	return logsEvery
}

func (p *logsPane) ticked(m logsTick) tea.Cmd {
	if m.pane != p || m.n != p.ticks || !p.visible || p.paused {
		return nil
	}
	p.armed = false
	return p.resume()
}

// resume goes on where reading has stopped.
func (p *logsPane) resume() tea.Cmd {
	if p.group == "" || p.ended {
		return nil
	}
	var cmds []tea.Cmd
	if !p.back.Busy() && (!p.opened || p.anew || p.missing || p.readsBack() || p.filter.request != "") {
		cmds = append(cmds, p.readOlder())
	}
	if p.opened && !p.anew && !p.missing && p.filter.request == "" && !p.ahead.Busy() {
		cmds = append(cmds, p.readNewer())
	}
	return tea.Batch(cmds...)
}

// stop asks for nothing any more.
func (p *logsPane) stop() {
	p.ticks++
	p.armed = false
	p.back.Cancel()
	p.ahead.Cancel()
	p.run.Cancel()
}

// Watch implements pane.Watcher: nothing is read unseen, and what came meanwhile
// is read when the pane comes back.
func (p *logsPane) Watch(visible bool) tea.Cmd {
	if p.visible == visible {
		return nil
	}
	p.visible = visible
	switch {
	case !visible:
		p.stop()
	case !p.paused && !p.back.Busy() && !p.run.Busy() && !p.config.Busy():
		return p.resume()
	}
	return nil
}

func (p *logsPane) pause() tea.Cmd {
	if p.paused = !p.paused; p.paused {
		p.stop()
		return nil
	}
	return p.resume()
}

// trouble is a time in which the logs could not be read.
type trouble struct {
	err   error
	since time.Time
	times int
	next  time.Time // when it is tried again

	note  string // how it ended
	until time.Time
}

func (t *trouble) begin(err error, now time.Time) {
	if t.err == nil {
		t.since, t.times = now, 0
	}
	t.err, t.note = awsclient.Classify(err), ""
	t.times++
}

// over ends it, and leaves a note that it was.
func (t *trouble) over(now time.Time) {
	if t.err == nil {
		return
	}
	t.err, t.until = nil, now.Add(noteFor)
	t.note = "resumed after " + format.Duration(now.Sub(t.since))
}

// wait is 0 for what stays until somebody does something about it.
func (t *trouble) wait() time.Duration {
	var e *awsclient.Error
	if errors.As(t.err, &e) {
		switch e.Kind { //nolint:exhaustive // the others are tried again
		case awsclient.Denied, awsclient.Invalid, awsclient.NoCreds, awsclient.ReadOnly:
			return 0
		}
	}
	return min(retryFirst<<min(t.times-1, 10), retryLast)
}
