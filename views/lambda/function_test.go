package lambda_test

import (
	"strings"
	"testing"
	"time"

	"straws/awsclient/demo"

	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// page opens the page of one function on a screen that holds all of it.
func page(t *testing.T, name string) screen {
	t.Helper()
	s := at(t, "lambda", 120, 110).on(name)
	s.Keys("enter")
	return s
}

func TestEverythingAboutAFunction(t *testing.T) {
	tests := []struct {
		function string
		want     []string
	}{
		{"calculate_mean", []string{
			"Mean of the numbers in nums", "arn:aws:lambda:eu-west-1:123456789012:function:calculate_mean", "Active", "Successful",
			"python3.13", "lambda_function.lambda_handler", "x86_64", "128 MB", "role/calculate_mean", "in no VPC", "/aws/lambda/calculate_mean",
			"LOG_LEVEL", "nothing is reserved", "Lambda reads no queue", "lets no service", "live  version 2",
			"tried again  2 times, as usual", "6h00m", "team  data", "412 B, zip",
		}},
		{"on-upload", []string{
			"reserved  20, which is also the most", "live  5 of 5 available", "may lambda:InvokeFunction for arn:aws:s3:::datalake", "s3.amazonaws.com",
			"layer:pandas:4  28.4 MB", "1 time", "1h00m", "on failure   arn:aws:sqs:eu-west-1:123456789012:upload-failures", "7  2026-11-12",
		}},
		{"order-events", []string{
			"vpc-0a1b2c3d4e5f60718", "subnet-0aa1 subnet-0bb2", "sg-0c0ffee0", "stream/orders, 100 at once", "enabled", "disabled",
			"orders-replay, 10 at once  USER_INITIATED", "dead letters  arn:aws:sqs:eu-west-1:123456789012:order-events-dead",
		}},
		{"resize-image", []string{
			"live  version 30 90%, version 31 10%", "https://k3xq5demo2r7.lambda-url.eu-west-1.on.aws/", "NONE: everybody may call it",
			"everybody  may lambda:InvokeFunction if", "https://shop.acme.example", "JSON",
		}},
		{"legacy-invoices", []string{"image", "none is published"}},
	}
	for _, tt := range tests {
		t.Run(tt.function, func(t *testing.T) { page(t, tt.function).Want(tt.want...).Lack("loading", "not allowed") })
	}
}

func TestTheValuesOfTheEnvironmentAreMaskedUntilAskedFor(t *testing.T) {
	s := page(t, "mean")
	s.Want("API_KEY    ••••").Lack("demo-key", "INFO")
	s.Keys("m").Want("API_KEY    demo-key-1f0c77", "LOG_LEVEL  INFO")
	s.Keys("m").Want("API_KEY    ••••").Lack("demo-key")
	s.Keys("y", "/").Type("this page").Keys("enter")
	if text := s.Clipboard(); strings.Contains(text, "demo-key") || !strings.Contains(text, "API_KEY") {
		t.Errorf("copied: %s", text)
	}
}

func TestASectionIsDeniedByItself(t *testing.T) {
	tests := []struct{ op, action, gone string }{
		{"lambda:GetFunctionConfiguration", "lambda:GetFunctionConfiguration", "python3.13"},
		{"lambda:GetFunctionConcurrency", "lambda:GetFunctionConcurrency", "which is also the most"},
		{"lambda:ListProvisionedConcurrencyConfigs", "lambda:ListProvisionedConcurrencyConfigs", "5 of 5"},
		{"lambda:ListEventSourceMappings", "lambda:ListEventSourceMappings", "no queue"},
		{"lambda:GetPolicy", "lambda:GetPolicy", "for arn:aws:s3:::datalake"},
		{"lambda:GetFunctionUrlConfig", "lambda:GetFunctionUrlConfig", ""},
		{"lambda:ListAliases", "lambda:ListAliases", "version 7"},
		{"lambda:ListVersionsByFunction", "lambda:ListVersionsByFunction", "512 MB  18.3 kB"},
		{"lambda:GetFunctionEventInvokeConfig", "lambda:GetFunctionEventInvokeConfig", "upload-failures"},
		{"lambda:ListTags", "lambda:ListTags", "team  data"},
	}
	all := map[string]string{"python3.13": "", "which is also": "", "5 of 5": "", "arn:aws:s3:::datalake": "", "upload-failures": "", "team  data": ""}
	for _, tt := range tests {
		t.Run(tt.op, func(t *testing.T) {
			s := at(t, "lambda", 120, 110).on("on-upload")
			s.account.Fail(tt.op, demo.Denied)
			s.Keys("enter").Want("✗ not allowed: "+tt.action, "1 section could not be read")
			for sentence := range all {
				if tt.gone != "" && (strings.Contains(sentence, tt.gone) || strings.Contains(tt.gone, sentence)) {
					s.Lack(sentence)
				} else {
					s.Want(sentence)
				}
			}
			s.Keys("y").Want("policy: " + tt.action).Keys("esc")
			s.account.Heal("*")
			s.Keys("r").Lack("not allowed")
		})
	}
}

func TestAFunctionThatIsNotThere(t *testing.T) {
	s := at(t, "lambda/nobody", 120, 40)
	s.Keys("esc").Want("Function not found", "nobody").Lack("loading")
}

func TestSectionsLoadByThemselves(t *testing.T) {
	s := at(t, "lambda", 120, 60).on("on-upload")
	s.account.Fail("lambda:GetPolicy", demo.Hang)
	s.Impatient().Keys("enter")
	s.Want("python3.13", "triggers", "loading…", "loading 1 of 10", "live  5 of 5")
}

func TestSearchOnThePage(t *testing.T) {
	s := at(t, "lambda", 80, 24).on("resize")
	s.Keys("enter").Lack("version 31")
	s.Keys("/").Type("version 31").Keys("enter").Want("version 30 90%, version 31 10%", "version 31: 2 lines")
}

func TestThePageOfAnAlias(t *testing.T) {
	s := at(t, "lambda/on-upload:live", 120, 60)
	s.Keys("esc").Want("function:on-upload:7", "version      7")
	s.Keys("e").Want("Settings: this is on-upload:live: open lambda/on-upload")
	s.Keys("D").Want("Delete: this is on-upload:live")
}

func TestFromThePage(t *testing.T) {
	s := page(t, "mean")
	s.Keys("x").Want("calculate_mean › invoke").Keys("esc")
	s.Keys("L").Want("calculate_mean logs").Keys("esc")
	s.Keys("H").Want("› history").Keys("esc")
	s.Keys("e").Want("calculate_mean › settings").Keys("esc")
	s.Want("python3.13")
}

func TestFromARow(t *testing.T) {
	s := list(t).on("mean")
	s.Keys("L").Want("calculate_mean logs").Keys("esc")
	s.Keys("H").Want("› history").Keys("esc")
	s.Keys(".").Want("no run of this function is remembered").Keys("esc")
	s.wantInvoked(0)
	s.Keys("x").Paste(`{"nums":[1,2,3]}`).Keys("ctrl+r").Want(`"body": 2.0`).Keys("esc")
	s.Keys(".").Want(`"body": 2.0`)
	s.wantInvoked(2)
}

func TestRunningAgainInAReadOnlySession(t *testing.T) {
	s := with(t, "lambda", 120, 40, setup{readOnly: true}).on("mean")
	s.Keys(".")
	s.wantInvoked(0)
}

func TestAPageFollowsAnUpdate(t *testing.T) {
	s := page(t, "mean")
	memory := int32(512)
	_, err := sdk.NewFromConfig(s.account.Config()).UpdateFunctionConfiguration(t.Context(),
		&sdk.UpdateFunctionConfigurationInput{FunctionName: ptr("calculate_mean"), MemorySize: &memory})
	if err != nil {
		t.Fatal(err)
	}
	s.Keys("r").Want("◐ InProgress", "512 MB")
	s.Advance(5 * time.Second).Want("last update  Successful").Lack("InProgress")
	before := len(s.account.Calls("lambda:GetFunctionConfiguration"))
	s.Advance(time.Minute)
	if n := len(s.account.Calls("lambda:GetFunctionConfiguration")); n != before {
		t.Errorf("a function at rest is polled: %d requests more", n-before)
	}
}

func TestTheFilterAsksForTags(t *testing.T) {
	s := list(t)
	s.Keys("/").Type("tag:team=shop")
	s.Want("order-events", "resize-image", "2 of 9 functions").Lack("echo")
	if n := len(s.account.Calls("lambda:ListTags")); n != 9 {
		t.Errorf("%d requests for the tags of nine functions", n)
	}
	s.Keys("esc").Want("echo").Keys("/").Type("tag:env=dev").Want("echo", "3 of 9 functions").Lack("order-events")
	if n := len(s.account.Calls("lambda:ListTags")); n != 9 {
		t.Errorf("%d requests after a second filter", n)
	}
}

func TestTagsThatAreDenied(t *testing.T) {
	s := list(t)
	s.account.Fail("lambda:ListTags", demo.Denied)
	s.Keys("/").Type("tag:team").Keys("enter").Want("tags: not allowed: lambda:ListTags")
	s.account.Heal("*")
	s.Keys("r").Want("6 match tag:team", "order-events")
}

func ptr[T any](v T) *T { return &v }
