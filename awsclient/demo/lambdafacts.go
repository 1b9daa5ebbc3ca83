package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// functionFacts is what hangs on a function beside its configuration.
type functionFacts struct {
	weights     map[string]map[string]float64 // by alias: the additional version's share
	provisioned map[string]int32              // by alias or version
	sources     []types.EventSourceMappingConfiguration
	policy      string // JSON; "" for none
	url         *lambda.GetFunctionUrlConfigOutput
	async       *lambda.GetFunctionEventInvokeConfigOutput
	deadLetters string // ARN
}

func (f functionFacts) routing(alias string) *types.AliasRoutingConfiguration {
	w := f.weights[alias]
	if len(w) == 0 {
		return nil
	}
	out := &types.AliasRoutingConfiguration{AdditionalVersionWeights: map[string]float64{}}
	for version, weight := range w {
		out.AdditionalVersionWeights[version] = weight
	}
	return out
}

func registerLambdaFacts(r *router) {
	handle(r, "lambda:ListProvisionedConcurrencyConfigs", listProvisionedConcurrency)
	handle(r, "lambda:ListEventSourceMappings", listEventSources)
	handle(r, "lambda:GetPolicy", getFunctionPolicy)
	handle(r, "lambda:GetFunctionUrlConfig", getFunctionURL)
	handle(r, "lambda:GetFunctionEventInvokeConfig", getEventInvokeConfig)
}

func listProvisionedConcurrency(ctx context.Context, a *Account, in *lambda.ListProvisionedConcurrencyConfigsInput) (
	*lambda.ListProvisionedConcurrencyConfigsOutput, error,
) {
	f, _, err := a.function(ctx, in.FunctionName, nil)
	if err != nil {
		return nil, err
	}
	out := &lambda.ListProvisionedConcurrencyConfigsOutput{}
	for qualifier, n := range f.facts.provisioned {
		out.ProvisionedConcurrencyConfigs = append(out.ProvisionedConcurrencyConfigs, types.ProvisionedConcurrencyConfigListItem{
			FunctionArn: aws.String(f.arn(f.region) + ":" + qualifier), Status: types.ProvisionedConcurrencyStatusEnumReady,
			RequestedProvisionedConcurrentExecutions: aws.Int32(n), AllocatedProvisionedConcurrentExecutions: aws.Int32(n),
			AvailableProvisionedConcurrentExecutions: aws.Int32(n),
		})
	}
	return out, nil
}

func listEventSources(ctx context.Context, a *Account, in *lambda.ListEventSourceMappingsInput) (*lambda.ListEventSourceMappingsOutput, error) {
	f, _, err := a.function(ctx, in.FunctionName, nil)
	if err != nil {
		return nil, err
	}
	page, next, err := markerPage(f.facts.sources, in.Marker, aws.ToInt32(in.MaxItems), functionsPerPage)
	if err != nil {
		return nil, err
	}
	return &lambda.ListEventSourceMappingsOutput{EventSourceMappings: page, NextMarker: next}, nil
}

