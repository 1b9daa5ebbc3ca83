// Package emr lists EMR clusters and their steps, in plain domain types and
// within EMR's low request limits.
package emr

import (
	"context"
	"sync"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/emr"
)

// service is the one EMR client of a session and region: every pane shares its
// limits, and what it has learnt of clusters.
type service struct {
	*sdk.Client
	clusters  *limiter // ListClusters
	steps     *limiter // ListSteps
	describes *limiter // DescribeCluster

	mu    sync.Mutex
	facts map[string]Facts // by cluster id
}

// The limits are half of each operation's burst and a little below its refill,
// which everything else in the account shares.
func client(s *awsclient.Session) *service {
	return awsclient.Client(s, func(c aws.Config) *service {
		return &service{
			Client:    sdk.NewFromConfig(c),
			clusters:  newLimiter(0.4, 10),
			steps:     newLimiter(0.4, 5),
			describes: newLimiter(0.8, 5),
			facts:     map[string]Facts{},
		}
	})
}

func (s *service) known(id string) (Facts, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.facts[id]
	return f, ok
}

func (s *service) learn(id string, f Facts) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.facts[id] = f
}

// study describes a cluster unless that has been done before.
func (s *service) study(ctx context.Context, id string) error {
	if _, ok := s.known(id); ok {
		return nil
	}
	_, err := s.describe(ctx, id)
	return err
}
