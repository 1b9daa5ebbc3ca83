// Package listpane is the pane that most services need: a table that loads page
// by page, filters, sorts, marks rows and acts on them, from a description.
package listpane

import (
	"context"
	"sync/atomic"
	"time"

	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
	"straws/ui/textview"
	"straws/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Spec describes a list of T. Only Title, Noun, ID, Columns and Load are needed.
type Spec[T any] struct {
	Title string
	Noun  string // "instance"
	Nouns string // "instances"; Noun and an s when empty
	// Other says that a row is not what Noun says but an OtherNoun, "prefix": the
	// two are counted apart. It may be nil.
	Other                 func(T) bool
	OtherNoun, OtherNouns string

	// ID is the row's identity within the list. Cursor and marks follow it.
	ID func(T) string
	// Name is what people call the row, for confirmations and messages; ID when nil.
	Name func(T) string
	// Columns is called once, when the pane is built.
	Columns func(pane.Env) []table.Column[T]
	// Load begins a fresh listing.
	Load func(pane.Env) load.Pager[T]
	// Whole says that every page is the whole list, in place of the one before.
	Whole bool
	// Progress says how far a load has come that looks at more than it lists, such
	// as "of 381,000+ keys". Such a load is ended by esc, and its rows stay. It is
	// called for every frame.
	Progress func() string
	// Order is the order of rows before the user sorts; load order when nil.
	Order func(a, b T) int

	// Enter is the pane inside a row; nil, or a nil result, when there is none.
	Enter func(T) pane.Factory
	// Poll is how long to wait before loading again while the pane is on the
	// screen; never when nil or when it returns 0.
	Poll func(rows []T) time.Duration
	// Moving says that AWS is about to change a row by itself. A list with such a
	// row is loaded again once a minute while it is on the screen.
	Moving func(T) bool
	// Changes counts what this program has changed about the list, from wherever:
	// the list is loaded again, now or when it comes back onto the screen, when it
	// counts more. The list counts its own actions. It may be nil.
	Changes func(pane.Env) *atomic.Int64
	// Near is another name of a row for At, which several rows may share: the cursor
	// starts on the first of them. It may be nil.
	Near func(T) string
	// Record is the whole row as a value to be shown as JSON; T itself when nil.
	Record func(context.Context, pane.Env, T) (any, error)
	// Details is the pane that i opens on a row, in place of its record as JSON; the
	// record where it is nil, or its result.
	Details func(T) pane.Factory
	// Preview is the text shown beside the list; p is off when nil.
	Preview func(context.Context, pane.Env, T) (Preview, error)
	// Copies are the forms in which y offers the row, beside its record as JSON.
	Copies func(pane.Env, T) []Copy
	// Tags are matched by tag:key=value in the filter.
	Tags func(T) map[string]string
	// LoadTags takes the place of Tags where a row does not come with them: one
	// request for one row, made when a filter asks for a tag.
	LoadTags func(context.Context, pane.Env, T) (map[string]string, error)

	Actions []Action[T]
	// Place lists what can be done where no row is meant, such as an upload into
	// the folder that is listed. It is called for every frame.
	Place func(env pane.Env) []pane.Action
	// Cursor is like Place, for what goes on from the row under the cursor, if there
	// is one.
	Cursor func(env pane.Env, it T, ok bool) []pane.Action

	// Wide says that there may be more columns than fit: < and > move along them.
	Wide bool

	// Note is something to know about the list, for the status line; it may return
	// "". It is called for every frame.
	Note func() string

	Empty     string                // sentence for no rows at all
	Summarize func(rows []T) string // headline in the overview, "31 running · 4 stopped"; a count when nil
	// Head is a few lines above the table about all rows, for a screen w cells
	// wide. It is called for every frame.
	Head  func(rows []T, w int) []string
	Total func(rows []T) string // what the marked rows add up to, "4.1 GB"; nothing when nil
}

// Preview is a text to look at.
type Preview struct {
	Title string // "first 64.0 KB of 1.2 GB"
	Text  string // may hold anything; it is cleaned when drawn
	Name  string // a file name, to choose the highlighting by; "" for plain
	// Draw takes the place of Text: at most h lines of at most w cells.
	Draw func(w, h int, th *theme.Theme) []string

	lines textview.Lines // Text, ready to be drawn
}

// Copy is one form of a row for the clipboard.
type Copy struct{ Label, Text string }

// Action is something to do to rows of T, declared once.
type Action[T any] struct {
	ID, Label string
	Keys      []string
	Danger    pane.Danger
	Needs     []string                   // IAM actions
	Off       func(T) string             // why it cannot run on this row; "" when it can. Asked again for each row at run time
	Warn      func(rows []T) []string    // what to know before agreeing
	Type      func(T) string             // what must be typed to destroy this one row; its Name when nil
	Target    func(T) string             // ARN or id for the audit log; ID when nil
	Command   func(pane.Env, T) []string // the equivalent aws CLI words after "aws"; nil where there is none
	Here      func(T) bool               // it changes this machine and not AWS: nothing for the audit log

	// Run does it to one row; at most eight rows at a time.
	Run func(context.Context, pane.Env, T) error
	// Do does it on the screen instead, to the row under the cursor.
	Do func(pane.Env, T) tea.Cmd
	// Many does it on the screen instead, to every marked row, or the one under
	// the cursor when none is marked.
	Many func(env pane.Env, rows []T) tea.Cmd
	// Show does it on the screen instead: a pane to open on the row under the cursor.
	Show func(pane.Env, T) pane.Factory
	// Both does it on the screen instead: a pane about the two rows that are
	// marked, in the order of the list.
	Both func(env pane.Env, a, b T) pane.Factory
	// Hide keeps it out of the hint line; it stays in help, menu and palette.
	Hide bool
}
