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

// Step is one piece of work of a cluster.
type Step struct {
	ID              string
	Name            string
	State           StepState
	Created         time.Time
	Started         time.Time // zero while it is pending
	Ended           time.Time // zero while it runs
	ActionOnFailure string    // "CONTINUE", "CANCEL_AND_WAIT", "TERMINATE_CLUSTER"
	Jar             string
	MainClass       string
	Args            []string
	Properties      map[string]string
	Reason          string   // why it failed, in EMR's words: often "Unknown Error."
	Message         string   // of the exception
	LogFile         string   // the log where EMR found Message, an S3 URI
	LogURI          string   // where this step writes its logs, when not with its cluster's
	Applications    []string // YARN application ids
}

// Took is how long the step has run, at the time now; zero while it is pending.
func (s Step) Took(now time.Time) time.Duration {
	switch {
	case s.Started.IsZero():
		return 0
	case s.Ended.IsZero():
		return max(0, now.Sub(s.Started))
	}
	return s.Ended.Sub(s.Started)
}

// Steps pages through a cluster's steps, newest first, 50 a page (ListSteps). A
// last, empty page makes the cluster's facts Known, for Step.Logs; being refused
// there is not an error.
func Steps(s *awsclient.Session, clusterID string) func(context.Context) ([]Step, bool, error) {
	c := client(s)
	in := &sdk.ListStepsInput{ClusterId: aws.String(clusterID)}
	listed := false
	return func(ctx context.Context) ([]Step, bool, error) {
		if listed {
			_ = c.study(ctx, clusterID) // the steps are worth showing without it
			return nil, false, nil
		}
		if err := c.steps.wait(ctx); err != nil {
			return nil, false, awsclient.Classify(fmt.Errorf("list steps of %s: %w", clusterID, err))
		}
		out, err := c.ListSteps(ctx, in)
		if err != nil {
			return nil, false, awsclient.Classify(fmt.Errorf("list steps of %s: %w", clusterID, err))
		}
		page := make([]Step, len(out.Steps))
		for i := range out.Steps {
			page[i] = newStep(&out.Steps[i])
		}
		in.Marker = out.Marker
		listed = aws.ToString(out.Marker) == ""
		_, known := c.known(clusterID)
		return page, !listed || !known, nil
	}
}

func newStep(s *types.StepSummary) Step {
	out := Step{
		ID: aws.ToString(s.Id), Name: aws.ToString(s.Name),
		ActionOnFailure: string(s.ActionOnFailure), LogURI: aws.ToString(s.LogUri),
	}
	if c := s.Config; c != nil {
		out.Jar, out.MainClass = aws.ToString(c.Jar), aws.ToString(c.MainClass)
		out.Args, out.Properties = c.Args, c.Properties
	}
	if a := s.AdditionalInfo; a != nil {
		out.Applications = a.ResourceManagerApplicationIds
	}
	if s.Status != nil {
		out.setStatus(s.Status)
	}
	return out
}

func (s *Step) setStatus(st *types.StepStatus) {
	s.State = StepState(st.State)
	if t := st.Timeline; t != nil {
		s.Created, s.Started, s.Ended = aws.ToTime(t.CreationDateTime), aws.ToTime(t.StartDateTime), aws.ToTime(t.EndDateTime)
	}
	if f := st.FailureDetails; f != nil {
		s.Reason, s.Message, s.LogFile = aws.ToString(f.Reason), aws.ToString(f.Message), aws.ToString(f.LogFile)
	}
	if r := st.StateChangeReason; r != nil && s.Reason == "" {
		s.Reason = aws.ToString(r.Message)
	}
}
