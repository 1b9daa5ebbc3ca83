package awsclient

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/smithy-go/logging"
)

const (
	idleConnections = 256 // kept open per host: as many as the largest transfer uses at once
	earlyExpiry     = 30 * time.Second
	roleDuration    = time.Hour // the SDK's own 15 minutes ask for MFA four times as often
	fallbackRegion  = "us-east-1"
	chosen          = "chosen" // by the user, of the region
	appID           = "straws" // in the User-Agent, and so in CloudTrail

	// keepAlive holds a silent connection open through NAT gateways and load
	// balancers, which drop one after 350 s; a function may take 15 minutes.
	keepAlive = 30 * time.Second
)

// load reads environment and shared config files as the SDK does, and asks
// nobody: neither AWS nor instance metadata. Retries stay the SDK's: three
// attempts in standard mode, unless the user's configuration says otherwise.
func load(ctx context.Context, o Options) (aws.Config, string, error) {
	region, source, err := chosenRegion(ctx, o)
	if err != nil {
		return aws.Config{}, "", err
	}
	options := []func(*config.LoadOptions) error{
		config.WithRegion(region),
		config.WithDefaultRegion(fallbackRegion),
		config.WithLogger(sdkLog(o.Log)),
		config.WithAppID(appID),
		config.WithDefaultsMode(aws.DefaultsModeLegacy), // "auto" would ask instance metadata
		config.WithCredentialsCacheOptions(expireEarly),
		config.WithAssumeRoleCredentialOptions(forRoles(profileName(o))),
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
			t.MaxIdleConnsPerHost, t.MaxIdleConns = idleConnections, 2*idleConnections
		}).WithDialerOptions(func(d *net.Dialer) { d.KeepAlive = keepAlive })),
	}
	if o.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(spelt(o.Profile)))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return aws.Config{}, "", loadError(err)
	}
	if profile, ok := credentialProfile(cfg, o); ok {
		withQuietProcess(&cfg, &profile)
	}
	// AWS_CA_BUNDLE has been added to the client by now. Frozen, all service
	// clients share its connections, where the SDK would copy it for each.
	if client, ok := cfg.HTTPClient.(*awshttp.BuildableClient); ok {
		cfg.HTTPClient = client.Freeze()
	}
	return cfg, or(source, ambientRegion(cfg)), nil
}

// chosenRegion is the region that goes before the environment: the user's, or
// that of a profile the user named. AWS_REGION would beat the latter.
func chosenRegion(ctx context.Context, o Options) (region, source string, err error) {
	switch {
	case o.Region != "":
		return o.Region, chosen, nil
	case o.Profile == "":
		return "", "", nil
	}
	profile, err := config.LoadSharedConfigProfile(ctx, spelt(o.Profile), func(l *config.LoadSharedConfigOptions) {
		l.ConfigFiles, l.CredentialsFiles = []string{configFile()}, []string{credentialsFile()}
	})
	if err != nil {
		return "", "", loadError(err)
	}
	if profile.Region == "" {
		return "", "", nil
	}
	return profile.Region, "profile " + o.Profile, nil
}

// ambientRegion names what decided the region when the user did not.
func ambientRegion(cfg aws.Config) string {
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		if os.Getenv(name) != "" {
			return name
		}
	}
	for _, source := range cfg.ConfigSources {
		if p, ok := source.(config.SharedConfig); ok && p.Region != "" {
			return "profile " + or(p.Profile, "default")
		}
	}
	return "default"
}

// credentialProfile is the profile that credentials come from, if they do.
func credentialProfile(cfg aws.Config, o Options) (config.SharedConfig, bool) {
	if o.Profile == "" && (environmentKeys() || os.Getenv("AWS_WEB_IDENTITY_TOKEN_FILE") != "") {
		return config.SharedConfig{}, false
	}
	for _, source := range cfg.ConfigSources {
		if p, ok := source.(config.SharedConfig); ok {
			return p, true
		}
	}
	return config.SharedConfig{}, false
}

// environmentKeys says whether the environment holds an access key, which the
// SDK prefers to AWS_PROFILE.
func environmentKeys() bool {
	id := or(os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_ACCESS_KEY"))
	secret := or(os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SECRET_KEY"))
	return id != "" && secret != ""
}

// profileName is the profile in effect, "" when the environment's keys are.
func profileName(o Options) string {
	switch {
	case o.Profile != "":
		return o.Profile
	case o.Config != nil || environmentKeys():
		return ""
	}
	return or(os.Getenv("AWS_PROFILE"), os.Getenv("AWS_DEFAULT_PROFILE"))
}

func expireEarly(o *aws.CredentialsCacheOptions) { o.ExpiryWindow = earlyExpiry }

// forRoles completes the options of an assumed role. There is nobody to read
// an MFA code from, and standard input belongs to the screen.
func forRoles(profile string) func(*stscreds.AssumeRoleOptions) {
	return func(o *stscreds.AssumeRoleOptions) {
		if o.Duration == 0 {
			o.Duration = roleDuration
		}
		o.TokenProvider = func() (string, error) {
			e := &Error{Kind: NoCreds, Profile: profile, Message: "the profile's role asks for an MFA code", Err: errMFA}
			e.hint = "run " + e.withProfile("aws configure export-credentials") +
				" --format env in a shell, and start with what it prints"
			return "", e
		}
	}
}

var errMFA = errors.New("no way to ask for an MFA code")

// loadError explains why the shared config files could not be used.
func loadError(err error) error {
	var (
		missing config.SharedConfigProfileNotExistError
		broken  config.SharedConfigLoadError
		role    config.SharedConfigAssumeRoleError
	)
	switch {
	case errors.As(err, &missing) && errors.As(err, &role):
		e := noProfile(missing.Profile, err)
		e.hint = "it is the source_profile for the role " + role.RoleARN
		return e
	case errors.As(err, &missing):
		return noProfile(missing.Profile, err)
	case errors.As(err, &broken):
		return &Error{
			Kind: Invalid, Message: fmt.Sprintf("%s cannot be read: %s", broken.Filename, innermost(err)), Err: err,
			hint: "mend the file, or name another in AWS_CONFIG_FILE",
		}
	}
	return &Error{Kind: Invalid, Message: "the AWS configuration cannot be used: " + err.Error(), Err: err}
}

func noProfile(name string, err error) *Error {
	e := &Error{
		Kind: Invalid, Profile: name, Err: err,
		Message: fmt.Sprintf("there is no profile %q in %s or %s", name, configFile(), credentialsFile()),
	}
	profiles, _ := Profiles() // what cannot be read cannot be suggested
	var names []string
	for _, p := range profiles {
		names = append(names, p.Name)
	}
	switch near := closest(name, names); {
	case len(near) > 0:
		e.hint = "did you mean " + strings.Join(near, ", ") + "?"
	case len(names) > 0:
		e.hint = "there are " + strings.Join(names, ", ")
	default:
		e.hint = "aws configure --profile " + quote(name) + " makes one"
	}
	return e
}

// sdkLog sends the SDK's warnings to the log. Its own choice is standard error,
// which is the screen.
func sdkLog(log *slog.Logger) logging.Logger {
	if log == nil {
		return logging.Nop{}
	}
	return logging.LoggerFunc(func(class logging.Classification, format string, v ...any) {
		write := log.Debug
		if class == logging.Warn {
			write = log.Warn
		}
		write(fmt.Sprintf(format, v...), "from", "sdk")
	})
}
