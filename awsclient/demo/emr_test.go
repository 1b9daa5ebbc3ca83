package demo_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/emr/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

const (
	nightly = "j-2AXQ7K0M9PZ1D"
	etl     = "j-3F8ZK1QW0T6NB"
	small   = "j-1WC5M4LL0B8RT"
	hourly  = "j-0CL1CK57R3AM2"
)

// stepStates are the states of a cluster's steps, in the order they were added.
func stepStates(t *testing.T, c *emr.Client, id string) string {
	t.Helper()
	p := emr.NewListStepsPaginator(c, &emr.ListStepsInput{ClusterId: aws.String(id)})
	var states []string
	for p.HasMorePages() {
		out, err := p.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range out.Steps {
			states = append([]string{string(s.Status.State)}, states...)
		}
	}
	return strings.Join(states, " ")
}

func clusterState(t *testing.T, c *emr.Client, id string) string {
	t.Helper()
	out, err := c.DescribeCluster(t.Context(), &emr.DescribeClusterInput{ClusterId: aws.String(id)})
	if err != nil {
		t.Fatal(err)
	}
	s := out.Cluster.Status
	return strings.TrimSpace(fmt.Sprintf("%s %s", s.State, s.StateChangeReason.Code))
}

func TestStepsProgressWithTheClock(t *testing.T) {
	a := demo.New(demo.Options{})
	c := emr.NewFromConfig(a.Config())
	tests := []struct {
		after          time.Duration
		steps, cluster string
	}{
		{0, "COMPLETED COMPLETED RUNNING PENDING PENDING", "RUNNING"},
		{70 * time.Second, "COMPLETED COMPLETED COMPLETED RUNNING PENDING", "RUNNING"},
		{2 * time.Minute, "COMPLETED COMPLETED COMPLETED COMPLETED RUNNING", "RUNNING"},
		{2 * time.Minute, "COMPLETED COMPLETED COMPLETED COMPLETED COMPLETED", "WAITING"},
	}
	for _, tt := range tests {
		a.Advance(tt.after)
		if got := stepStates(t, c, nightly); got != tt.steps {
			t.Errorf("%v later the steps are %s, want %s", tt.after, got, tt.steps)
		}
		if got := clusterState(t, c, nightly); got != tt.cluster {
			t.Errorf("%v later the cluster is %s, want %s", tt.after, got, tt.cluster)
		}
	}
}

func TestAFailedStepTakesItsClusterDown(t *testing.T) {
	a := demo.New(demo.Options{})
	c := emr.NewFromConfig(a.Config())
	if got := stepStates(t, c, etl); got != "COMPLETED COMPLETED FAILED CANCELLED" {
		t.Errorf("steps %s", got)
	}
	if got := clusterState(t, c, etl); got != "TERMINATED_WITH_ERRORS STEP_FAILURE" {
		t.Errorf("cluster %s", got)
	}
	out, err := c.ListSteps(t.Context(), &emr.ListStepsInput{ClusterId: aws.String(etl), StepStates: []types.StepState{types.StepStateFailed}})
	if err != nil || len(out.Steps) != 1 {
		t.Fatalf("failed steps: %+v, %v", out, err)
	}
	why := out.Steps[0].Status.FailureDetails
	key := strings.TrimPrefix(aws.ToString(why.LogFile), "s3://acme-logs/")
	obj, err := s3.NewFromConfig(a.Config()).GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("acme-logs"), Key: aws.String(key)})
	if err != nil {
		t.Fatalf("log file %s: %v", aws.ToString(why.LogFile), err)
	}
	z, err := gzip.NewReader(obj.Body)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil || !strings.Contains(string(text), "Access Denied") || !strings.Contains(string(text), *why.Message) {
		t.Errorf("%v, log:\n%s", err, text)
	}
}

func TestClustersAreFoundByStateAndAge(t *testing.T) {
	a := demo.New(demo.Options{})
	c := emr.NewFromConfig(a.Config())
	tests := []struct {
		name  string
		in    emr.ListClustersInput
		pages []int
	}{
		{"all that are kept", emr.ListClustersInput{}, []int{50, 10}},
		{"waiting", emr.ListClustersInput{ClusterStates: []types.ClusterState{types.ClusterStateWaiting}}, []int{2}},
		{"failed", emr.ListClustersInput{ClusterStates: []types.ClusterState{types.ClusterStateTerminatedWithErrors}}, []int{1}},
		{"of the last three days", emr.ListClustersInput{CreatedAfter: aws.Time(a.Now().Add(-72 * time.Hour))}, []int{5}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := emr.NewListClustersPaginator(c, &tt.in)
			for _, want := range tt.pages {
				out, err := p.NextPage(t.Context())
				if err != nil || len(out.Clusters) != want {
					t.Fatalf("got %d clusters, %v; want %d", len(out.Clusters), err, want)
				}
			}
			if p.HasMorePages() {
				t.Error("there are more pages")
			}
		})
	}
}

