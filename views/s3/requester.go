package s3

import (
	"straws/awsclient/s3"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// togglePayer says who pays for requests to the bucket, and lists the level
// again, which may have been refused before.
func (p place) togglePayer(env pane.Env) pane.Action {
	on := s3.Pays(env.AWS, p.bucket)
	return pane.Action{
		ID: "s3.requester", Label: map[bool]string{false: "Pay as requester", true: "Stop paying as requester"}[on],
		Keys: []string{"x"}, Count: 1, Hide: true,
		Do: func() tea.Cmd {
			s3.Pay(env.AWS, p.bucket, !on)
			if on {
				env.Flash(pane.Info, "requests to "+p.bucket+" are no longer charged to this account")
			} else {
				env.Flash(pane.Warn, "from now on this account pays for requests to "+p.bucket+" and for what is read, if its owner asks for that")
			}
			return env.Changed()
		},
	}
}

// payer reminds of who pays.
func (p place) payer() string {
	if s3.Pays(p.env.AWS, p.bucket) {
		return "you pay as requester"
	}
	return ""
}
