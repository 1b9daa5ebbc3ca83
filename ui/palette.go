package ui

import (
	"strings"

	"straws/awsclient"
	"straws/ui/format"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// openPalette offers everything that can be gone to or done from here, and any
// address that is typed.
func (a *App) openPalette() {
	m := a.newMenu("go to", a.destinations(), true)
	m.dynamic = a.typedAddress
	a.overlay = m
}

func (a *App) typedAddress(typed string) []pane.Choice {
	typed = strings.TrimSpace(typed)
	for _, t := range a.tabs {
		if _, ok, err := t.service.Resolve(typed); ok || err != nil {
			return []pane.Choice{{Label: typed, Detail: "open in " + t.service.Name, Do: func() tea.Cmd { a.Open(typed); return nil }}}
		}
	}
	return nil
}

func (a *App) destinations() []pane.Choice {
	key := func(label, detail, key string) pane.Choice {
		return pane.Choice{Label: label, Detail: detail, Do: func() tea.Cmd { return a.shellKey(key) }}
	}
	var out []pane.Choice
	for i, t := range a.tabs {
		out = append(out, key(t.service.Name, "pane", string(rune('1'+i))))
	}
	out = append(out, key("overview", "all panes", "0"))
	for _, act := range a.actions() {
		out = append(out, a.choice(act, "action"))
	}
	out = append(out,
		key("jobs", "what is running, and what failed", "t"), key("call log", "every request to AWS", "!"),
		key("help", "keys of this screen", "?"), key("refresh", "", "r"))
	for _, p := range a.known {
		out = append(out, pane.Choice{Label: "profile " + p.Name, Detail: p.Region, Do: func() tea.Cmd { return a.useProfile(p.Name) }})
	}
	for _, r := range awsclient.Regions() {
		out = append(out, pane.Choice{Label: "region " + r, Do: func() tea.Cmd { return a.useRegion(r) }})
	}
	out = append(out, pane.Choice{Label: "quit", Do: a.quit})
	return out
}

// actions lists what can be done on the pane on top.
func (a *App) actions() []pane.Action {
	if f := a.top(); f != nil {
		return f.pane.Actions()
	}
	return nil
}

// openActions shows every action of the pane, those that are off with the
// reason.
func (a *App) openActions() {
	var choices []pane.Choice
	title := "actions"
	for _, act := range a.actions() {
		c := a.choice(act, strings.Join(act.Needs, ", "))
		c.Key = act.Keys[0]
		choices = append(choices, c)
		if act.Count > 1 {
			title = "actions on " + format.Count(act.Count) + " " + act.Noun
		}
	}
	if e := a.refused(); e != nil {
		choices = append(choices, pane.Choice{Label: "Copy the missing permission", Detail: "as a policy statement", Do: func() tea.Cmd {
			a.Copy("a policy statement", e.Policy())
			return nil
		}})
	}
	if len(choices) == 0 {
		a.Flash(pane.Info, "there is nothing to do here")
		return
	}
	a.Pick(title, choices)
}

func (a *App) choice(act pane.Action, detail string) pane.Choice {
	off := act.Off
	if off == "" && act.Danger > pane.Read && a.aws.ReadOnly() {
		off = "this session is read-only"
	}
	return pane.Choice{Label: act.Label, Detail: detail, Off: off, Do: func() tea.Cmd { return a.act(act) }}
}
