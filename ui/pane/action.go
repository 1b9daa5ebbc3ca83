package pane

import (
	"straws/ui/job"

	tea "charm.land/bubbletea/v2"
)

// Danger grades what an action can do.
type Danger int

// Grades of danger.
const (
	Read    Danger = iota // looks only; never asks
	Write                 // can be changed back; asks for y
	Destroy               // cannot be undone; asks for the target's name, or the count of several
)

// Action is something that can be done now to the rows it was built for. The
// shell makes the key, the hint, the help, the palette row, the refusal in
// read-only mode, the confirmation and the job from it.
type Action struct {
	ID     string   // "ec2.instance.terminate"
	Label  string   // "Terminate"
	Keys   []string // the first one is shown
	Danger Danger
	Needs  []string        // IAM actions it calls
	Count  int             // how many things it acts on
	Noun   string          // "instances", in the number of Count
	Names  []string        // the first few of them, for the confirmation
	Type   string          // what must be typed for Destroy when Count is 1
	Warn   func() []string // facts to read before agreeing; nil when there are none
	Off    string          // why it cannot run now; "" when it can
	Hide   bool            // keep out of the hint line; it stays in help, menu and palette

	Do  func() tea.Cmd  // an effect on the screen, or
	Job func() job.Spec // work to run, built when it is confirmed

	// Freeze fixes what the action acts on. The shell calls it when the action is
	// chosen, so that nothing that happens before the answer changes the target.
	Freeze func()

	Command func() string // the equivalent aws command line; nil when there is none
}
