package demo

import (
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// blueprint is what an instance is before it has an id.
type blueprint struct {
	name           string // "" leaves the Name tag out
	app, team, env string // tags; "" leaves one out
	group          string // Auto Scaling group that it belongs to
	nodes, cluster string // EKS node group and cluster
	size           types.InstanceType
	zone           string // the letter; with the region once it is launched
	windows        bool
	exposed        bool // has a public address while it runs
	spot           bool
	protected      bool // against termination

	state types.InstanceStateName // running when ""
	age   time.Duration           // since its start, at the account's start
	lasts time.Duration           // how long its state at the account's start goes on, when it is a transition
}

const day = 24 * time.Hour

// ireland is the main region: forty instances in every state.
func ireland() []blueprint {
	var all []blueprint
	add := func(more ...blueprint) { all = append(all, more...) }
	add(blueprint{name: "bastion", app: "bastion", team: "platform", env: "prod", size: "t3.micro", zone: "a", exposed: true, protected: true, age: 212 * day})
	add(numbered("web", 5, blueprint{app: "shop", team: "web", env: "prod", size: "m6i.large", exposed: true, group: "web-asg", age: 9 * day})...)
	add(numbered("api", 3, blueprint{app: "shop", team: "api", env: "prod", size: "c6i.xlarge", exposed: true, age: 33 * day})...)
	add(numbered("api-staging", 2, blueprint{app: "shop", team: "api", env: "staging", size: "t3.large", age: 18 * day})...)
	add(numbered("batch", 20, blueprint{app: "reports", team: "data", env: "dev", size: "c6i.xlarge", age: 26 * time.Hour})...)
	add(numbered("db", 2, blueprint{app: "orders", team: "data", env: "prod", size: "r6g.2xlarge", protected: true, age: 401 * day})...)
	add(numbered("ci-runner", 3, blueprint{app: "ci", team: "platform", env: "dev", size: "t3.xlarge", spot: true, age: 5 * time.Hour})...)
	add(
		blueprint{name: "reports-win", app: "reports", team: "finance", env: "prod", size: "m5.xlarge", zone: "b", windows: true, age: 64 * day},
		blueprint{name: "eks-workers", env: "prod", team: "platform", size: "m6i.xlarge", zone: "c", group: "eks-workers-6ec1", nodes: "workers", cluster: "acme", age: 3 * day},
		blueprint{size: "t3.nano", zone: "c", age: 730 * day}, // nobody remembers what it is for
		blueprint{name: "evil\x1b[31m\u202e", app: "\x1b[31mred", team: "red", env: "dev", size: "t3.small", zone: "a", age: 2 * day},
	)
	tune(all, map[string]func(*blueprint){
		"web-5":         func(b *blueprint) { b.state, b.age = types.InstanceStateNamePending, 0 },
		"api-1":         func(b *blueprint) { b.protected = true },
		"api-staging-1": func(b *blueprint) { b.state = types.InstanceStateNameStopped },
		"api-staging-2": func(b *blueprint) { b.state = types.InstanceStateNameStopping },
		"batch-7":       func(b *blueprint) { b.state, b.lasts = types.InstanceStateNameStopping, 30*time.Second },
		"batch-18":      func(b *blueprint) { b.state = types.InstanceStateNameStopped },
		"batch-19":      func(b *blueprint) { b.state = types.InstanceStateNameStopped },
		"ci-runner-2":   func(b *blueprint) { b.state = types.InstanceStateNameShuttingDown },
		"ci-runner-3":   func(b *blueprint) { b.state = types.InstanceStateNameTerminated },
		"reports-win":   func(b *blueprint) { b.state = types.InstanceStateNameStopped },
	})
	return all
}

// virginia is a region with little in it.
func virginia() []blueprint {
	return append(
		numbered("edge", 3, blueprint{app: "edge", team: "web", env: "prod", size: "t4g.small", exposed: true, age: 88 * day}),
		blueprint{name: "old-wiki", app: "wiki", team: "platform", size: "t2.medium", zone: "a", state: types.InstanceStateNameStopped, age: 1103 * day},
	)
}

// numbered makes n copies of b, named name-1 to name-n, over three zones.
func numbered(name string, n int, b blueprint) []blueprint {
	out := make([]blueprint, n)
	for i := range out {
		out[i] = b
		out[i].name = fmt.Sprintf("%s-%d", name, i+1)
		out[i].zone = string("abc"[i%3])
		out[i].age = b.age + time.Duration(i)*37*time.Minute
	}
	return out
}

// tune changes single blueprints by name.
func tune(all []blueprint, by map[string]func(*blueprint)) {
	for i := range all {
		if f, ok := by[all[i].name]; ok {
			f(&all[i])
		}
	}
}

// tags are what an instance is labelled with, in AWS's own unsorted way.
func (b blueprint) tags() [][2]string {
	all := [][2]string{
		{"team", b.team},
		{"Name", b.name},
		{"env", b.env},
		{"app", b.app},
		{"aws:autoscaling:groupName", b.group},
		{"eks:nodegroup-name", b.nodes},
		{"eks:cluster-name", b.cluster},
	}
	var out [][2]string
	for _, t := range all {
		if t[1] != "" {
			out = append(out, t)
		}
	}
	return out
}
