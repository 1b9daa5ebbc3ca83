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

	// Thin keeps the bytes of a keystroke few: the cursor is a mark in the
	// gutter and a bold name, and no row is filled.
	Thin bool
}

// Default returns the palette for a dark or a light terminal.
func Default(dark bool) Palette {
	pick := lipgloss.LightDark(dark)
	c := lipgloss.Color
	return Palette{
		Text: lipgloss.NoColor{}, Muted: pick(c("#6e7781"), c("#8b949e")),
		Accent: pick(c("#0969da"), c("#58a6ff")), Good: pick(c("#1a7f37"), c("#3fb950")),
		Warn: pick(c("#9a6700"), c("#d29922")), Bad: pick(c("#cf222e"), c("#f85149")),
		Line: pick(c("#d0d7de"), c("#3d444d")), Select: pick(c("#ddf4ff"), c("#1f3a5f")),
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
		Text: fg(p.Text), Muted: fg(p.Muted), Accent: fg(p.Accent), Good: fg(p.Good),
		Warn: fg(p.Warn), Bad: fg(p.Bad), Line: fg(p.Line),
		Header: fg(p.Muted), Key: fg(p.Accent), Title: fg(p.Text).Bold(true), Badge: fg(p.Bad).Bold(true).Reverse(true),
		Cursor: lipgloss.NewStyle().Reverse(true),
	}
	if p.Select != nil {
		t.Cursor = lipgloss.NewStyle().Background(p.Select)
	}
	return t
}
