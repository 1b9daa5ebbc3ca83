package lambda

import (
	"strings"

	"straws/awsclient/templates"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// arnAccount is the field of an ARN that has the account.
const arnAccount = 4

// pickTemplate offers the events that services send. The payload there is comes
// back with undo.
func (p *invokePane) pickTemplate() tea.Cmd {
	place := templates.Place{Region: p.env.AWS.Region(), Time: p.env.Now()}
	if fields := strings.Split(p.target.function.ARN, ":"); len(fields) > arnAccount {
		place.Account = fields[arnAccount]
	}
	var choices []pane.Choice
	for _, t := range templates.All() {
		choices = append(choices, pane.Choice{Label: t.Name, Detail: t.Detail, Do: func() tea.Cmd {
			text, err := t.Payload(place)
			if err != nil {
				p.env.Fail(err)
				return nil
			}
			return p.fill(text, "")
		}})
	}
	p.env.Pick("template", choices)
	return nil
}
