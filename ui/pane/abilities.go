package pane

import tea "charm.land/bubbletea/v2"

// Capturer is a pane that sometimes takes all keys, such as while a filter is
// being typed.
type Capturer interface{ Capturing() bool }

// Backer is a pane with something of its own to undo before esc leaves it, such
// as a filter. Back reports whether it did.
type Backer interface{ Back() (tea.Cmd, bool) }

// Refresher is a pane that can load again.
type Refresher interface{ Refresh() tea.Cmd }

// Statuser is a pane with something to say at the left of the status line.
type Statuser interface{ Status() string }

// Prompter is a pane that is asking for one line of text, which the shell draws
// in place of the status. Cursor is the cell of the terminal's cursor in text.
type Prompter interface {
	Prompt() (text string, cursor int, ok bool)
}

// Cursorer is a pane with a text cursor in its body.
type Cursorer interface {
	Cursor() (x, y int, ok bool)
}

// Watcher is told when the pane comes onto the screen and when it leaves it or
// the terminal loses focus, so that nothing is polled unseen.
type Watcher interface {
	Watch(visible bool) tea.Cmd
}

// Summarizer is a pane that can be drawn as a cell of the overview: a headline
// for its border and exactly h lines of w cells.
type Summarizer interface {
	Summary(w, h int) (head, body string)
}

// Hinter is a pane with keys of its own, outside actions, for hints and help.
type Hinter interface{ Hints() []Hint }

// Hint describes one key that a pane handles itself.
type Hint struct{ Keys, Label string }
