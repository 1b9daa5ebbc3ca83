package lambda_test

import (
	"math"
	"testing"
	"time"

	"straws/awsclient/lambda"
)

const (
	coldReport = "START RequestId: 7b1c Version: $LATEST\nREPORT RequestId: 7b1c\tDuration: 2.13 ms\tBilled Duration: 115 ms\tMemory Size: 128 MB\tMax Memory Used: 38 MB\tInit Duration: 112.45 ms\t\n"
	jsonReport = `{"time":"t","type":"platform.start","record":{}}
{"time":"t","type":"platform.report","record":{"requestId":"7b1c","metrics":{"durationMs":12.5,"billedDurationMs":13,"memorySizeMB":1024,"maxMemoryUsedMB":187,"initDurationMs":90.1,"producedBytes":17},"status":"error","errorType":"Runtime.Unknown"}}
`
)

func TestParseReport(t *testing.T) {
	tests := []struct {
		name, log string
		found     bool
		want      lambda.Report
	}{
		{"cold start", coldReport, true, lambda.Report{
			RequestID: "7b1c", Duration: 2130 * time.Microsecond, Billed: 115 * time.Millisecond, Init: 112450 * time.Microsecond, Memory: 128, Used: 38,
		}},
		{"timeout and trace", "REPORT RequestId: 9\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 38 MB\tStatus: timeout\nXRAY TraceId: 1-a-b\tSegmentId: 7\tSampled: true", true, lambda.Report{
			RequestID: "9", Duration: 3 * time.Second, Billed: 3 * time.Second, Memory: 128, Used: 38, Status: "timeout", TraceID: "1-a-b",
		}},
		{"snapshot", "REPORT RequestId: 9\tRestore Duration: 1.5 ms\tBilled Restore Duration: 2 ms\tError Type: Runtime.ExitError", true, lambda.Report{
			RequestID: "9", Restore: 1500 * time.Microsecond, BilledRestore: 2 * time.Millisecond, ErrorType: "Runtime.ExitError",
		}},
		{"JSON", jsonReport, true, lambda.Report{
			RequestID: "7b1c", Duration: 12500 * time.Microsecond, Billed: 13 * time.Millisecond, Init: 90100 * time.Microsecond,
			Memory: 1024, Used: 187, Status: "error", ErrorType: "Runtime.Unknown",
		}},
		{"the function prints one too", "REPORT RequestId: fake\tMemory Size: 1 MB\n" + coldReport, true, lambda.Report{
			RequestID: "7b1c", Duration: 2130 * time.Microsecond, Billed: 115 * time.Millisecond, Init: 112450 * time.Microsecond, Memory: 128, Used: 38,
		}},
		{"values out of reason", "REPORT RequestId: 9\tDuration: 1e300 ms\tBilled Duration: -4 ms\tInit Duration: NaN ms", true, lambda.Report{RequestID: "9"}},
		{"no report", "START RequestId: 1\nhello\n", false, lambda.Report{}},
		{"empty", "", false, lambda.Report{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := lambda.ParseReport(tt.log)
			got.Other = nil
			if ok != tt.found || !same(got, tt.want) {
				t.Errorf("got  %+v, %v\nwant %+v, %v", got, ok, tt.want, tt.found)
			}
		})
	}
}

func same(a, b lambda.Report) bool {
	a.Other, b.Other = nil, nil
	return a.RequestID == b.RequestID && a.Duration == b.Duration && a.Billed == b.Billed && a.Init == b.Init &&
		a.Restore == b.Restore && a.BilledRestore == b.BilledRestore && a.Memory == b.Memory && a.Used == b.Used &&
		a.Status == b.Status && a.ErrorType == b.ErrorType && a.TraceID == b.TraceID
}

func TestUnknownFieldsAreKept(t *testing.T) {
	r, _ := lambda.ParseReport("REPORT RequestId: 1\tSandbox Kind: micro\tMemory Size: some MB")
	if r.Other["Sandbox Kind"] != "micro" || r.Other["Memory Size"] != "some MB" {
		t.Errorf("got %+v", r.Other)
	}
	if r, _ = lambda.ParseReport(jsonReport); r.Other["producedBytes"] != "17" {
		t.Errorf("JSON: got %+v", r.Other)
	}
}

func TestCost(t *testing.T) {
	tests := []struct {
		name string
		r    lambda.Report
		arch string
		want float64
	}{
		{"small", lambda.Report{Billed: 3 * time.Millisecond, Memory: 128}, "x86_64", 2.0625e-7},
		{"a second of a gigabyte", lambda.Report{Billed: time.Second, Memory: 1024}, "x86_64", 1.68667e-5},
		{"on arm", lambda.Report{Billed: time.Second, Memory: 1024}, "arm64", 1.35334e-5},
		{"no report", lambda.Report{}, "x86_64", 2e-7},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.r.Cost(tt.arch); math.Abs(got-tt.want) > 1e-11 {
				t.Errorf("got %g, want %g", got, tt.want)
			}
		})
	}
}

func FuzzParseReport(f *testing.F) {
	f.Add(coldReport)
	f.Add(jsonReport)
	f.Add("REPORT \t: \tDuration: x ms\nXRAY ")
	f.Fuzz(func(t *testing.T, log string) {
		r, ok := lambda.ParseReport(log)
		if r.Duration < 0 || r.Billed < 0 || r.Init < 0 || r.Memory < 0 || r.Used < 0 {
			t.Fatalf("negative: %+v", r)
		}
		if c := r.Cost("arm64"); ok && (math.IsNaN(c) || c < 0) {
			t.Fatalf("cost %v of %+v", c, r)
		}
	})
}
