package ec2

import (
	"context"

	"straws/awsclient"
	"straws/awsclient/ec2"
	"straws/ui/listpane"
	"straws/ui/pane"
)

type action = listpane.Action[ec2.Instance]

func start(p *pace) action {
	return action{
		ID: "ec2.instance.start", Label: "Start", Keys: []string{"s"}, Danger: pane.Write,
		Needs:   []string{"ec2:StartInstances"},
		Off:     cannotStart,
		Target:  ec2.Instance.ARN,
		Command: func(_ pane.Env, i ec2.Instance) []string { return ec2.StartCommand(i.ID) },
		Run:     p.run(ec2.Start),
	}
}

func stop(p *pace) action {
	return action{
		ID: "ec2.instance.stop", Label: "Stop", Keys: []string{"S"}, Danger: pane.Write,
		Needs:   []string{"ec2:StopInstances"},
		Off:     cannotStop,
		Warn:    stopWarnings,
		Target:  ec2.Instance.ARN,
		Command: func(_ pane.Env, i ec2.Instance) []string { return ec2.StopCommand(i.ID) },
		Run:     p.run(ec2.Stop),
	}
}

// terminate asks for the id: a name may be missing, or belong to several.
func terminate(p *pace) action {
	return action{
		ID: "ec2.instance.terminate", Label: "Terminate", Keys: []string{"D"}, Danger: pane.Destroy,
		Needs:   []string{"ec2:TerminateInstances"},
		Off:     cannotChange,
		Warn:    terminateWarnings,
		Type:    func(i ec2.Instance) string { return i.ID },
		Target:  ec2.Instance.ARN,
		Command: func(_ pane.Env, i ec2.Instance) []string { return ec2.TerminateCommand(i.ID) },
		Run:     p.run(ec2.Terminate),
	}
}

// run makes a change that the list then looks out for.
func (p *pace) run(change func(context.Context, *awsclient.Session, string) error) func(context.Context, pane.Env, ec2.Instance) error {
	return func(ctx context.Context, env pane.Env, i ec2.Instance) error {
		defer p.changed()
		return change(ctx, env.AWS, i.ID)
	}
}
