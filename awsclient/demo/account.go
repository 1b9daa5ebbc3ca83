// Package demo is an AWS account inside this process: no network, no
// credentials, and the SDK's own clients in front of it.
package demo

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// Who and where the account is.
const (
	AccountID = "123456789012"
	Alias     = "acme-prod"
	Principal = "arn:aws:sts::123456789012:assumed-role/Admin/demo"
	Region    = "eu-west-1"
)

// Options chooses how the account behaves. The zero value is the account that
// people see.
type Options struct {
	Now     func() time.Time // where the clock starts from; real time when nil
	Latency time.Duration    // added to every call; ends early with the call's context
	Seed    uint64           // ids and made-up content follow from it
}

// Account is a whole AWS account. It is safe for concurrent use.
type Account struct {
	latency time.Duration
	seed    uint64
	clock   *clock
	router  *router

	mu       sync.Mutex // held while a handler runs; guards everything below
	faults   map[string]*Fault
	calls    []Call
	requests uint64
	s3       *s3State
	ec2      *ec2State
	lambda   *lambdaState
	emr      *emrState
	schemas  *schemasState
}

// New creates an account with its content.
func New(o Options) *Account {
	a := &Account{
		latency: o.Latency,
		seed:    o.Seed,
		clock:   newClock(o.Now),
		router:  newRouter(),
		faults:  map[string]*Fault{},
	}
	a.s3 = newS3State(a)
	a.ec2 = newEC2State(a)
	a.lambda = newLambdaState(a)
	a.emr = newEMRState(a)
	a.schemas = newSchemasState()
	for _, register := range []func(*router){
		registerSTS, registerIAM, registerS3, registerEC2, registerLambda, registerLogs, registerEMR, registerSchemas,
	} {
		register(a.router)
	}
	return a
}

// Config returns the configuration that leads SDK clients to this account. It
// is built by hand, so that neither shared config files nor the environment
// have a say. Retries wait milliseconds: nothing here needs time to recover.
func (a *Account) Config() aws.Config {
	return aws.Config{
		Region:      Region,
		Credentials: credentials.NewStaticCredentialsProvider("AKIADEMODEMODEMODEMO", "demo", ""),
		HTTPClient:  transport{a},
		APIOptions:  []func(*stack) error{addStack},
		Retryer: func() aws.Retryer {
			return retry.NewStandard(func(o *retry.StandardOptions) {
				o.Backoff = retry.BackoffDelayerFunc(func(attempt int, _ error) (time.Duration, error) {
					return time.Duration(attempt) * 10 * time.Millisecond, nil
				})
			})
		},
	}
}

// Now is the account's time.
func (a *Account) Now() time.Time { return a.clock.now() }

// Advance winds the account's clock forward and wakes the calls that wait for it.
func (a *Account) Advance(d time.Duration) { a.clock.advance(d) }

// random returns a source of repeatable numbers for one purpose, so that the
// content of one service does not change as another one grows.
func (a *Account) random(purpose string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(purpose))
	return rand.New(rand.NewPCG(a.seed, h.Sum64())) //nolint:gosec // content for show, not secrets
}

// requestID returns the id of the next request. It has a sequence of its own,
// so that polling does not change the ids of what is created later.
func (a *Account) requestID() string {
	a.requests++
	r := rand.New(rand.NewPCG(a.seed, a.requests)) //nolint:gosec // an id for show
	return uuid(r)
}

// uuid makes an id of the form that most services use.
func uuid(r *rand.Rand) string {
	hi, lo := r.Uint64(), r.Uint64()
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", hi>>32, hi>>16&0xffff, hi&0xfff, lo>>48&0xfff, lo&0xffffffffffff)
}
