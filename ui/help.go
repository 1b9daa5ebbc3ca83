package ui

import (
	"context"
	"fmt"
	"strings"

	"straws/ui/keymap"
	"straws/ui/pane"
	"straws/ui/textpane"

	"github.com/charmbracelet/x/ansi"
)

// Actions lists what can be done on the screen that is shown, for generated
// documentation.
func (a *App) Actions() []pane.Action { return a.actions() }

// helpPane lists the keys of the screen that the user is on.
func (a *App) helpPane() pane.Factory {
	text := a.help()
	return textpane.New(textpane.Spec{Title: "help", Load: func(context.Context, pane.Env) (string, error) { return text, nil }})
}

func (a *App) help() string {
	var b strings.Builder
	if acts := a.actions(); len(acts) > 0 {
		section(&b, "Here", actionBindings(acts))
	}
	section(&b, "Everywhere", keymap.Shell())
	section(&b, "Lists", keymap.List())
	section(&b, "Texts", keymap.Text())
	return b.String()
}

func actionBindings(acts []pane.Action) []keymap.Binding {
	var out []keymap.Binding
	for _, act := range acts {
		label := act.Label
		switch act.Danger {
		case pane.Write:
			label += "; asks for y"
		case pane.Destroy:
			label += "; asks for the name, or the number of marked rows"
		case pane.Read:
		}
		if len(act.Needs) > 0 {
			label += " (" + strings.Join(act.Needs, ", ") + ")"
		}
		if act.Off != "" {
			label += " — off: " + act.Off
		}
		out = append(out, keymap.Binding{Keys: act.Keys, Shown: strings.Join(act.Keys, " "), Label: label})
	}
	return out
}

func section(b *strings.Builder, title string, bindings []keymap.Binding) {
	fmt.Fprintf(b, "%s\n", title)
	for _, k := range bindings {
		fmt.Fprintf(b, "  %s%s  %s\n", k.Shown, strings.Repeat(" ", max(16-ansi.StringWidth(k.Shown), 0)), k.Label)
	}
	b.WriteString("\n")
}
