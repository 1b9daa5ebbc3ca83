// Package pane is the contract between the shell (package ui) and the panes
// (packages below views).
package pane

import (
	"context"
	"os/exec"
	"time"

	"straws/awsclient"
	"straws/ui/job"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Pane is one screen on the navigation stack. Panes are pointers, are touched
// only by the event loop, and never block.
type Pane interface {
	// Title is the pane's segment of the breadcrumb. It may hold remote text;
	// the shell cleans it.
	Title() string
	// Init returns the first load. The shell calls it once, when the pane is
	// first shown.
	Init() tea.Cmd
	// Update handles the keys that the shell and the actions did not claim, and
	// every other message. Results of the pane's own loads are recognised by
	// load.Slot.
	Update(msg tea.Msg) tea.Cmd
	// View draws exactly h lines of w cells. It is pure and cheap.
	View(w, h int) string
	// Actions lists what can be done now, in display order. The shell binds the
	// keys, writes help and hints, asks for confirmation and runs the job.
	Actions() []Action
}

// Factory builds a pane in its own environment.
type Factory func(Env) Pane

// Env is everything a pane is given.
type Env struct {
	Host
	Ctx   context.Context // ends when the pane leaves the stack
	AWS   *awsclient.Session
	Theme *theme.Theme
	// Now is the time of the message being handled, for whoever asks, also away from
	// the event loop. View may use it: it changes only when a message arrives, so a
	// frame depends on state alone.
	Now func() time.Time
	// Tick sends msg to the panes after d. It is the only timer: tests move it.
	Tick func(d time.Duration, msg tea.Msg) tea.Cmd
	// Reload loads the pane again that hands this environment to its actions; nil
	// where the pane has nothing to load.
	Reload func() tea.Cmd
	// Unmark takes the marks off the rows of the list that hands this environment
	// to its actions, once they have been acted on; nil where there are none.
	Unmark func()
}

// Taken takes the marks off the rows that an action was begun with.
func (e Env) Taken() {
	if e.Unmark != nil {
		e.Unmark()
	}
}

// Changed loads the pane again after a job of one of its actions, unless it was
// left meanwhile.
func (e Env) Changed() tea.Cmd {
	if e.Reload == nil || e.Ctx.Err() != nil {
		return nil
	}
	return e.Reload()
}

// Host is what a pane may ask of the shell. Calls take effect before the next
// message is read, so a key typed right after cannot reach the wrong pane.
type Host interface {
	// Push shows a new pane on top of the caller.
	Push(f Factory)
	// Pop leaves the pane on top, ending its Ctx.
	Pop()
	// Open goes to an address: s3://bucket/prefix/, i-0abc…, lambda/NAME,
	// emr/j-…, or an ARN of one of these. A bad address is flashed.
	Open(address string)
	// Run starts a job.
	Run(s job.Spec)
	// Copy puts text on the user's clipboard, through the terminal.
	Copy(what, text string)
	// Flash shows one line until the next key.
	Flash(l Level, text string)
	// Fail flashes err with what happened, to what, and what to do next. A
	// cancellation is not shown.
	Fail(err error)
	// Exec gives the terminal to a program, such as an editor, until it ends, and
	// then calls done in Update.
	Exec(c *exec.Cmd, done func(error) tea.Cmd)
	// Pick asks the user to choose one of several choices.
	Pick(title string, choices []Choice)
	// Ask asks for one line of text, such as a path.
	Ask(q Question)
	// Act does an action as if its key had been pressed: it is refused in a
	// read-only session, asked about as its Danger says, and run.
	Act(act Action)
}

// Question asks for one line of text.
type Question struct {
	Title string   // "download 3 objects to"
	Text  string   // what is there at first
	Facts []string // lines to read before answering
	// Check says why the text cannot be taken, and "" when it can. It is asked
	// for every key, so it must not look further than the text.
	Check func(text string) string
	// Complete returns whole texts that begin as text does. It may take its time:
	// it runs away from the event loop, and only for tab. nil when there is
	// nothing to complete.
	Complete func(ctx context.Context, text string) []string
	// Do runs in Update once enter is pressed on a text that Check takes.
	Do func(text string) tea.Cmd
}

// Choice is one line of a menu.
type Choice struct {
	Label, Detail string
	Key           string         // picks the line at once, unless a filter is being typed
	Off           string         // why it cannot be chosen; "" when it can
	Do            func() tea.Cmd // runs in Update after the menu has closed
}

// Level grades a flash message.
type Level int

// Levels of a flash message.
const (
	Info Level = iota
	Warn
	Error
)

// Service is one quarter of the overview, with everything that opens from it.
type Service struct {
	Name string // "S3"
	Root Factory
	// Resolve turns an address into the panes to open above Root, outermost
	// first; an empty path is Root itself. ok is false when the address belongs
	// to another service, err says what is wrong with one of its own.
	Resolve func(address string) (path []Factory, ok bool, err error)
	// Row is the identity, in Root's list, of what an address lies in, so that
	// coming back finds the cursor on it. nil when Root has no such rows.
	Row func(address string) string
}
