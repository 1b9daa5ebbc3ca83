package ui

import (
	"context"
	"os/exec"
	"strings"

	"straws/awsclient"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// unidentified is the failure to say whose credentials these are, with where
// some were looked for.
type unidentified struct {
	tried []string
	err   error
}

func (u *unidentified) Error() string { return u.err.Error() }
func (u *unidentified) Unwrap() error { return u.err }

// identify asks who the credentials belong to, beside the first loads.
func (a *App) identify() tea.Cmd {
	s := a.aws
	a.who = awsclient.Identity{}
	return a.identity.Start(a.ctx, "", load.Once(func(ctx context.Context) (awsclient.Identity, error) {
		id, err := s.Identity(ctx)
		if err != nil {
			// The files are read here, away from the event loop.
			return id, &unidentified{awsclient.Tried(awsclient.Options{Profile: s.Profile()}), err}
		}
		return id, nil
	}))
}

func (a *App) listProfiles() tea.Cmd {
	return a.profiles.Start(a.ctx, "profiles", func(context.Context) ([]awsclient.Profile, bool, error) {
		p, err := awsclient.Profiles()
		return p, false, err
	})
}

// acceptSession takes what the shell itself has asked for.
func (a *App) acceptSession(msg tea.Msg) bool {
	if page, _, ok := a.identity.Accept(msg); ok {
		a.identified(page)
		return true
	}
	if page, _, ok := a.profiles.Accept(msg); ok {
		a.known = page.Items
		return true
	}
	if page, _, ok := a.reopened.Accept(msg); ok {
		if page.Err != nil {
			a.Fail(awsclient.Classify(page.Err))
		} else {
			a.use(page.Items[0])
		}
		return true
	}
	return false
}

// use shows another session. Jobs go on with the one they were started in.
func (a *App) use(s *awsclient.Session) {
	a.aws = s
	a.overlay = nil
	a.build()
	a.pending = append(a.pending, a.identify())
}

func (a *App) pickRegion() {
	var choices []pane.Choice
	for _, r := range awsclient.Regions() {
		detail := ""
		if r == a.aws.Region() {
			detail = "in use"
		}
		choices = append(choices, pane.Choice{Label: r, Detail: detail, Do: func() tea.Cmd { return a.useRegion(r) }})
	}
	a.overlay = a.newMenu("region", choices, true)
}

func (a *App) useRegion(region string) tea.Cmd {
	a.use(a.aws.In(region))
	return nil
}

func (a *App) pickProfile() {
	if len(a.known) == 0 {
		a.Flash(pane.Warn, "no profiles in ~/.aws/config or ~/.aws/credentials; aws configure makes one")
		return
	}
	var choices []pane.Choice
	for _, p := range a.known {
		choices = append(choices, pane.Choice{Label: p.Name, Detail: p.Region, Do: func() tea.Cmd { return a.useProfile(p.Name) }})
	}
	a.overlay = a.newMenu("profile", choices, true)
}

func (a *App) useProfile(name string) tea.Cmd {
	if a.opts.Reopen == nil {
		a.Flash(pane.Warn, "this session has no profiles")
		return nil
	}
	return a.reopened.Start(a.ctx, "", load.Once(func(ctx context.Context) (*awsclient.Session, error) {
		return a.opts.Reopen(ctx, name)
	}))
}

// execMsg tells that a program that had the terminal has ended.
type execMsg struct {
	err  error
	done func(error) tea.Cmd
}

// Exec implements pane.Host.
func (a *App) Exec(c *exec.Cmd, done func(error) tea.Cmd) {
	a.pending = append(a.pending, a.opts.Exec(c, func(err error) tea.Msg { return execMsg{err, done} }))
}

// login runs the AWS CLI's sso login in the foreground.
func (a *App) login() tea.Cmd {
	args := []string{"sso", "login"}
	if p := a.aws.Profile(); p != "" {
		args = append(args, "--profile", p)
	}
	login := exec.CommandContext(a.ctx, "aws", args...)
	a.Exec(login, func(err error) tea.Cmd {
		if err != nil {
			a.Flash(pane.Error, "aws "+strings.Join(args, " ")+": "+err.Error())
			return nil
		}
		return a.useProfile(a.aws.Profile())
	})
	return nil
}
