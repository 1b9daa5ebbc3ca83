package emr

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// Address is a place in the EMR pane.
type Address struct {
	Region  string // from an ARN; empty for the session's own
	Cluster string // empty for the list of clusters
}

var clusterID = regexp.MustCompile(`^j-[0-9A-Z]{1,40}$`)

// ParseAddress reads emr, emr/j-…, a bare cluster id and the ARN of a cluster.
// Ok is false when the address is not of EMR; err says what is wrong with one
// that is.
func ParseAddress(s string) (a Address, ok bool, err error) {
	if s == "emr" || s == "emr/" {
		return Address{}, true, nil
	}
	if clusterID.MatchString(s) {
		return Address{Cluster: s}, true, nil
	}
	if id, found := strings.CutPrefix(s, "emr/"); found {
		a, err = cluster(id)
		return a, true, err
	}
	if !arn.IsARN(s) {
		return Address{}, false, nil
	}
	name, err := arn.Parse(s)
	if err != nil || name.Service != "elasticmapreduce" {
		return Address{}, false, nil
	}
	id, found := strings.CutPrefix(name.Resource, "cluster/")
	if !found {
		return Address{}, true, fmt.Errorf("%q is not the ARN of a cluster", s)
	}
	a, err = cluster(id)
	a.Region = name.Region
	return a, true, err
}

func cluster(id string) (Address, error) {
	if !clusterID.MatchString(id) {
		return Address{}, fmt.Errorf("%q is not a cluster id: it begins with j-, then capital letters and digits", id)
	}
	return Address{Cluster: id}, nil
}
