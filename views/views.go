// Package views lists the services that straws explores.
package views

import (
	"fmt"
	"strings"

	"straws/ui/pane"
	"straws/views/ec2"
	"straws/views/emr"
	"straws/views/lambda"
	"straws/views/s3"

	"github.com/spf13/cobra"
)

// Options are the settings that services know of.
type Options struct {
	History bool // keep the invocations of functions
}

// All returns every service, in the order of the overview and the keys 1 to 4.
func All(o Options) []pane.Service {
	return []pane.Service{
		s3.Service(),
		ec2.Service(),
		lambda.Service(lambda.Options{History: o.History}),
		emr.Service(),
	}
}

// Check returns an error that says what is wrong with a target, before anything
// is started.
func Check(target string) error {
	for _, s := range All(Options{}) {
		if _, ok, err := s.Resolve(target); err != nil {
			return err
		} else if ok {
			return nil
		}
	}
	return fmt.Errorf("%s is not a target: s3, s3://bucket/prefix/, ec2, i-…, lambda, lambda/NAME, emr, emr/j-…, or an ARN of one of these", target)
}

// Complete offers the targets that are words, for the shell.
func Complete(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, s := range All(Options{}) {
		if name := strings.ToLower(s.Name); len(args) == 0 && strings.HasPrefix(name, typed) {
			out = append(out, name)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