func getFunctionPolicy(ctx context.Context, a *Account, in *lambda.GetPolicyInput) (*lambda.GetPolicyOutput, error) {
	f, _, err := a.function(ctx, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	if f.facts.policy == "" || in.Qualifier != nil {
		return nil, apiError("ResourceNotFoundException", "The resource you requested does not exist.", 404)
	}
	return &lambda.GetPolicyOutput{Policy: aws.String(f.facts.policy), RevisionId: aws.String(uuid(f.random("policy")))}, nil
}

func getFunctionURL(ctx context.Context, a *Account, in *lambda.GetFunctionUrlConfigInput) (*lambda.GetFunctionUrlConfigOutput, error) {
	f, _, err := a.function(ctx, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	if f.facts.url == nil || in.Qualifier != nil {
		return nil, apiError("ResourceNotFoundException", "The resource you requested does not exist.", 404)
	}
	out := *f.facts.url
	out.FunctionArn = aws.String(f.arn(f.region))
	return &out, nil
}

func getEventInvokeConfig(ctx context.Context, a *Account, in *lambda.GetFunctionEventInvokeConfigInput) (
	*lambda.GetFunctionEventInvokeConfigOutput, error,
) {
	f, _, err := a.function(ctx, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	if f.facts.async == nil || in.Qualifier != nil {
		return nil, apiError("ResourceNotFoundException",
			fmt.Sprintf("The function %s doesn't have an EventInvokeConfig", f.arn(f.region)), 404)
	}
	out := *f.facts.async
	out.FunctionArn = aws.String(f.arn(f.region) + ":" + latest)
	return &out, nil
}

func uploadFacts() functionFacts {
	return functionFacts{
		provisioned: map[string]int32{"live": 5},
		policy: statement("datalake-incoming", `{"Service":"s3.amazonaws.com"}`,
			`{"StringEquals":{"AWS:SourceAccount":"`+AccountID+`"},"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::datalake"}}`),
		async: &lambda.GetFunctionEventInvokeConfigOutput{
			MaximumEventAgeInSeconds: aws.Int32(3600), MaximumRetryAttempts: aws.Int32(1), LastModified: ptr(time.Unix(1_790_000_000, 0)),
			DestinationConfig: &types.DestinationConfig{OnFailure: &types.OnFailure{Destination: aws.String(queue("upload-failures"))}},
		},
	}
}

func orderFacts() functionFacts {
	source := func(arn, state, result string, batch int32) types.EventSourceMappingConfiguration {
		return types.EventSourceMappingConfiguration{
			UUID: aws.String("7c0ffee0-5a1f-4b6e-9d7e-" + fmt.Sprintf("%012d", batch)), EventSourceArn: aws.String(arn),
			BatchSize: aws.Int32(batch), State: aws.String(state), LastProcessingResult: aws.String(result),
			StateTransitionReason: aws.String("USER_INITIATED"),
		}
	}
	return functionFacts{
		deadLetters: queue("order-events-dead"),
		sources: []types.EventSourceMappingConfiguration{
			source(fmt.Sprintf("arn:aws:kinesis:%s:%s:stream/orders", Region, AccountID), "Enabled", "OK", 100),
			source(queue("orders-replay"), "Disabled", "", 10),
		},
	}
}

func resizeFacts() functionFacts {
	return functionFacts{
		weights: map[string]map[string]float64{"live": {"31": 0.1}},
		policy:  statement("public-url", `"*"`, `{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}`),
		url: &lambda.GetFunctionUrlConfigOutput{
			FunctionUrl: aws.String("https://k3xq5demo2r7.lambda-url." + Region + ".on.aws/"), AuthType: types.FunctionUrlAuthTypeNone,
			InvokeMode: types.InvokeModeBuffered, Cors: &types.Cors{AllowOrigins: []string{"https://shop.acme.example"}},
			CreationTime: aws.String("2026-02-11T09:14:21.331Z"),
		},
	}
}

func nightlyFacts() functionFacts {
	return functionFacts{
		policy: statement("nightly", `{"Service":"events.amazonaws.com"}`,
			fmt.Sprintf(`{"ArnLike":{"AWS:SourceArn":"arn:aws:events:%s:%s:rule/nightly"}}`, Region, AccountID)),
		url: &lambda.GetFunctionUrlConfigOutput{
			FunctionUrl: aws.String("https://n1ghtlydemo44.lambda-url." + Region + ".on.aws/"), AuthType: types.FunctionUrlAuthTypeAwsIam,
			InvokeMode: types.InvokeModeResponseStream, CreationTime: aws.String("2026-03-02T22:10:05.118Z"),
		},
	}
}

// statement is a policy with one statement that lets somebody invoke.
func statement(id, principal, condition string) string {
	return fmt.Sprintf(`{"Version":"2012-10-17","Id":"default","Statement":[{"Sid":%q,"Effect":"Allow","Principal":%s,`+
		`"Action":"lambda:InvokeFunction","Condition":%s}]}`, id, principal, condition)
}

func queue(name string) string { return fmt.Sprintf("arn:aws:sqs:%s:%s:%s", Region, AccountID, name) }
