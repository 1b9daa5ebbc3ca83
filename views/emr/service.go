// Package emr is the pane of EMR clusters and of their steps.
package emr

import (
	"time"

	"straws/awsclient/emr"
	"straws/ui/pane"
)

// pollEvery is how often a list is loaded while something in it runs. EMR allows
// one listing in two seconds to everything in the account together.
const pollEvery = 30 * time.Second

// Service is the EMR quarter of the overview.
func Service() pane.Service {
	return pane.Service{Name: "EMR", Root: clusters, Resolve: resolve, Row: row}
}

// resolve opens the steps of a cluster above the list.
func resolve(address string) (path []pane.Factory, ok bool, err error) {
	a, ours, err := emr.ParseAddress(address)
	if !ours || err != nil || a.Cluster == "" {
		return nil, ours, err
	}
	return []pane.Factory{in(a.Region, steps(a.Cluster, a.Cluster))}, true, nil
}

// row is the cluster an address names.
func row(address string) string {
	a, _, _ := emr.ParseAddress(address)
	return a.Cluster
}

// in opens a pane in another region; "" is the session's own.
func in(region string, f pane.Factory) pane.Factory {
	return func(env pane.Env) pane.Pane {
		env.AWS = env.AWS.In(region)
		return f(env)
	}
}
