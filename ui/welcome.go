package ui

import (
	"errors"
	"os/exec"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// identified takes the answer to who we are. Without credentials nothing else
// can work, so that opens the ways to get some.
func (a *App) identified(page load.Page[awsclient.Identity]) {
	if page.Err == nil {
		a.who = page.Items[0]
		return
	}
	var e *awsclient.Error
	if !errors.As(awsclient.Classify(page.Err), &e) {
		return
	}
	switch e.Kind {
	case awsclient.NoCreds, awsclient.SSO, awsclient.Expired:
		a.welcome(e, page.Err)
	default: // the panes say what else is wrong, each for itself
	}
}

func (a *App) welcome(e *awsclient.Error, err error) {
	choices := []pane.Choice{
		{Label: "try again", Key: "r", Do: func() tea.Cmd { return a.useProfile(a.aws.Profile()) }},
		{Label: "choose a profile", Key: "P", Do: func() tea.Cmd { a.pickProfile(); return nil }},
	}
	if _, err := exec.LookPath("aws"); err == nil {
		choices = append(choices, pane.Choice{Label: "log in with SSO", Key: "s", Detail: "runs aws sso login here", Do: a.login})
	} else {
		choices = append(choices, pane.Choice{Label: "log in with SSO", Key: "s", Off: "needs the aws command, which is not on the PATH"})
	}
	if a.opts.Demo != nil {
		choices = append(choices, pane.Choice{
			Label: "open the demo account", Key: "d", Detail: "in this process: no network, no credentials, everything works",
			Do: func() tea.Cmd { a.use(a.opts.Demo()); return nil },
		})
	}
	choices = append(choices, pane.Choice{Label: "quit", Key: "q", Do: a.quit})
	m := a.newMenu("what now", choices, false)
	m.about, m.intro = e.Error(), a.tried(err)
	a.overlay = m
}

func (a *App) tried(err error) []string {
	var u *unidentified
	if !errors.As(err, &u) {
		return nil
	}
	lines := []string{"   tried, in this order:"}
	for _, t := range u.tried {
		lines = append(lines, "   · "+clean.Line(t))
	}
	return append(lines, "")
}
