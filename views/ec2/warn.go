package ec2

import (
	"slices"

	"straws/awsclient/ec2"
)

func stopWarnings(rows []ec2.Instance) []string {
	var out []string
	if slices.ContainsFunc(rows, func(i ec2.Instance) bool { return i.PublicIP != "" }) {
		out = append(out, "the public IP changes, unless it is an Elastic IP")
	}
	out = append(out, "data on instance stores is lost; EBS volumes stay, and are paid for")
	return append(out, ownerWarnings(rows)...)
}

func terminateWarnings(rows []ec2.Instance) []string {
	out := []string{"volumes that are set to be deleted on termination go with it"}
	if slices.ContainsFunc(rows, ec2.Instance.Spot) {
		out = append(out, "a persistent spot request starts another one: cancel the request first")
	}
	return append(out, ownerWarnings(rows)...)
}

// ownerWarnings names each service that will put another instance in the place
// of one of rows.
func ownerWarnings(rows []ec2.Instance) []string {
	var out []string
	for _, i := range rows {
		if i.Owner == (ec2.Owner{}) {
			continue
		}
		if line := i.Owner.String() + " replaces what it loses"; !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}
