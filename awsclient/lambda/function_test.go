package lambda_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/lambda"
)

func TestListIsOneRequestAPage(t *testing.T) {
	s, a := open(t, awsclient.Options{})
	next := lambda.List(s.In("us-east-1"))
	for i, want := range []int{50, 50, 20} {
		page, more, err := next(t.Context())
		if err != nil || len(page) != want || more != (i < 2) {
			t.Fatalf("page %d: %d functions, more %v, %v", i, len(page), more, err)
		}
		if n := len(a.Calls("lambda:ListFunctions")); n != i+1 {
			t.Errorf("page %d: %d requests", i, n)
		}
	}
}

func TestAFunctionInTheList(t *testing.T) {
	s, _ := open(t, awsclient.Options{})
	page, _, err := lambda.List(s)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range page {
		if f.Name == "calculate_mean" {
			if f.Runtime != "python3.13" || f.Memory != 128 || f.Timeout != 3*time.Second || f.Arch != "x86_64" ||
				f.LogGroup != "/aws/lambda/calculate_mean" || time.Since(f.Modified) > time.Hour {
				t.Errorf("got %+v", f)
			}
			return
		}
	}
	t.Error("calculate_mean is not in the list")
}

func TestConfigurationMasksTheEnvironment(t *testing.T) {
	s, _ := open(t, awsclient.Options{})
	c, err := lambda.Describe(t.Context(), s, "calculate_mean", "")
	if err != nil {
		t.Fatal(err)
	}
	if c.Environment["API_KEY"].String() != lambda.Masked || strings.Contains(fmt.Sprintf("%+v", c), "demo-key") {
		t.Errorf("a value is not masked: %+v", c)
	}
	if c.State != "Active" || c.Update != "Successful" || c.Role == "" || c.Version != "$LATEST" {
		t.Errorf("got %+v", c)
	}
}

func TestConfigurationOfAVersion(t *testing.T) {
	s, _ := open(t, awsclient.Options{})
	c, err := lambda.Describe(t.Context(), s, "order-events", "live")
	if err != nil || c.Version != "12" || c.VPC.ID == "" || len(c.VPC.Subnets) != 2 {
		t.Errorf("got %+v, %v", c, err)
	}
}

func TestFailuresAreClassified(t *testing.T) {
	s, a := open(t, awsclient.Options{})
	a.Fail("lambda:ListFunctions", demo.Denied)
	_, _, err := lambda.List(s)(t.Context())
	var e *awsclient.Error
	if !errors.As(err, &e) || e.Kind != awsclient.Denied || e.Action != "lambda:ListFunctions" {
		t.Errorf("denied: %v", err)
	}
	_, err = lambda.Describe(t.Context(), s, "nope", "")
	if !errors.As(err, &e) || e.Kind != awsclient.NotFound {
		t.Errorf("missing: %v", err)
	}
}
