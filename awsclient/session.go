// Package awsclient owns everything shared about talking to AWS: profiles and
// regions, credentials, deadlines, errors, costs and logs of calls. It knows
// nothing of the screen.
package awsclient

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Timeout ends every call that lists, describes or changes something, its
// retries included. Transfers of objects and invocations have no such limit.
const Timeout = 30 * time.Second

// Options chooses the session.
type Options struct {
	Profile   string        // "" takes what AWS_PROFILE and the rest of the environment say
	Region    string        // "" takes that of Profile, then the environment's, then us-east-1
	Endpoint  string        // URL that every service is asked at instead of AWS's own
	ReadOnly  bool          // refuse every operation that is not known to only read
	Log       *slog.Logger  // takes the SDK's warnings and the call log; nil discards both
	Config    *aws.Config   // used instead of environment and shared config files
	AuditPath string        // file of JSON lines, one per change; "" keeps none
	StateDir  string        // directory for what the user keeps; "" writes nothing to disk
	Timeout   time.Duration // of one call; 0 means [Timeout]
}

// Session is one profile in one region. It is safe for concurrent use.
type Session struct {
	core   *core
	region string

	mu      sync.Mutex
	clients map[any]any
}

// core is what the sessions of one profile share whatever their region.
type core struct {
	cfg          aws.Config
	profile      string
	readOnly     bool
	stateDir     string
	regionSource string
	pathStyle    bool
	meter        *Meter
	trace        *Trace
	audit        *audit
	identity     atomic.Pointer[Identity] // the last answer, nil before the first
	kept         kept

	mu      sync.Mutex
	regions map[string]*Session
}

// Open reads environment and shared config files, and makes no request. Its
// error is an *Error that names what is wrong: an unknown profile or region, an
// endpoint that is no URL, a file that cannot be parsed.
func Open(ctx context.Context, o Options) (*Session, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if err := checkEndpoint(o.Endpoint); err != nil {
		return nil, err
	}
	cfg, source, err := configure(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := checkRegion(cfg.Region, o.Region != "" && cfg.BaseEndpoint == nil && o.Config == nil); err != nil {
		return nil, err
	}
	c := &core{
		profile:      profileName(o),
		readOnly:     o.ReadOnly,
		stateDir:     o.StateDir,
		regionSource: source,
		pathStyle:    pathStyle(s3Endpoint(ctx, cfg)),
		meter:        &Meter{},
		trace:        &Trace{log: o.Log},
		audit:        &audit{path: o.AuditPath, log: o.Log},
		regions:      map[string]*Session{},
	}
	w := &watch{profile: c.profile, limit: o.Timeout, meter: c.meter, trace: c.trace}
	if w.limit <= 0 {
		w.limit = Timeout
	}
	w.install(&cfg)
	if o.ReadOnly {
		cfg.Interceptors = cfg.Interceptors.Copy()
		cfg.Interceptors.AddBeforeRetryLoop(guard{})
	}
	c.cfg = cfg
	return c.in(cfg.Region), nil
}

// configure returns the SDK's configuration and what its region comes from.
func configure(ctx context.Context, o Options) (aws.Config, string, error) {
	if o.Config == nil {
		cfg, source, err := load(ctx, o)
		useEndpoint(&cfg, o.Endpoint)
		return cfg, source, err
	}
	cfg := o.Config.Copy()
	cfg.Logger, cfg.AppID = sdkLog(o.Log), appID
	source := "config"
	if o.Region != "" {
		cfg.Region, source = o.Region, chosen
	}
	if cfg.Region == "" {
		cfg.Region, source = fallbackRegion, "default"
	}
	useEndpoint(&cfg, o.Endpoint)
	return cfg, source, nil
}

func (c *core) in(region string) *Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.regions[region]
	if !ok {
		s = &Session{core: c, region: region, clients: map[any]any{}}
		c.regions[region] = s
	}
	return s
}

// In returns the session of another region, s itself for "". It shares
// credentials, connections, meter, call log, guard and audit with s, and is
// made once per region.
func (s *Session) In(region string) *Session {
	if region == "" {
		return s
	}
	return s.core.in(region)
}

// Profile is the name of the profile in effect, or "" when none is named and
// when the environment's keys go before AWS_PROFILE.
func (s *Session) Profile() string { return s.core.profile }

// Region is where the session's clients send their requests.
func (s *Session) Region() string { return s.region }

// RegionSource says what the first region of the session was taken from:
// "chosen", "profile NAME", "AWS_REGION", "AWS_DEFAULT_REGION", "config", or
// "default" when nothing named one and us-east-1 was taken.
func (s *Session) RegionSource() string { return s.core.regionSource }

// Endpoint is the URL that services are asked at instead of AWS's own, chosen
// in Options or by AWS_ENDPOINT_URL, or "".
func (s *Session) Endpoint() string { return aws.ToString(s.core.cfg.BaseEndpoint) }

// PathStyle says whether S3 clients need UsePathStyle: their endpoint has no
// DNS name for each bucket.
func (s *Session) PathStyle() bool { return s.core.pathStyle }

// ReadOnly says whether the session refuses changes.
func (s *Session) ReadOnly() bool { return s.core.readOnly }

// Meter counts the requests of the session in all its regions.
func (s *Session) Meter() *Meter { return s.core.meter }

// Trace is the call log of the session in all its regions.
func (s *Session) Trace() *Trace { return s.core.trace }

// Config returns a copy of the SDK's configuration for the session's region.
// Clients made from it are metered, logged, guarded and timed as all others.
func (s *Session) Config() aws.Config {
	c := s.core.cfg.Copy()
	c.Region = s.region
	return c
}

type clientKey[C any] struct{}

// Client returns the session's client of type C, building it on first use:
//
//	awsclient.Client(s, func(c aws.Config) *sqs.Client { return sqs.NewFromConfig(c) })
//
// There is one client of a type: two that differ need a type of their own each.
func Client[C any](s *Session, build func(aws.Config) C) C {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.clients[clientKey[C]{}].(C); ok {
		return c
	}
	c := build(s.Config())
	s.clients[clientKey[C]{}] = c
	return c
}
