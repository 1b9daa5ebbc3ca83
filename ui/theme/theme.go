// Package theme turns a small palette into every style the program uses.
package theme

import (
	"image/color"

	"charm.land/lipgloss/v2"
)

// Palette is the whole vocabulary of colour.
type Palette struct {
	Text, Muted, Accent, Good, Warn, Bad, Line, Select color.Color
}

// Theme holds ready-made styles. Panes use these and never make their own.
type Theme struct {
	Text, Muted, Accent, Good, Warn, Bad, Line lipgloss.Style
	Header, Key, Title, Badge                  lipgloss.Style
	Cursor                                     lipgloss.Style // the row under the cursor

	pens, bold [tones]Pen
	cursor     Pen

	// Thin keeps the bytes of a keystroke few: the cursor is a mark in the
	// gutter and a bold name, and no row is filled.
	Thin bool
	// Few says that there are sixteen colours or none: too few for a picture.
	Few bool
}

// Default returns the palette for a dark or a light terminal. Its colours are of
// the 256 that terminals and multiplexers agree on; they take half the bytes of
// free ones.
func Default(dark bool) Palette {
	pick := lipgloss.LightDark(dark)
	c := lipgloss.Color
	return Palette{
		Text: lipgloss.NoColor{}, Muted: pick(c("243"), c("245")),
		Accent: pick(c("25"), c("75")), Good: pick(c("28"), c("71")),
		Warn: pick(c("94"), c("179")), Bad: pick(c("160"), c("203")),
		Line: pick(c("250"), c("238")), Select: pick(c("189"), c("237")),
	}
}

// ANSI returns a palette of the terminal's own sixteen colours.
func ANSI() Palette {
	c := lipgloss.Color
	return Palette{
		Text: lipgloss.NoColor{}, Muted: c("8"), Accent: c("4"), Good: c("2"), Warn: c("3"), Bad: c("1"),
		Line: c("8"), Select: nil,
	}
}

// New derives every style from p. A palette without Select shows the cursor in
// reverse video, which every terminal has.
func New(p Palette) *Theme {
	fg := func(c color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(c) }
	t := &Theme{
		Few:  p.Select == nil,
		Text: fg(p.Text), Muted: fg(p.Muted), Accent: fg(p.Accent), Good: fg(p.Good),
		Warn: fg(p.Warn), Bad: fg(p.Bad), Line: fg(p.Line),
		Header: fg(p.Muted), Key: fg(p.Accent), Title: fg(p.Text).Bold(true), Badge: fg(p.Bad).Bold(true).Reverse(true),
		Cursor: lipgloss.NewStyle().Reverse(true),
	}
	if p.Select != nil {
		t.Cursor = lipgloss.NewStyle().Background(p.Select)
	}
	t.makePens()
	return t
}
