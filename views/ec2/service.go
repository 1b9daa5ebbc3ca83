// Package ec2 is the pane of EC2 instances: what is shown of them, and which
// keys start, stop and terminate them.
package ec2

import (
	"context"

	"straws/awsclient/ec2"
	"straws/ui/listpane"
	"straws/ui/pane"
	"straws/ui/textpane"
)

// Service is the EC2 quarter of the overview.
func Service() pane.Service {
	return pane.Service{Name: "EC2", Root: list, Resolve: resolve, Row: row}
}

// list is the factory of the pane of all instances of a region.
func list(env pane.Env) pane.Pane {
	return listpane.New(spec(env, &pace{}))(env)
}

// resolve opens one instance above the list.
func resolve(address string) (path []pane.Factory, ok bool, err error) {
	a, ours, err := ec2.ParseAddress(address)
	if !ours || err != nil || a.ID == "" {
		return nil, ours, err
	}
	return []pane.Factory{details(a.ID, a.ID, a.Region)}, true, nil
}

// row is the instance an address names.
func row(address string) string {
	a, _, _ := ec2.ParseAddress(address)
	return a.ID
}

// details is everything AWS says about one instance, as JSON. The region is
// the session's own when it is "".
func details(title, id, region string) pane.Factory {
	show := textpane.New(textpane.Spec{
		Title: title, JSON: true,
		Load: func(ctx context.Context, env pane.Env) (string, error) {
			record, err := ec2.Record(ctx, env.AWS, id)
			if err != nil {
				return "", err
			}
			return textpane.Record(record)
		},
	})
	return func(env pane.Env) pane.Pane {
		env.AWS = env.AWS.In(region)
		return show(env)
	}
}
