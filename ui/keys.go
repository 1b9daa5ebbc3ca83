package ui

import (
	"slices"

	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

func (a *App) key(k tea.KeyPressMsg) tea.Cmd {
	a.flash = flash{}
	s := k.String()
	if s == "ctrl+l" {
		return tea.ClearScreen
	}
	if a.overlay != nil {
		return a.overlayKey(k)
	}
	switch s {
	case "ctrl+c":
		return a.quit()
	case "ctrl+z":
		return tea.Suspend
	}
	f := a.top()
	if f == nil {
		if cmd, ok := a.overviewKey(s); ok {
			return cmd
		}
		return a.shellKey(s)
	}
	if a.capturing() {
		return f.pane.Update(k)
	}
	for _, act := range f.pane.Actions() {
		if slices.Contains(act.Keys, s) {
			return a.act(act)
		}
	}
	if a.shellOwns(s) {
		return a.shellKey(s)
	}
	return f.pane.Update(k)
}

// shellOwns reports whether the shell answers key on every pane.
func (a *App) shellOwns(key string) bool {
	if len(key) == 1 && key[0] >= '0' && key[0] <= '9' {
		return int(key[0]-'0') <= len(a.tabs)
	}
	return slices.Contains([]string{":", "a", "t", "!", "?", "P", "R", "r", "q", "esc", "h", "left"}, key)
}

func (a *App) shellKey(key string) tea.Cmd {
	switch key {
	case "esc", "h", "left", "q":
		return a.back(key)
	case "r":
		return a.refresh()
	case ":":
		a.openPalette()
	case "a":
		a.openActions()
	case "t":
		a.page("jobs", a.jobsPane)
	case "!":
		a.page("call log", a.callsPane)
	case "?":
		a.page("help", a.helpPane)
	case "P":
		a.pickProfile()
	case "R":
		a.pickRegion()
	case "0":
		a.current = overview
	default:
		if n := int(key[0] - '1'); len(key) == 1 && n >= 0 && n < len(a.tabs) {
			a.current, a.focused = n, n
		}
	}
	return nil
}

// back undoes the innermost thing: what the pane has to undo itself, then the
// pane. On the overview only q leaves, and it leaves the program.
func (a *App) back(key string) tea.Cmd {
	f := a.top()
	if f == nil {
		if key == "q" {
			return a.quit()
		}
		return nil
	}
	if b, ok := f.pane.(pane.Backer); ok {
		if cmd, done := b.Back(); done {
			return cmd
		}
	}
	a.Pop()
	return nil
}

func (a *App) refresh() tea.Cmd {
	var cmds []tea.Cmd
	for _, f := range a.visible() {
		if r, ok := f.pane.(pane.Refresher); ok {
			cmds = append(cmds, r.Refresh())
		}
	}
	return tea.Batch(cmds...)
}

// Act implements pane.Host.
func (a *App) Act(act pane.Action) { a.pending = append(a.pending, a.act(act)) }

// act does what an action says, after asking where it must be asked.
func (a *App) act(act pane.Action) tea.Cmd {
	switch {
	case act.Off != "":
		a.Flash(pane.Warn, act.Label+": "+act.Off)
	case a.aws.ReadOnly() && act.Danger > pane.Read:
		a.Flash(pane.Warn, act.Label+": refused, this session is read-only")
	case act.Danger == pane.Read:
		return a.perform(act)
	default:
		if act.Freeze != nil {
			act.Freeze()
		}
		a.overlay = a.newConfirm(act)
	}
	return nil
}

func (a *App) perform(act pane.Action) tea.Cmd {
	if act.Do != nil {
		return act.Do()
	}
	return a.jobs.Start(a.ctx, act.Job())
}

// quit leaves the program; while jobs run it asks what to do about them.
func (a *App) quit() tea.Cmd {
	if a.jobs.Active() == 0 {
		return tea.Quit
	}
	a.Pick(countJobs(a.jobs.Active()), []pane.Choice{
		{Label: "stay", Key: "n"},
		{Label: "cancel and quit", Key: "y", Detail: "what is in flight is finished first; t shows what is left", Do: func() tea.Cmd {
			a.jobs.CancelAll()
			return tea.Quit
		}},
	})
	return nil
}
