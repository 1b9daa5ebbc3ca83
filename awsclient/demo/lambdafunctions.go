package demo

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

func newLambdaState(a *Account) *lambdaState {
	r := a.random("lambda")
	s := &lambdaState{
		logs: newLogStore(),
		took: func(low, high time.Duration) time.Duration {
			return low + time.Duration(r.Int64N(int64(high-low)))
		},
	}
	now := a.Now()
	s.regions = map[string][]*function{
		Region:      homeFunctions(now),
		"us-east-1": farFunctions(a.random("lambda us-east-1"), now),
	}
	for region, functions := range s.regions {
		slices.SortFunc(functions, func(a, b *function) int { return cmp.Compare(a.name, b.name) })
		for _, f := range functions {
			f.region, f.warm = region, map[string]time.Time{}
		}
	}
	s.rememberRuns(now)
	return s
}

// What the functions at home are described with.
const (
	python = types.RuntimePython313
	module = "lambda_function.lambda_handler"
)

func homeFunctions(now time.Time) []*function {
	ago := func(d time.Duration) time.Time { return now.Add(-d).Truncate(time.Second) }
	return append(trialFunctions(ago), workFunctions(ago)...)
}

// trialFunctions are the ones that people try.
func trialFunctions(ago func(time.Duration) time.Time) []*function {
	return []*function{
		{
			name: "calculate_mean", description: "Mean of the numbers in nums", runtime: python, handler: module,
			arch: types.ArchitectureX8664, memory: 128, limit: 3 * time.Second, size: 412, modified: ago(26 * time.Minute),
			env: map[string]string{"LOG_LEVEL": "INFO", "API_KEY": "demo-key-1f0c77"}, tags: map[string]string{"env": "prod", "team": "data"},
			versions: 2, aliases: map[string]string{"live": "2"}, program: calculateMean,
		},
		{
			name: "echo", description: "Answers with its event", runtime: python, handler: module,
			arch: types.ArchitectureArm64, memory: 128, limit: 3 * time.Second, size: 268, modified: ago(40 * day),
			tags: map[string]string{"env": "dev"}, versions: 1, program: echo,
		},
		{
			name: "slow", description: "Takes 12 seconds, or as many as the event says in seconds", runtime: python, handler: module,
			arch: types.ArchitectureX8664, memory: 256, limit: 30 * time.Second, size: 355, modified: ago(3 * day),
			tags: map[string]string{"env": "dev"}, program: takeTime,
		},
		{
			name: "always-fails", description: "Divides by zero", runtime: python, handler: module,
			arch: types.ArchitectureX8664, memory: 128, limit: 3 * time.Second, size: 301, modified: ago(2 * time.Hour),
			tags: map[string]string{"env": "dev"}, program: alwaysFails,
		},
	}
}

// workFunctions are the ones that the account lives from.
func workFunctions(ago func(time.Duration) time.Time) []*function {
	return []*function{
		{
			name: "on-upload", description: "Notes every object that arrives in datalake/incoming/", runtime: python, handler: "upload.handler",
			arch: types.ArchitectureArm64, memory: 512, limit: time.Minute, size: 18_340, modified: ago(9 * day),
			env:  map[string]string{"TABLE": "uploads", "BUCKET": "datalake"},
			tags: map[string]string{"env": "prod", "team": "data"}, layers: []string{"pandas:4"},
			versions: 7, aliases: map[string]string{"live": "7"}, reserved: 20, program: onUpload,
			facts: uploadFacts(),
		},
		{
			name: "resize-image", description: "Thumbnails for the shop", runtime: types.RuntimeNodejs22x, handler: "index.handler",
			arch: types.ArchitectureArm64, memory: 1024, limit: 15 * time.Second, size: 4_812_991, modified: ago(61 * day),
			jsonLogs: true, tags: map[string]string{"env": "prod", "team": "shop"}, versions: 31, aliases: map[string]string{"live": "30", "next": "31"},
			program: resizeImage, facts: resizeFacts(),
		},
		{
			name: "order-events", description: "Order stream to the ledger", runtime: types.RuntimeJava21, handler: "com.acme.orders.Handler::handleRequest",
			arch: types.ArchitectureX8664, memory: 2048, limit: 5 * time.Minute, size: 38_204_118, modified: ago(17 * day), jsonLogs: true,
			env: map[string]string{"LEDGER_URL": "https://ledger.internal.acme.example", "LEDGER_TOKEN": "demo-token-93ab"},
			vpc: &types.VpcConfigResponse{
				VpcId: ptr("vpc-0a1b2c3d4e5f60718"), SubnetIds: []string{"subnet-0aa1", "subnet-0bb2"}, SecurityGroupIds: []string{"sg-0c0ffee0"},
			},
			tags: map[string]string{"env": "prod", "team": "shop"}, versions: 12, aliases: map[string]string{"live": "12"}, program: orderEvents,
			facts: orderFacts(),
		},
		{
			name: "nightly-report", description: "Figures of the day, by mail", runtime: types.RuntimeProvidedal2023, handler: "bootstrap",
			arch: types.ArchitectureArm64, memory: 256, limit: 15 * time.Minute, size: 7_120_334, modified: ago(118 * day),
			tags: map[string]string{"env": "prod", "team": "finance"}, program: nightlyReport, facts: nightlyFacts(),
		},
		{
			name: "legacy-invoices", description: "Container image that cannot start any more",
			arch: types.ArchitectureX8664, memory: 3008, limit: 2 * time.Minute, size: 0, modified: ago(411 * day),
			tags: map[string]string{"env": "prod", "team": "finance"}, program: cannotStart,
		},
	}
}

// farFunctions are many, to fill three pages of a list.
func farFunctions(r *rand.Rand, now time.Time) []*function {
	const many = 120
	areas := []string{"billing", "orders", "search", "media", "alerts", "users"}
	runtimes := []types.Runtime{types.RuntimePython313, types.RuntimeNodejs22x, types.RuntimeJava21, types.RuntimeProvidedal2023}
	functions := make([]*function, many)
	for i := range functions {
		area := areas[r.IntN(len(areas))]
		functions[i] = &function{
			name: fmt.Sprintf("%s-%03d", area, i+1), description: "Made up", runtime: runtimes[r.IntN(len(runtimes))],
			handler: "index.handler", arch: types.ArchitectureX8664, memory: int32(128 << r.IntN(4)),
			limit: time.Duration(3+r.IntN(60)) * time.Second, size: 1000 + r.Int64N(1<<22),
			modified: now.Add(-time.Duration(r.Int64N(int64(400 * 24 * time.Hour)))).Truncate(time.Second),
			tags:     map[string]string{"env": "prod", "area": area}, program: echo,
		}
	}
	return functions
}

// random returns repeatable numbers that belong to the function.
func (f *function) random(purpose string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(f.name + purpose))
	return rand.New(rand.NewPCG(1, h.Sum64())) //nolint:gosec // ids for show
}

func ptr[T any](v T) *T { return &v }
