package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/lambda"
)

const (
	changeTakes      = 3 * time.Second
	environmentLimit = 4 << 10
)

// changing reports whether the last change of the function is still being made.
func (f *function) changing(now time.Time) bool {
	return f.revision > 0 && now.Before(f.changed.Add(changeTakes))
}

func (f *function) revisionID(version string) string {
	if f.revision == 0 || version != latest {
		return uuid(f.random(version))
	}
	return uuid(f.random(version + strconv.Itoa(f.revision)))
}

func updateFunctionConfiguration(ctx context.Context, a *Account, in *lambda.UpdateFunctionConfigurationInput) (
	*lambda.UpdateFunctionConfigurationOutput, error,
) {
	f, version, err := a.function(ctx, in.FunctionName, nil)
	if err != nil {
		return nil, err
	}
	if err := f.refuses(in, version, a.Now()); err != nil {
		return nil, err
	}
	if f.published == nil {
		before := *f
		f.published = &before
	}
	f.revision++
	f.changed, f.modified = a.Now(), a.Now()
	f.apply(in)
	c := f.configuration(reply(ctx).region, latest)
	f.state(&c, a.Now())
	return &lambda.UpdateFunctionConfigurationOutput{
		FunctionArn: c.FunctionArn, FunctionName: c.FunctionName, Version: c.Version, MemorySize: c.MemorySize, Timeout: c.Timeout,
		Environment: c.Environment, RevisionId: c.RevisionId, LastModified: c.LastModified, State: c.State,
		LastUpdateStatus: c.LastUpdateStatus,
	}, nil
}

func (f *function) apply(in *lambda.UpdateFunctionConfigurationInput) {
	if in.MemorySize != nil {
		f.memory = *in.MemorySize
	}
	if in.Timeout != nil {
		f.limit = time.Duration(*in.Timeout) * time.Second
	}
	if in.Description != nil {
		f.description = *in.Description
	}
	if in.Environment != nil {
		f.env = copyMap(in.Environment.Variables)
	}
}

// refuses is why AWS would not make the change.
func (f *function) refuses(in *lambda.UpdateFunctionConfigurationInput, version string, now time.Time) error {
	switch {
	case version != latest:
		return apiError("InvalidParameterValueException", "This operation does not permit adding on version or aliases. Please use unqualified function name.", 400)
	case f.changing(now):
		return apiError("ResourceConflictException", "The operation cannot be performed at this time. An update is in progress for resource: "+f.arn(f.region), 409)
	case in.RevisionId != nil && *in.RevisionId != f.revisionID(latest):
		return apiError("PreconditionFailedException", "The Revision Id provided does not match the latest Revision Id. "+
			"Call the GetFunction/GetAlias API to retrieve the latest Revision Id", 412)
	}
	if err := inside("memorySize", in.MemorySize, 128, 10240); err != nil {
		return err
	}
	if err := inside("timeout", in.Timeout, 1, 900); err != nil {
		return err
	}
	if in.Environment == nil {
		return nil
	}
	text, _ := json.Marshal(in.Environment.Variables) // a map of strings
	if len(text) > environmentLimit {
		return apiError("InvalidParameterValueException", "Lambda was unable to configure your environment variables because the environment "+
			"variables you have provided exceeded the 4KB limit.", 400)
	}
	return nil
}

func inside(name string, value *int32, low, high int32) error {
	if value == nil || low <= *value && *value <= high {
		return nil
	}
	return apiError("ValidationException", fmt.Sprintf("1 validation error detected: Value '%d' at '%s' failed to satisfy constraint: "+
		"Member must have value between %d and %d", *value, name, low, high), 400)
}

// deleteFunction leaves event source mappings and the log group behind, as AWS does.
func deleteFunction(ctx context.Context, a *Account, in *lambda.DeleteFunctionInput) (*lambda.DeleteFunctionOutput, error) {
	if in.Qualifier != nil {
		return nil, apiError("NotImplemented", "the demo account deletes whole functions only", 501)
	}
	f, version, err := a.function(ctx, in.FunctionName, nil)
	if err != nil {
		return nil, err
	}
	if version != latest {
		return nil, apiError("InvalidParameterValueException", "$LATEST version cannot be deleted without deleting the function.", 400)
	}
	region := reply(ctx).region
	a.lambda.regions[region] = slices.DeleteFunc(slices.Clone(a.lambda.regions[region]), func(g *function) bool { return g == f })
	reply(ctx).status = 204
	return &lambda.DeleteFunctionOutput{StatusCode: 204}, nil
}
