package ui

import (
	"context"
	"errors"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/pane"

	"charm.land/lipgloss/v2"
)

// flash is one message, shown until the next key.
type flash struct {
	level pane.Level
	text  string
}

// Flash implements pane.Host.
func (a *App) Flash(l pane.Level, text string) { a.flash = flash{level: l, text: clean.Line(text)} }

// Fail implements pane.Host.
func (a *App) Fail(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	text := err.Error()
	var e *awsclient.Error
	if errors.As(err, &e) && e.Hint() != "" {
		text += " — " + e.Hint()
	}
	a.flash, a.lastErr = flash{pane.Error, clean.Line(text)}, err
}

func (a *App) flashStyle() lipgloss.Style {
	return [...]lipgloss.Style{a.theme.Good, a.theme.Warn, a.theme.Bad}[a.flash.level]
}
