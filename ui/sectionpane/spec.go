// Package sectionpane is the pane of one thing that AWS tells about in several
// answers: a page of sections that load, fail and are refreshed by themselves.
package sectionpane

import (
	"context"
	"time"

	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// Spec describes a page.
type Spec struct {
	Title string
	Parts []Part
	// Actions are what can be done here beside searching and copying. Refresh loads
	// the page again, after a change.
	Actions func(env pane.Env, refresh func() tea.Cmd) []pane.Action
	// Copies are the forms in which y offers the thing, beside the whole page.
	Copies func(pane.Env) []Copy
	// Changes counts what this program has changed about the thing: a page that
	// comes back onto the screen is loaded again when it counts more. It may be nil.
	Changes func() int64
}

// Part is one request, or a few, and what they tell.
type Part struct {
	Title string // of the section while nothing is known of it
	Load  func(context.Context, pane.Env) ([]Section, error)
}

// Section is a heading with fields.
type Section struct {
	Title  string
	Fields []Field
	Empty  string // sentence for no fields at all
	// Moving says that AWS is about to change this by itself, so that it is worth
	// loading again soon.
	Moving bool
	Again  time.Duration // how soon, where two seconds would be too often
}

// Field is one fact. Fields without a value are left out.
type Field struct {
	Label  string
	Value  string // may hold anything; it is cleaned when drawn. One that begins with ✗ or ◐ is coloured
	Secret bool   // masked until the user asks for it
}

// Copy is one form of the thing for the clipboard.
type Copy struct{ Label, Text string }
