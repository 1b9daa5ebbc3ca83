package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/emr"
	"github.com/aws/aws-sdk-go-v2/service/emr/types"
)

// addedRuns is how long a step takes that was added by a caller.
const addedRuns = 90 * time.Second

func addSteps(ctx context.Context, a *Account, in *emr.AddJobFlowStepsInput) (*emr.AddJobFlowStepsOutput, error) {
	c, err := a.cluster(ctx, in.JobFlowId)
	if err != nil {
		return nil, err
	}
	line := c.at(a.Now())
	waiting := 0
	for _, s := range line.steps {
		if s.state == types.StepStatePending || s.state == types.StepStateRunning {
			waiting++
		}
	}
	switch {
	case !line.active() || line.state == types.ClusterStateTerminating:
		return nil, apiError("ValidationException", "A job flow that is shutting down, terminated, or finished may not be modified.", 400)
	case len(in.Steps) == 0 || len(in.Steps) > stepsPerRequest:
		return nil, apiError("ValidationException", fmt.Sprintf("Between 1 and %d steps can be added.", stepsPerRequest), 400)
	case waiting+len(in.Steps) > stepsPerRequest:
		return nil, apiError("ValidationException", "Maximum number of active steps(State = 'Running', 'Pending' or 'Cancel_Pending') for cluster exceeded.", 400)
	}
	out := &emr.AddJobFlowStepsOutput{}
	for _, s := range in.Steps {
		if s.HadoopJarStep == nil || aws.ToString(s.HadoopJarStep.Jar) == "" || aws.ToString(s.Name) == "" {
			return nil, apiError("ValidationException", "A step needs a name and a jar.", 400)
		}
	}
	for _, s := range in.Steps {
		added := &emrStep{
			id: a.emr.newID("s-"), name: *s.Name, jar: *s.HadoopJarStep.Jar, class: aws.ToString(s.HadoopJarStep.MainClass),
			args: slices.Clone(s.HadoopJarStep.Args), onFailure: s.ActionOnFailure, created: a.Now(), runs: addedRuns,
		}
		if added.onFailure == "" {
			added.onFailure = types.ActionOnFailureContinue
		}
		c.steps = append(c.steps, added)
		out.StepIds = append(out.StepIds, added.id)
	}
	return out, nil
}

// cancelSteps says for each step whether it will be cancelled.
func cancelSteps(ctx context.Context, a *Account, in *emr.CancelStepsInput) (*emr.CancelStepsOutput, error) {
	c, err := a.cluster(ctx, in.ClusterId)
	if err != nil {
		return nil, err
	}
	line := c.at(a.Now())
	out := &emr.CancelStepsOutput{}
	for _, id := range in.StepIds {
		info := types.CancelStepsInfo{StepId: aws.String(id), Status: types.CancelStepsRequestStatusFailed}
		i := slices.IndexFunc(c.steps, func(s *emrStep) bool { return s.id == id })
		switch {
		case i < 0:
			info.Reason = aws.String("The step id is not valid.")
		case line.steps[i].state == types.StepStatePending || line.steps[i].state == types.StepStateRunning:
			c.steps[i].cancelled = a.Now()
			info.Status = types.CancelStepsRequestStatusSubmitted
		default:
			info.Reason = aws.String(fmt.Sprintf("Step is in state %s and cannot be cancelled.", line.steps[i].state))
		}
		out.CancelStepsInfoList = append(out.CancelStepsInfoList, info)
	}
	return out, nil
}

func terminateClusters(ctx context.Context, a *Account, in *emr.TerminateJobFlowsInput) (*emr.TerminateJobFlowsOutput, error) {
	if len(in.JobFlowIds) > endsPerRequest {
		return nil, apiError("ValidationException", fmt.Sprintf("At most %d clusters can be terminated at once.", endsPerRequest), 400)
	}
	var clusters []*emrCluster
	for _, id := range in.JobFlowIds {
		c, err := a.cluster(ctx, aws.String(id))
		if err != nil {
			return nil, err
		}
		if c.protected {
			return nil, apiError("ValidationException", "Could not shut down one or more job flows since they are termination protected.", 400)
		}
		clusters = append(clusters, c)
	}
	for _, c := range clusters {
		if c.at(a.Now()).active() && c.stopped.IsZero() {
			c.stopped = a.Now()
		}
	}
	return &emr.TerminateJobFlowsOutput{}, nil
}
