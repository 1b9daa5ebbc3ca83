package lambda_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/lambda"
)

func TestWhatHangsOnAFunction(t *testing.T) {
	s, _ := open(t, awsclient.Options{ReadOnly: true}) // all of these only read
	tests := []struct {
		name string
		read func(context.Context) (any, error)
		want any
	}{
		{"an alias", func(ctx context.Context) (any, error) { return lambda.Aliases(ctx, s, "calculate_mean") }, []lambda.Alias{{
			Name: "live", ARN: "arn:aws:lambda:eu-west-1:123456789012:function:calculate_mean:live", Routes: []lambda.Route{{Version: "2", Weight: 1}},
		}}},
		{"weights", func(ctx context.Context) (any, error) {
			all, err := lambda.Aliases(ctx, s, "resize-image")
			return all[0].Routes, err
		}, []lambda.Route{{Version: "30", Weight: 0.9}, {Version: "31", Weight: 0.1}}},
		{"no versions", func(ctx context.Context) (any, error) {
			all, err := lambda.Versions(ctx, s, "slow")
			return len(all), err
		}, 1},
		{"reserved", func(ctx context.Context) (any, error) {
			n, ok, err := lambda.Reserved(ctx, s, "on-upload")
			return []any{n, ok}, err
		}, []any{20, true}},
		{"nothing reserved", func(ctx context.Context) (any, error) {
			n, ok, err := lambda.Reserved(ctx, s, "echo")
			return []any{n, ok}, err
		}, []any{0, false}},
		{"provisioned", func(ctx context.Context) (any, error) { return lambda.ListProvisioned(ctx, s, "on-upload") }, []lambda.Provisioned{{
			Qualifier: "live", Requested: 5, Allocated: 5, Available: 5, Status: "READY",
		}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.read(t.Context())
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, %v\nwant %+v", got, err, tt.want)
			}
		})
	}
}

func TestWhoCallsAFunctionAndHow(t *testing.T) {
	s, _ := open(t, awsclient.Options{ReadOnly: true})
	queue := "arn:aws:sqs:eu-west-1:123456789012:"
	tests := []struct {
		name string
		read func(context.Context) (any, error)
		want any
	}{
		{"a URL", func(ctx context.Context) (any, error) { return lambda.FunctionURL(ctx, s, "resize-image", "") }, lambda.URL{
			Address: "https://k3xq5demo2r7.lambda-url.eu-west-1.on.aws/", Auth: "NONE", Mode: "BUFFERED", Origins: []string{"https://shop.acme.example"},
		}},
		{"no URL", func(ctx context.Context) (any, error) { return lambda.FunctionURL(ctx, s, "echo", "") }, lambda.URL{}},
		{"settings for events", func(ctx context.Context) (any, error) { return lambda.AsyncSettings(ctx, s, "on-upload", "") }, lambda.AsyncConfig{
			Configured: true, Retries: 1, Age: time.Hour, OnFailure: queue + "upload-failures",
		}},
		{"the usual for events", func(ctx context.Context) (any, error) { return lambda.AsyncSettings(ctx, s, "echo", "") }, lambda.AsyncConfig{
			Retries: 2, Age: 6 * time.Hour,
		}},
		{"a trigger", func(ctx context.Context) (any, error) { return lambda.Permissions(ctx, s, "on-upload", "") }, []lambda.Permission{{
			ID: "datalake-incoming", Effect: "Allow", Principal: "s3.amazonaws.com", Actions: []string{"lambda:InvokeFunction"},
			Source: "arn:aws:s3:::datalake", Account: demo.AccountID,
		}}},
		{"no trigger", func(ctx context.Context) (any, error) {
			all, err := lambda.Permissions(ctx, s, "echo", "")
			return len(all), err
		}, 0},
		{"event sources", func(ctx context.Context) (any, error) {
			all, err := lambda.EventSources(ctx, s, "order-events")
			return []string{all[0].Source, all[0].State, all[1].Source, all[1].State}, err
		}, []string{"arn:aws:kinesis:eu-west-1:123456789012:stream/orders", "Enabled", queue + "orders-replay", "Disabled"}},
		{"tags", func(ctx context.Context) (any, error) {
			return lambda.Tags(ctx, s, "arn:aws:lambda:eu-west-1:123456789012:function:echo")
		}, map[string]string{"env": "dev"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.read(t.Context())
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, %v\nwant %+v", got, err, tt.want)
			}
		})
	}
}

// What is missing is no error, but everything else is, also where a lack is
// usual.
func TestWhatIsDeniedIsNotMissing(t *testing.T) {
	for op, read := range map[string]func(context.Context, *awsclient.Session) error{
		"GetPolicy": func(ctx context.Context, s *awsclient.Session) error {
			_, err := lambda.Permissions(ctx, s, "echo", "")
			return err
		},
		"GetFunctionUrlConfig": func(ctx context.Context, s *awsclient.Session) error {
			_, err := lambda.FunctionURL(ctx, s, "echo", "")
			return err
		},
		"GetFunctionEventInvokeConfig": func(ctx context.Context, s *awsclient.Session) error {
			_, err := lambda.AsyncSettings(ctx, s, "echo", "")
			return err
		},
	} {
		s, a := open(t, awsclient.Options{})
		a.Fail("lambda:"+op, demo.Denied)
		var e *awsclient.Error
		if err := read(t.Context(), s); !errors.As(err, &e) || e.Kind != awsclient.Denied || e.Action != "lambda:"+op {
			t.Errorf("%s: %v", op, err)
		}
	}
}

func TestPolicies(t *testing.T) {
	tests := []struct {
		name, document string
		want           []lambda.Permission
		bad            bool
	}{
		{
			"one statement without a list", `{"Statement":{"Sid":"a","Effect":"Allow","Principal":"*","Action":["x","y"]}}`,
			[]lambda.Permission{{ID: "a", Effect: "Allow", Principal: "*", Actions: []string{"x", "y"}}},
			false,
		},
		{
			"several principals", `{"Statement":[{"Effect":"Deny","Principal":{"AWS":["b","a"]},"Action":"x"}]}`,
			[]lambda.Permission{{Effect: "Deny", Principal: "[a b]", Actions: []string{"x"}}},
			false,
		},
		{
			"another condition", `{"Statement":[{"Principal":{"AWS":"*"},"Action":"x","Condition":{"StringEquals":{"k":"v"}}}]}`,
			[]lambda.Permission{{Principal: "*", Actions: []string{"x"}, Condition: `{"StringEquals":{"k":["v"]}}`}},
			false,
		},
		{"nothing", `{}`, []lambda.Permission{}, false},
		{"not JSON", `<xml>`, nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := lambda.ParsePolicy([]byte(tt.document))
			if (err != nil) != tt.bad || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got %+v, %v; want %+v", got, err, tt.want)
			}
		})
	}
}
