package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func startInstances(ctx context.Context, a *Account, in *ec2.StartInstancesInput) (*ec2.StartInstancesOutput, error) {
	machines, err := a.chosen(ctx, in.InstanceIds, in.DryRun, func(m *machine) error {
		switch m.state {
		case types.InstanceStateNameStopped, types.InstanceStateNamePending, types.InstanceStateNameRunning:
			return nil
		}
		return wrongState(m, "it can be started")
	})
	if err != nil {
		return nil, err
	}
	out := &ec2.StartInstancesOutput{}
	for _, m := range machines {
		before := m.state
		if before == types.InstanceStateNameStopped {
			m.enter(types.InstanceStateNamePending, a.Now())
			m.launched, m.took = a.Now(), ""
			if m.exposed {
				m.public = a.ec2.address()
			}
		}
		out.StartingInstances = append(out.StartingInstances, m.change(before))
	}
	return out, nil
}

func stopInstances(ctx context.Context, a *Account, in *ec2.StopInstancesInput) (*ec2.StopInstancesOutput, error) {
	machines, err := a.chosen(ctx, in.InstanceIds, in.DryRun, func(m *machine) error {
		switch {
		case m.spot:
			return apiError("UnsupportedOperation", fmt.Sprintf("You can't stop the Spot Instance '%s' because it is associated with a one-time "+
				"Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.", m.id), 400)
		case m.state == types.InstanceStateNameRunning, m.state == types.InstanceStateNameStopping, m.state == types.InstanceStateNameStopped:
			return nil
		}
		return wrongState(m, "it can be stopped")
	})
	if err != nil {
		return nil, err
	}
	out := &ec2.StopInstancesOutput{}
	for _, m := range machines {
		before := m.state
		if before == types.InstanceStateNameRunning {
			m.took = "User initiated"
			m.enter(types.InstanceStateNameStopping, a.Now())
		}
		out.StoppingInstances = append(out.StoppingInstances, m.change(before))
	}
	return out, nil
}

func rebootInstances(ctx context.Context, a *Account, in *ec2.RebootInstancesInput) (*ec2.RebootInstancesOutput, error) {
	_, err := a.chosen(ctx, in.InstanceIds, in.DryRun, func(m *machine) error {
		if m.state == types.InstanceStateNameRunning {
			return nil
		}
		return wrongState(m, "it can be rebooted")
	})
	return &ec2.RebootInstancesOutput{}, err
}

// terminateInstances is not atomic: a protected instance saves those that were
// named together with it in its zone, and no others.
func terminateInstances(ctx context.Context, a *Account, in *ec2.TerminateInstancesInput) (*ec2.TerminateInstancesOutput, error) {
	machines, err := a.chosen(ctx, in.InstanceIds, in.DryRun, func(*machine) error { return nil })
	if err != nil {
		return nil, err
	}
	var refusal error
	var saved []string // zones
	for _, m := range machines {
		if m.protected && m.state != types.InstanceStateNameTerminated {
			saved = append(saved, m.zone)
			refusal = apiError("OperationNotPermitted", fmt.Sprintf("The instance '%s' may not be terminated. "+
				"Modify its 'disableApiTermination' instance attribute and try again.", m.id), 400)
		}
	}
	out := &ec2.TerminateInstancesOutput{}
	for _, m := range machines {
		if slices.Contains(saved, m.zone) {
			continue
		}
		before := m.state
		m.terminate(a)
		out.TerminatingInstances = append(out.TerminatingInstances, m.change(before))
	}
	if refusal != nil {
		return nil, refusal
	}
	return out, nil
}

// terminate shuts the machine down; one that is down already is gone at once.
func (m *machine) terminate(a *Account) {
	switch m.state {
	case types.InstanceStateNameShuttingDown, types.InstanceStateNameTerminated:
		return
	case types.InstanceStateNameStopped:
		m.enter(types.InstanceStateNameTerminated, a.Now())
	default:
		m.enter(types.InstanceStateNameShuttingDown, a.Now())
	}
	m.took = "User initiated"
}

// chosen returns the machines of ids when each of them may be changed; one that
// may not fails the request.
func (a *Account) chosen(ctx context.Context, ids []string, dry *bool, may func(*machine) error) ([]*machine, error) {
	if len(ids) == 0 {
		return nil, apiError("MissingParameter", "The request must contain the parameter InstanceId", 400)
	}
	machines, err := a.here(ctx).find(ids, nil)
	if err != nil {
		return nil, err
	}
	for _, m := range machines {
		if err := may(m); err != nil {
			return nil, err
		}
	}
	return machines, dryRun(dry)
}

func wrongState(m *machine, what string) error {
	return apiError("IncorrectInstanceState", fmt.Sprintf("The instance '%s' is not in a state from which %s.", m.id, what), 400)
}
