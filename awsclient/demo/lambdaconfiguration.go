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
	return &lambda.GetFunctionConfigurationOutput{
		Architectures: c.Architectures, CodeSha256: c.CodeSha256, CodeSize: c.CodeSize, Description: c.Description,
		Environment: c.Environment, EphemeralStorage: c.EphemeralStorage, FunctionArn: c.FunctionArn,
		FunctionName: c.FunctionName, Handler: c.Handler, LastModified: c.LastModified, Layers: c.Layers,
		LoggingConfig: c.LoggingConfig, MemorySize: c.MemorySize, PackageType: c.PackageType, RevisionId: c.RevisionId,
		Role: c.Role, Runtime: c.Runtime, Timeout: c.Timeout, TracingConfig: c.TracingConfig, Version: c.Version,
		VpcConfig: c.VpcConfig,
		// The list does not say these.
		State: types.StateActive, LastUpdateStatus: types.LastUpdateStatusSuccessful,
		SnapStart: &types.SnapStartResponse{ApplyOn: types.SnapStartApplyOnNone, OptimizationStatus: types.SnapStartOptimizationStatusOff},
	}, nil
}

// configuration is the function as the list reports it.
func (f *function) configuration(region, version string) types.FunctionConfiguration {
	id := f.arn(region)
	if version != latest {
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
		PackageType: types.PackageTypeImage, RevisionId: aws.String(uuid(f.random(version))),
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
	for _, l := range f.layers {
		c.Layers = append(c.Layers, types.Layer{Arn: aws.String(fmt.Sprintf("arn:aws:lambda:%s:%s:layer:%s", region, AccountID, l))})
	}
	return c
}

func (f *function) arn(region string) string {
	return fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", region, AccountID, f.name)
}

func (f *function) logGroup() string { return "/aws/lambda/" + f.name }
