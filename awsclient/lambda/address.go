package lambda

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// Address is a place in the Lambda pane.
type Address struct {
	Region    string // from an ARN; empty for the session's own
	Function  string // empty for the list of functions
	Qualifier string // version or alias
}

var (
	functionName = regexp.MustCompile(`^[a-zA-Z0-9_-]{1,140}$`)
	qualifier    = regexp.MustCompile(`^(\$LATEST|[a-zA-Z0-9_-]{1,128})$`)
)

// ParseAddress reads lambda, lambda/NAME, lambda/NAME:QUALIFIER and the ARN of a
// function. Ok is false when the address is not of Lambda; err says what is
// wrong with one that is.
func ParseAddress(s string) (a Address, ok bool, err error) {
	if s == "lambda" || s == "lambda/" {
		return Address{}, true, nil
	}
	if name, found := strings.CutPrefix(s, "lambda/"); found {
		a, err = parseName(name)
		return a, true, err
	}
	if !arn.IsARN(s) {
		return Address{}, false, nil
	}
	id, err := arn.Parse(s)
	if err != nil || id.Service != "lambda" {
		return Address{}, false, nil
	}
	name, found := strings.CutPrefix(id.Resource, "function:")
	if !found {
		return Address{}, true, fmt.Errorf("%q is not the ARN of a function", s)
	}
	a, err = parseName(name)
	a.Region = id.Region
	return a, true, err
}

func parseName(s string) (Address, error) {
	name, version, qualified := strings.Cut(s, ":")
	switch {
	case !functionName.MatchString(name):
		return Address{}, fmt.Errorf("%q is not a function name", name)
	case qualified && !qualifier.MatchString(version):
		return Address{}, fmt.Errorf("%q is not a version or alias", version)
	}
	return Address{Function: name, Qualifier: version}, nil
}
