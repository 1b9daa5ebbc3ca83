// Package uitest drives the program without a terminal: a test presses keys,
// moves the clock, and reads whole frames.
package uitest

import (
	"context"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"straws/ui"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
)

// patience is how long a command may take before the test fails.
const patience = 20 * time.Second

// Driver holds one program under test. Commands run at the same time, as they
// do in the real program; timers fire only in Advance.
type Driver struct {
	t         testing.TB
	m         tea.Model
	clock     *Clock
	w, h      int
	results   chan tea.Msg
	running   int
	timers    []timer
	wait      time.Duration
	leave     bool // commands that take longer than wait are left running
	clipboard string
	quit      bool
}

type timer struct {
	due time.Time
	msg tea.Msg
}

// Start opens the program on a screen of w by h cells and lets it load.
func Start(t testing.TB, c *Clock, o ui.Options, w, h int) *Driver {
	t.Helper()
	d := Launch(t, c, o, w, h)
	d.Settle()
	return d
}

// Launch is Start without waiting for anything to load.
func Launch(t testing.TB, c *Clock, o ui.Options, w, h int) *Driver {
	t.Helper()
	d := &Driver{t: t, clock: c, w: w, h: h, results: make(chan tea.Msg), wait: patience}
	o.Now, o.Tick, o.Exec = c.Now, d.tick, run
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	d.m = ui.New(ctx, o)
	d.run(d.m.Init())
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

// Impatient leaves commands running that take longer than a moment, as a slow
// network does; Settle collects their answers later.
func (d *Driver) Impatient() *Driver {
	d.wait, d.leave = 150*time.Millisecond, true
	return d
}

// Patient waits for every command again.
func (d *Driver) Patient() *Driver {
	d.wait, d.leave = patience, false
	return d
}

func (d *Driver) tick(after time.Duration, msg tea.Msg) tea.Cmd {
	d.timers = append(d.timers, timer{d.clock.Now().Add(after), msg})
	return nil
}

// run runs a program without a terminal.
func run(c *exec.Cmd, done tea.ExecCallback) tea.Cmd {
	return func() tea.Msg { return done(c.Run()) }
}

func (d *Driver) run(c tea.Cmd) {
	if c == nil {
		return
	}
	d.running++
	go func() { d.results <- c() }()
}

// Send delivers one message and starts what it asks for.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		d.w, d.h = size.Width, size.Height
	}
	var c tea.Cmd
	d.m, c = d.m.Update(msg)
	d.run(c)
	d.check()
}

// Settle waits until nothing is in flight.
func (d *Driver) Settle() *Driver {
	d.t.Helper()
	for d.running > 0 {
		select {
		case msg := <-d.results:
			d.running--
			d.deliver(msg)
		case <-time.After(d.wait):
			if d.leave {
				return d
			}
			d.t.Fatalf("%d commands do not end; the screen:\n%s", d.running, d.Frame())
		}
	}
	return d
}

func (d *Driver) deliver(msg tea.Msg) {
	d.t.Helper()
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	case tea.QuitMsg:
		d.quit = true
	default:
		// The clipboard's message is private to Bubble Tea; it is a string.
		if v := reflect.ValueOf(msg); v.Kind() == reflect.String && strings.HasSuffix(v.Type().Name(), "lipboardMsg") {
			d.clipboard = v.String()
		}
		d.Send(msg)
	}
}

