package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

func getFunctionConfiguration(ctx context.Context, a *Account, in *lambda.GetFunctionConfigurationInput) (
	*lambda.GetFunctionConfigurationOutput, error,
) {
	f, version, err := a.function(ctx, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	c := f.configuration(reply(ctx).region, version)
	f.state(&c, a.Now())
	return &lambda.GetFunctionConfigurationOutput{
		Architectures: c.Architectures, CodeSha256: c.CodeSha256, CodeSize: c.CodeSize, Description: c.Description,
		DeadLetterConfig: c.DeadLetterConfig, Environment: c.Environment, EphemeralStorage: c.EphemeralStorage, FunctionArn: c.FunctionArn,
		FunctionName: c.FunctionName, Handler: c.Handler, LastModified: c.LastModified, Layers: c.Layers,
		LoggingConfig: c.LoggingConfig, MemorySize: c.MemorySize, PackageType: c.PackageType, RevisionId: c.RevisionId,
		Role: c.Role, Runtime: c.Runtime, Timeout: c.Timeout, TracingConfig: c.TracingConfig, Version: c.Version,
		VpcConfig: c.VpcConfig, State: c.State, LastUpdateStatus: c.LastUpdateStatus,
		LastUpdateStatusReason: c.LastUpdateStatusReason, LastUpdateStatusReasonCode: c.LastUpdateStatusReasonCode,
		SnapStart: c.SnapStart,
	}, nil
}

// state adds what the list does not say.
func (f *function) state(c *types.FunctionConfiguration, now time.Time) {
	c.State, c.LastUpdateStatus = types.StateActive, types.LastUpdateStatusSuccessful
	c.SnapStart = &types.SnapStartResponse{ApplyOn: types.SnapStartApplyOnNone, OptimizationStatus: types.SnapStartOptimizationStatusOff}
	if f.changing(now) && aws.ToString(c.Version) == latest {
		c.LastUpdateStatus = types.LastUpdateStatusInProgress
		c.LastUpdateStatusReason, c.LastUpdateStatusReasonCode = aws.String("The function is being created."), types.LastUpdateStatusReasonCode("Creating")
	}
}

// configuration is the function as the list reports it.
func (f *function) configuration(region, version string) types.FunctionConfiguration {
	id := f.arn(region)
	if version != latest {
		if f.published != nil {
			return f.published.configuration(region, version)
		}
		id += ":" + version
	}
	c := types.FunctionConfiguration{
		Architectures: []types.Architecture{f.arch}, CodeSize: f.size, Description: aws.String(f.description),
		CodeSha256:       aws.String("q8Zq0tVv4lFJcY3l0Q0n0Jm9a0o6yq3o5rJ0eT1n2sE="),
		EphemeralStorage: &types.EphemeralStorage{Size: aws.Int32(512)},
		FunctionArn:      aws.String(id), FunctionName: aws.String(f.name), Version: aws.String(version),
		LastModified:  aws.String(f.modified.UTC().Format(lambdaTimeLayout)),
		LoggingConfig: &types.LoggingConfig{LogFormat: types.LogFormatText, LogGroup: aws.String(f.logGroup())},
		MemorySize:    aws.Int32(f.memory), Timeout: aws.Int32(int32(f.limit / time.Second)),
		PackageType: types.PackageTypeImage, RevisionId: aws.String(f.revisionID(version)),
		Role:          aws.String(fmt.Sprintf("arn:aws:iam::%s:role/%s", AccountID, f.name)),
		TracingConfig: &types.TracingConfigResponse{Mode: types.TracingModePassThrough},
	}
	if f.runtime != "" {
		c.PackageType, c.Runtime, c.Handler = types.PackageTypeZip, f.runtime, aws.String(f.handler)
	}
	if f.jsonLogs {
		c.LoggingConfig.LogFormat = types.LogFormatJson
	}
	if len(f.env) > 0 {
		c.Environment = &types.EnvironmentResponse{Variables: copyMap(f.env)}
	}
	if f.vpc != nil {
		c.VpcConfig = &types.VpcConfigResponse{
			VpcId: f.vpc.VpcId, SubnetIds: slices.Clone(f.vpc.SubnetIds), SecurityGroupIds: slices.Clone(f.vpc.SecurityGroupIds),
		}
	}
	if f.facts.deadLetters != "" {
		c.DeadLetterConfig = &types.DeadLetterConfig{TargetArn: aws.String(f.facts.deadLetters)}
	}
	for _, l := range f.layers {
		c.Layers = append(c.Layers, types.Layer{
			Arn: aws.String(fmt.Sprintf("arn:aws:lambda:%s:%s:layer:%s", region, AccountID, l)), CodeSize: 28_417_333,
		})
	}
	return c
}

func (f *function) arn(region string) string {
	return fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", region, AccountID, f.name)
}

func (f *function) logGroup() string { return "/aws/lambda/" + f.name }
