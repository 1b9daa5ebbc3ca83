package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

const (
	functionsPerPage = 50
	latest           = "$LATEST"
	lambdaTimeLayout = "2006-01-02T15:04:05.000-0700"
)

// lambdaState is the functions of each region, and what they wrote.
type lambdaState struct {
	regions map[string][]*function // sorted by name
	logs    *logStore
	took    func(low, high time.Duration) time.Duration // how long a run pretends to take
}

// function is one Lambda function that can be invoked.
type function struct {
	region                     string
	name, description, handler string
	runtime                    types.Runtime
	arch                       types.Architecture
	memory                     int32         // MB
	limit                      time.Duration // its timeout
	size                       int64
	modified                   time.Time
	jsonLogs                   bool
	env                        map[string]string
	vpc                        *types.VpcConfigResponse
	layers                     []string
	tags                       map[string]string
	versions                   int               // published ones
	aliases                    map[string]string // to a version
	reserved                   int32             // concurrency; 0: none
	program                    program
	facts                      functionFacts

	revision  int       // counts the changes
	changed   time.Time // when the last of them began
	published *function // as it was when its versions were published; nil: as it is

	warm map[string]time.Time // by version: until when a started runtime is kept
	runs int
}

func registerLambda(r *router) {
	handle(r, "lambda:ListFunctions", listFunctions)
	handle(r, "lambda:GetFunction", getFunction)
	handle(r, "lambda:GetFunctionConfiguration", getFunctionConfiguration)
	handle(r, "lambda:ListVersionsByFunction", listFunctionVersions)
	handle(r, "lambda:ListAliases", listAliases)
	handle(r, "lambda:ListTags", listFunctionTags)
	handle(r, "lambda:GetFunctionConcurrency", getFunctionConcurrency)
	handle(r, "lambda:UpdateFunctionConfiguration", updateFunctionConfiguration)
	handle(r, "lambda:DeleteFunction", deleteFunction)
	handle(r, "lambda:Invoke", invoke)
	handle(r, "lambda:InvokeWithResponseStream", invokeStream)
	registerLambdaFacts(r)
}

func listFunctions(ctx context.Context, a *Account, in *lambda.ListFunctionsInput) (*lambda.ListFunctionsOutput, error) {
	region := reply(ctx).region
	page, next, err := markerPage(a.lambda.regions[region], in.Marker, aws.ToInt32(in.MaxItems), functionsPerPage)
	if err != nil {
		return nil, err
	}
	out := &lambda.ListFunctionsOutput{NextMarker: next}
	for _, f := range page {
		out.Functions = append(out.Functions, f.configuration(region, latest))
	}
	return out, nil
}

func getFunction(ctx context.Context, a *Account, in *lambda.GetFunctionInput) (*lambda.GetFunctionOutput, error) {
	f, version, err := a.function(ctx, in.FunctionName, in.Qualifier)
	if err != nil {
		return nil, err
	}
	region := reply(ctx).region
	c := f.configuration(region, version)
	f.state(&c, a.Now())
	out := &lambda.GetFunctionOutput{
		Configuration: &c, Tags: copyMap(f.tags),
		Code: &types.FunctionCodeLocation{
			RepositoryType: aws.String("S3"),
			Location:       aws.String(fmt.Sprintf("https://awslambda-%s-tasks.s3.%s.amazonaws.com/snapshots/%s?X-Amz-Signature=demo", region, region, f.name)),
		},
	}
	if f.reserved > 0 {
		out.Concurrency = &types.Concurrency{ReservedConcurrentExecutions: aws.Int32(f.reserved)}
	}
	return out, nil
}

func listFunctionVersions(ctx context.Context, a *Account, in *lambda.ListVersionsByFunctionInput) (*lambda.ListVersionsByFunctionOutput, error) {
	f, _, err := a.function(ctx, in.FunctionName, nil)
	if err != nil {
		return nil, err
	}
	versions := []string{latest}
	for v := range f.versions {
		versions = append(versions, strconv.Itoa(v+1))
	}
	page, next, err := markerPage(versions, in.Marker, aws.ToInt32(in.MaxItems), functionsPerPage)
	if err != nil {
		return nil, err
	}
	out := &lambda.ListVersionsByFunctionOutput{NextMarker: next}
	for _, v := range page {
		out.Versions = append(out.Versions, f.configuration(reply(ctx).region, v))
	}
	return out, nil
}

func listAliases(ctx context.Context, a *Account, in *lambda.ListAliasesInput) (*lambda.ListAliasesOutput, error) {
	f, _, err := a.function(ctx, in.FunctionName, nil)
	if err != nil {
		return nil, err
	}
	out := &lambda.ListAliasesOutput{}
	for alias, version := range f.aliases {
		if want := aws.ToString(in.FunctionVersion); want == "" || want == version {
			out.Aliases = append(out.Aliases, types.AliasConfiguration{
				Name: aws.String(alias), FunctionVersion: aws.String(version), Description: ptr(""),
				AliasArn: aws.String(f.arn(reply(ctx).region) + ":" + alias), RoutingConfig: f.facts.routing(alias),
			})
		}
	}
	slices.SortFunc(out.Aliases, func(a, b types.AliasConfiguration) int { return cmp.Compare(*a.Name, *b.Name) })
	return out, nil
}

func listFunctionTags(ctx context.Context, a *Account, in *lambda.ListTagsInput) (*lambda.ListTagsOutput, error) {
	f, _, err := a.function(ctx, in.Resource, nil)
	if err != nil {
		return nil, err
	}
	return &lambda.ListTagsOutput{Tags: copyMap(f.tags)}, nil
}

func getFunctionConcurrency(ctx context.Context, a *Account, in *lambda.GetFunctionConcurrencyInput) (*lambda.GetFunctionConcurrencyOutput, error) {
	f, _, err := a.function(ctx, in.FunctionName, nil)
	if err != nil {
		return nil, err
	}
	out := &lambda.GetFunctionConcurrencyOutput{}
	if f.reserved > 0 {
		out.ReservedConcurrentExecutions = aws.Int32(f.reserved)
	}
	return out, nil
}

// function finds what a name or ARN, and a qualifier in it or beside it, mean.
func (a *Account) function(ctx context.Context, name, qualifier *string) (*function, string, error) {
	region := reply(ctx).region
	id, version := aws.ToString(name), aws.ToString(qualifier)
	if _, rest, ok := strings.Cut(id, ":function:"); ok {
		id = rest
	}
	if n, q, ok := strings.Cut(id, ":"); ok {
		id, version = n, q
	}
	i, found := slices.BinarySearchFunc(a.lambda.regions[region], id, func(f *function, n string) int { return cmp.Compare(f.name, n) })
	if !found {
		return nil, "", functionMissing(region, id, version)
	}
	f := a.lambda.regions[region][i]
	if version == "" || version == latest {
		return f, latest, nil
	}
	if v, ok := f.aliases[version]; ok {
		return f, v, nil
	}
	if n, err := strconv.Atoi(version); err == nil && 1 <= n && n <= f.versions {
		return f, version, nil
	}
	return nil, "", functionMissing(region, id, version)
}

func functionMissing(region, name, version string) error {
	id := fmt.Sprintf("arn:aws:lambda:%s:%s:function:%s", region, AccountID, name)
	if version != "" {
		id += ":" + version
	}
	return apiError("ResourceNotFoundException", "Function not found: "+id, 404)
}