// Advance moves the clock and fires the timers that come due on the way, each
// at its own time.
func (d *Driver) Advance(by time.Duration) *Driver {
	d.t.Helper()
	end := d.clock.Now().Add(by)
	for {
		next := -1
		for i, tm := range d.timers {
			if !tm.due.After(end) && (next < 0 || tm.due.Before(d.timers[next].due)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		tm := d.timers[next]
		d.timers = append(d.timers[:next], d.timers[next+1:]...)
		d.clock.add(max(tm.due.Sub(d.clock.Now()), 0))
		d.Send(tm.msg)
		d.Settle()
	}
	d.clock.add(max(end.Sub(d.clock.Now()), 0))
	return d
}

// Keys presses keys such as "j", "enter" or "ctrl+r", a third of a second
// apart, and waits after each.
func (d *Driver) Keys(keys ...string) *Driver {
	d.t.Helper()
	for _, k := range keys {
		d.clock.add(300 * time.Millisecond)
		d.Send(Key(k))
		d.Settle()
	}
	return d
}

// Burst presses keys at one instant, before any answer can come.
func (d *Driver) Burst(keys ...string) *Driver {
	d.t.Helper()
	for _, k := range keys {
		d.Send(Key(k))
	}
	return d
}

// Type types text one character at a time.
func (d *Driver) Type(s string) *Driver {
	d.t.Helper()
	for _, r := range s {
		if r == ' ' {
			d.Keys("space")
			continue
		}
		d.Keys(string(r))
	}
	return d
}

// Paste pastes text, as a terminal does with bracketed paste.
func (d *Driver) Paste(s string) *Driver {
	d.t.Helper()
	d.Send(tea.PasteMsg{Content: s})
	return d.Settle()
}

// Resize changes the size of the screen.
func (d *Driver) Resize(w, h int) *Driver {
	d.t.Helper()
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return d.Settle()
}

// Actions lists what can be done on the screen.
func (d *Driver) Actions() []pane.Action {
	app, ok := d.m.(*ui.App)
	if !ok {
		d.t.Fatal("the root model is not the shell")
	}
	return app.Actions()
}

// Clipboard is what was copied last.
func (d *Driver) Clipboard() string { return d.clipboard }

// HasQuit reports whether the program has ended.
func (d *Driver) HasQuit() bool { return d.quit }

// Frame is the screen as plain text.
func (d *Driver) Frame() string { return ansi.Strip(d.m.View().Content) }

// Styled is the screen with its escape sequences.
func (d *Driver) Styled() string { return d.m.View().Content }

// Golden compares the screen as plain text with testdata/NAME.golden; go test
// -update writes it.
func (d *Driver) Golden() {
	d.t.Helper()
	golden.RequireEqual(d.t, []byte(d.Frame()))
}

// Want fails unless the screen holds every string. Where commands are left
// running, it gives those that were slower than a moment time to end: a busy
// machine is not a failure.
func (d *Driver) Want(want ...string) *Driver {
	d.t.Helper()
	for _, s := range want {
		d.await(s)
		if !strings.Contains(d.Frame(), s) {
			d.t.Fatalf("the screen lacks %q:\n%s", s, d.Frame())
		}
	}
	return d
}

func (d *Driver) await(text string) {
	d.t.Helper()
	for d.leave && d.running > 0 && !strings.Contains(d.Frame(), text) {
		select {
		case msg := <-d.results:
			d.running--
			d.deliver(msg)
		case <-time.After(patience):
			return
		}
	}
}

// Lack fails if the screen holds any of the strings.
func (d *Driver) Lack(not ...string) *Driver {
	d.t.Helper()
	for _, s := range not {
		if strings.Contains(d.Frame(), s) {
			d.t.Fatalf("the screen has %q:\n%s", s, d.Frame())
		}
	}
	return d
}

// check holds for every frame of every test: exactly h lines, none wider than
// w, and no control characters but those of styles.
func (d *Driver) check() {
	d.t.Helper()
	content := d.m.View().Content
	lines := strings.Split(content, "\n")
	if len(lines) != d.h {
		d.t.Fatalf("the frame has %d lines, the screen %d:\n%s", len(lines), d.h, d.Frame())
	}
	for i, l := range lines {
		if n := ansi.StringWidth(l); n > d.w {
			d.t.Fatalf("line %d is %d cells wide, the screen %d: %q", i, n, d.w, l)
		}
	}
	for _, r := range strings.ReplaceAll(d.Frame(), "\n", "") {
		if r < 0x20 || r >= 0x7f && r < 0xa0 {
			d.t.Fatalf("control character %q on the screen:\n%q", r, content)
		}
	}
}
