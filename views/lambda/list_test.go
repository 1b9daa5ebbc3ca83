package lambda_test

import (
	"strings"
	"testing"

	"straws/awsclient/demo"
)

func TestTheListShowsTheFunctions(t *testing.T) {
	s := list(t)
	s.Want("NAME", "RUNTIME", "MEMORY", "TIMEOUT", "MODIFIED", "9 functions")
	row := s.row("calculate_mean")
	for _, want := range []string{"python3.13", "128 MB", "3s", "14:34"} {
		if !strings.Contains(row, want) {
			t.Errorf("%q is not in: %s", want, row)
		}
	}
	if row := s.row("legacy-invoices"); !strings.Contains(row, "image") || !strings.Contains(row, "2025-10-06") {
		t.Errorf("a container image: %s", row)
	}
	if n := len(s.account.Calls("lambda:ListFunctions")); n != 1 {
		t.Errorf("AWS was asked %d times for one page", n)
	}
}

func TestWhatStaysOnANarrowScreen(t *testing.T) {
	tests := []struct {
		name string
		w, h int
		want []string
	}{
		{"wide", 200, 60, []string{"HANDLER", "DESCRIPTION", "com.acme.orders.Handler"}},
		{"ordinary", 80, 24, []string{"calculate_mean", "python3.13", "128 MB", "TIMEOUT", "MODIFIED"}},
		{"narrow", 40, 8, []string{"calculate_mean", "python3.13"}},
		{"too small", 20, 5, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { at(t, "lambda", tt.w, tt.h).Want(tt.want...) })
	}
}

func TestThreePagesAreOneList(t *testing.T) {
	s := list(t)
	s.Keys("R").Type("us-east-1").Keys("enter").Want("120 functions")
	s.Keys("3", "1", "G").Want("users-")
}

func TestFilterAndSort(t *testing.T) {
	s := list(t)
	s.Keys("/").Type("python").Want("calculate_mean", "5 of 9").Lack("order-events").Keys("esc").Want("order-events")
	s.Keys("/").Type(">900mb").Keys("enter")
	s.Want("order-events", "resize-image").Lack("calculate_mean")
}

func TestTheOverviewCountsFunctions(t *testing.T) {
	at(t, "", 120, 40).Want("Lambda", "9 functions", "calculate_mean", "python3.13", "128 MB")
}

func TestTheConfigurationMasksSecrets(t *testing.T) {
	s := list(t).on("mean")
	s.Keys("enter").Want("lambda_function.lambda_handler", "role", "log group", "/aws/lambda/calculate_mean", "API_KEY    ••••").Lack("demo-key")
	s.Keys("esc", "i", "G").Want(`"API_KEY": "••••"`).Lack("demo-key")
	s.Keys("esc").Want("9 functions", "1 match mean")
}

func TestWhatIsCopied(t *testing.T) {
	s := list(t).on("mean")
	s.Keys("y").Want("name", "ARN", "log group")
	s.Keys("enter")
	if s.Clipboard() != "calculate_mean" {
		t.Errorf("copied %q", s.Clipboard())
	}
}

func TestDenied(t *testing.T) {
	s := with(t, "lambda", 80, 24, failing("lambda:ListFunctions", demo.Denied))
	a := s.account
	s.Want("lambda:ListFunctions")
	a.Heal("*")
	s.Keys("r").Want("9 functions")
	a.Fail("lambda:GetFunctionConfiguration", demo.Denied)
	s.on("mean").Keys("enter").Want("lambda:GetFunctionConfiguration")
	s.Keys("esc", "x").Type("{}").Keys("ctrl+r").Want("KeyError") // running needs no configuration
	a.Fail("lambda:Invoke", demo.Denied)
	s.Keys("ctrl+r").Want("lambda:InvokeFunction", "{}")
}
