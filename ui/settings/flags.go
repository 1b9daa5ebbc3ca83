package settings

import (
	"fmt"
	"log/slog"
	"os"
	"strings"

	"straws/awsclient"

	"github.com/spf13/cobra"
)

// Flags are the settings of one run: the command line's, and the config file's
// where the command line is silent.
type Flags struct {
	Settings
	Demo   bool
	Config string
}

// Register adds the flags to c, with completion of profile and region names.
func (f *Flags) Register(c *cobra.Command) {
	p := c.Flags()
	p.StringVar(&f.Profile, "profile", "", "profile of ~/.aws/config; what AWS_PROFILE says when empty")
	p.StringVar(&f.Region, "region", "", "region; the profile's when empty")
	p.StringVar(&f.EndpointURL, "endpoint-url", "", "URL to ask in place of AWS, for an emulator")
	p.BoolVar(&f.ReadOnly, "read-only", false, "refuse everything that changes anything")
	p.BoolVar(&f.Demo, "demo", false, "explore a made-up account in this process: no network, no credentials")
	p.BoolVar(&f.Thin, "thin", false, "spare a slow link: no filled rows, no fast counters")
	p.StringVar(&f.Config, "config", "", "config file; "+Path()+" when empty")
	p.StringVar(&f.LogFile, "log-file", "", "write a log of all requests to this file")
	_ = c.RegisterFlagCompletionFunc("profile", completeProfile)
	_ = c.RegisterFlagCompletionFunc("region", completeRegion)
}

// Merge reads the config file and takes from it what the command line left open.
func (f *Flags) Merge(c *cobra.Command) error {
	s, err := Read(f.Config)
	if err != nil {
		return err
	}
	open := func(flag string) bool { return !c.Flags().Changed(flag) }
	for _, t := range []struct {
		flag string
		to   *string
		from string
	}{
		{"profile", &f.Profile, s.Profile},
		{"region", &f.Region, s.Region},
		{"endpoint-url", &f.EndpointURL, s.EndpointURL},
		{"log-file", &f.LogFile, s.LogFile},
	} {
		if open(t.flag) {
			*t.to = t.from
		}
	}
	// Safety is not lifted by leaving a flag out, and --read-only=false lifts it.
	if open("read-only") {
		f.ReadOnly = s.ReadOnly
	}
	if open("thin") {
		f.Thin = s.Thin
	}
	f.History = s.History
	return nil
}

// Session is what a session is opened with. It opens the log file, which lives
// as long as the program.
func (f *Flags) Session() (awsclient.Options, error) {
	log, err := openLog(f.LogFile)
	return awsclient.Options{
		Profile: f.Profile, Region: f.Region, Endpoint: f.EndpointURL, ReadOnly: f.ReadOnly,
		Log: log, AuditPath: awsclient.AuditPath(), StateDir: awsclient.StateDir(),
	}, err
}

func openLog(path string) (*slog.Logger, error) {
	if path == "" {
		return slog.New(slog.DiscardHandler), nil
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600) //nolint:gosec // the user names the file
	if err != nil {
		return nil, fmt.Errorf("open the log file: %w", err)
	}
	return slog.New(slog.NewJSONHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug})), nil
}

func completeProfile(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	profiles, err := awsclient.Profiles()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, p := range profiles {
		if strings.HasPrefix(p.Name, typed) {
			out = append(out, p.Name+"\t"+p.Region)
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

func completeRegion(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var out []string
	for _, r := range awsclient.Regions() {
		if strings.HasPrefix(r, typed) {
			out = append(out, fmt.Sprintf("%s\t%s", r, awsclient.RegionPlace(r)))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
