package table

import (
	"time"

	"straws/ui/theme"
)

// Column says how to draw, order and match one field of T.
type Column[T any] struct {
	Title string
	// Width is in cells, without the gap. With 0 the column shares what is left,
	// and is as wide as its content needs when Fit is set.
	Width int
	Fit   int  // the widest it may grow to from the first page; 0: Width is fixed
	Right bool // numbers
	// Drop orders the columns that give way when the screen is narrow: the
	// highest goes first, 0 never goes.
	Drop int
	// Brief columns are drawn in the overview.
	Brief bool

	// Cell is the text of the field. It may hold anything; it is cleaned and cut.
	Cell func(T) string
	// Tone colours the cell by its meaning; Plain when nil.
	Tone func(T) Tone
	// Order compares two rows by this field; nil when the list cannot be sorted by it.
	Order func(a, b T) int
	// Bytes and Time give the field a value for filters such as >10mb and <7d.
	Bytes func(T) int64
	Time  func(T) time.Time
}

// Tone is the meaning of a cell.
type Tone = theme.Tone

// Tones.
const (
	Plain  = theme.Plain
	Muted  = theme.Muted
	Accent = theme.Accent
	Good   = theme.Good
	Warn   = theme.Warn
	Bad    = theme.Bad
)
