package emr

import (
	"context"
	"fmt"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/emr/types"
)

const (
	// history is how far back List looks for clusters that have ended. EMR keeps
	// them for two months, 50 a request.
	history = 7 * 24 * time.Hour
	// studied is how many clusters one listing describes for their release, so
	// that a long list does not use up the limit of DescribeCluster.
	studied = 5
)

// Cluster is one cluster as ListClusters reports it.
type Cluster struct {
	ID              string
	Name            string
	ARN             string
	State           ClusterState
	ReasonCode      string // "STEP_FAILURE", "ALL_STEPS_COMPLETED"
	Reason          string // in words
	Created         time.Time
	Ready           time.Time // when it took its first step; zero before
	Ended           time.Time // zero while it is active
	NormalizedHours int64     // EMR's rough measure of use: hours of an m1.small
}

// Facts are what only DescribeCluster tells, and never change.
type Facts struct {
	Release string // "emr-7.9.0"
	LogURI  string // where the cluster writes its logs; empty when it keeps none in S3
}

// Known returns the facts about a cluster when they have been read in this
// session. It makes no request.
func Known(s *awsclient.Session, id string) (Facts, bool) { return client(s).known(id) }

// List pages through the clusters (ListClusters): first the active ones, then
// those created in the seven days before now that have ended. Further pages are
// empty and make the releases of the first few Known; being refused there is not
// an error.
func List(s *awsclient.Session, now time.Time) func(context.Context) ([]Cluster, bool, error) {
	l := &listing{service: client(s), in: activeClusters(), since: now.Add(-history)}
	return l.page
}

type listing struct {
	service *service
	in      *sdk.ListClustersInput // nil when all are listed
	ended   bool                   // in asks for clusters that have ended
	since   time.Time              // and were created after this
	study   []string               // ids to describe
}

func activeClusters() *sdk.ListClustersInput {
	return &sdk.ListClustersInput{ClusterStates: []types.ClusterState{
		types.ClusterStateStarting, types.ClusterStateBootstrapping, types.ClusterStateRunning,
		types.ClusterStateWaiting, types.ClusterStateTerminating,
	}}
}

func endedClusters(since time.Time) *sdk.ListClustersInput {
	return &sdk.ListClustersInput{
		ClusterStates: []types.ClusterState{types.ClusterStateTerminated, types.ClusterStateTerminatedWithErrors},
		CreatedAfter:  aws.Time(since),
	}
}

func (l *listing) page(ctx context.Context) ([]Cluster, bool, error) {
	if l.in == nil {
		return nil, l.learn(ctx), nil
	}
	if err := l.service.clusters.wait(ctx); err != nil {
		return nil, false, awsclient.Classify(fmt.Errorf("list clusters: %w", err))
	}
	out, err := l.service.ListClusters(ctx, l.in)
	if err != nil {
		return nil, false, awsclient.Classify(fmt.Errorf("list clusters: %w", err))
	}
	page := make([]Cluster, len(out.Clusters))
	for i := range out.Clusters {
		page[i] = newCluster(&out.Clusters[i])
		if _, ok := l.service.known(page[i].ID); !ok && len(l.study) < studied {
			l.study = append(l.study, page[i].ID)
		}
	}
	l.turn(aws.ToString(out.Marker))
	return page, l.in != nil || len(l.study) > 0, nil
}

// turn chooses the next request.
func (l *listing) turn(marker string) {
	switch {
	case marker != "":
		l.in.Marker = aws.String(marker)
	case !l.ended:
		l.in, l.ended = endedClusters(l.since), true
	default:
		l.in = nil
	}
}

// learn describes the next cluster and reports whether there is another.
func (l *listing) learn(ctx context.Context) bool {
	if len(l.study) == 0 {
		return false
	}
	id := l.study[0]
	l.study = l.study[1:]
	return l.service.study(ctx, id) == nil && len(l.study) > 0
}

func newCluster(c *types.ClusterSummary) Cluster {
	out := Cluster{
		ID: aws.ToString(c.Id), Name: aws.ToString(c.Name), ARN: aws.ToString(c.ClusterArn),
		NormalizedHours: int64(aws.ToInt32(c.NormalizedInstanceHours)),
	}
	out.setStatus(c.Status)
	return out
}

func (c *Cluster) setStatus(s *types.ClusterStatus) {
	if s == nil {
		return
	}
	c.State = ClusterState(s.State)
	if r := s.StateChangeReason; r != nil {
		c.ReasonCode, c.Reason = string(r.Code), aws.ToString(r.Message)
	}
	if t := s.Timeline; t != nil {
		c.Created, c.Ready, c.Ended = aws.ToTime(t.CreationDateTime), aws.ToTime(t.ReadyDateTime), aws.ToTime(t.EndDateTime)
	}
}