func TestManyStepsArePagedNewestFirst(t *testing.T) {
	c := emr.NewFromConfig(demo.New(demo.Options{}).Config())
	in := &emr.ListStepsInput{ClusterId: aws.String(hourly)}
	var pages []int
	var last time.Time
	for {
		out, err := c.ListSteps(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range out.Steps {
			if at := *s.Status.Timeline.CreationDateTime; !last.IsZero() && at.After(last) {
				t.Errorf("%s is newer than the one before", *s.Name)
			} else {
				last = at
			}
		}
		pages = append(pages, len(out.Steps))
		if in.Marker = out.Marker; in.Marker == nil {
			break
		}
	}
	if fmt.Sprint(pages) != "[50 50 20]" {
		t.Errorf("pages of %v steps", pages)
	}
}

func TestStepsAreAddedAndCancelled(t *testing.T) {
	a := demo.New(demo.Options{})
	c := emr.NewFromConfig(a.Config())
	step := func(name string) types.StepConfig {
		return types.StepConfig{Name: aws.String(name), HadoopJarStep: &types.HadoopJarStepConfig{Jar: aws.String("command-runner.jar")}}
	}
	added, err := c.AddJobFlowSteps(t.Context(), &emr.AddJobFlowStepsInput{
		JobFlowId: aws.String(small), Steps: []types.StepConfig{step("one"), step("two"), step("three")},
	})
	if err != nil {
		t.Fatal(err)
	}
	a.Advance(20 * time.Second)
	if got := stepStates(t, c, small); got != "COMPLETED RUNNING PENDING PENDING" {
		t.Errorf("after adding: %s", got)
	}
	out, err := c.CancelSteps(t.Context(), &emr.CancelStepsInput{ClusterId: aws.String(small), StepIds: append(added.StepIds[:2], "s-NONE")})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, i := range out.CancelStepsInfoList {
		said = append(said, string(i.Status))
	}
	if fmt.Sprint(said) != "[SUBMITTED SUBMITTED FAILED]" {
		t.Errorf("cancel said %v", said)
	}
	if got := stepStates(t, c, small); got != "COMPLETED CANCEL_PENDING CANCELLED PENDING" {
		t.Errorf("while cancelling: %s", got)
	}
	a.Advance(20 * time.Second)
	if got := stepStates(t, c, small); got != "COMPLETED CANCELLED CANCELLED RUNNING" {
		t.Errorf("after cancelling: %s", got)
	}
}

func TestClustersAreTerminated(t *testing.T) {
	a := demo.New(demo.Options{})
	c := emr.NewFromConfig(a.Config())
	if _, err := c.TerminateJobFlows(t.Context(), &emr.TerminateJobFlowsInput{JobFlowIds: []string{small}}); err == nil || !strings.Contains(err.Error(), "termination protected") {
		t.Errorf("protected: %v", err)
	}
	if _, err := c.TerminateJobFlows(t.Context(), &emr.TerminateJobFlowsInput{JobFlowIds: []string{nightly}}); err != nil {
		t.Fatal(err)
	}
	if got := clusterState(t, c, nightly); got != "TERMINATING USER_REQUEST" {
		t.Errorf("at once: %s", got)
	}
	a.Advance(2 * time.Minute)
	if got := clusterState(t, c, nightly); got != "TERMINATED USER_REQUEST" {
		t.Errorf("later: %s", got)
	}
	if got := stepStates(t, c, nightly); got != "COMPLETED COMPLETED INTERRUPTED CANCELLED CANCELLED" {
		t.Errorf("steps: %s", got)
	}
	if _, err := c.AddJobFlowSteps(t.Context(), &emr.AddJobFlowStepsInput{JobFlowId: aws.String(nightly)}); err == nil {
		t.Error("a terminated cluster takes steps")
	}
}
