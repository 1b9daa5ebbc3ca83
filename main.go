// Command straws explores an AWS account in the terminal: S3, EC2, Lambda, EMR.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/settings"
	"straws/views"

	"github.com/spf13/cobra"
)

// version is set by the linker for releases.
var version = "devel"

const (
	exitFailed = 1
	exitUsage  = 2

	demoLatency = 60 * time.Millisecond // of a call to the demo account, so that loading shows as it does with AWS
)

// errUsage marks errors that are the command line's fault.
var errUsage = errors.New("usage")

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	cmd := command()
	cmd.SetArgs(args)
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	err := cmd.ExecuteContext(context.Background())
	if err == nil {
		return 0
	}
	fmt.Fprintf(stderr, "straws: %v\n", message(err))
	if errors.Is(err, errUsage) {
		return exitUsage
	}
	return exitFailed
}

// message is the sentence of an error, with what to do next where that is known.
func message(err error) string {
	var e *awsclient.Error
	if errors.As(err, &e) && e.Hint() != "" {
		return e.Error() + "; " + e.Hint()
	}
	if errors.Is(err, errUsage) {
		return err.Error()[len(errUsage.Error())+2:]
	}
	return err.Error()
}

func usage(err error) error { return fmt.Errorf("%w: %w", errUsage, err) }

func command() *cobra.Command {
	var f settings.Flags
	c := &cobra.Command{
		Use:     "straws [TARGET]",
		Short:   "Explore an AWS account in the terminal: S3, EC2, Lambda, EMR",
		Long:    "Explore an AWS account in the terminal: S3, EC2, Lambda, EMR.\n\nTARGET opens there at once: s3, s3://bucket/prefix/, ec2, i-0abc…, lambda, lambda/NAME,\nemr, emr/j-…, or the ARN of one of these.",
		Version: version, SilenceErrors: true, SilenceUsage: true,
		Example: "  straws --demo\n  straws s3://datalake/raw/ --profile prod --read-only\n  straws lambda/calculate_mean --region eu-west-1",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage(fmt.Errorf("one TARGET at most, got %d; see straws --help", len(args)))
			}
			return nil
		},
		ValidArgsFunction: views.Complete,
		RunE: func(c *cobra.Command, args []string) error {
			target := ""
			if len(args) == 1 {
				target = args[0]
			}
			return start(c, &f, target)
		},
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(fmt.Errorf("%w; see straws --help", err)) })
	f.Register(c)
	return c
}

// start turns flags into a session and a shell.
func start(c *cobra.Command, f *settings.Flags, target string) error {
	if err := f.Merge(c); err != nil {
		return usage(err)
	}
	if target != "" {
		if err := views.Check(target); err != nil {
			return usage(err)
		}
	}
	o, err := f.Session()
	if err != nil {
		return usage(err)
	}
	open := awsclient.Open
	if f.Demo {
		open = demoSession
	}
	session, err := open(c.Context(), o)
	if err != nil {
		return usage(err)
	}
	opts := ui.Options{AWS: session, Services: views.All(views.Options{History: f.History}), Target: target, Thin: f.Thin}
	opts.Reopen = func(ctx context.Context, profile string) (*awsclient.Session, error) {
		again := o
		again.Profile = profile
		return awsclient.Open(ctx, again)
	}
	if !f.Demo {
		opts.Demo = func() *awsclient.Session {
			s, _ := demoSession(c.Context(), awsclient.Options{Log: o.Log}) // made in memory from constants: there is nothing to fail
			return s
		}
	}
	return ui.Run(c.Context(), opts)
}

func demoSession(ctx context.Context, o awsclient.Options) (*awsclient.Session, error) {
	cfg := demo.New(demo.Options{Latency: demoLatency}).Config()
	o.Config, o.Endpoint, o.AuditPath, o.StateDir = &cfg, "", "", ""
	if o.Profile == "" {
		o.Profile = "demo"
	}
	return awsclient.Open(ctx, o)
}
