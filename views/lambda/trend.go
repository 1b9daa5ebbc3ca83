package lambda

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"straws/awsclient/lambda"
	"straws/awsclient/runs"
	"straws/ui/format"
)

// trendRuns is how many runs a trend looks back.
const trendRuns = 40

// trend is how the duration and the memory of the runs of a function developed.
type trend struct {
	durations []float64 // seconds, oldest first
	used      []float64 // MB
	cold      int       // starts
	longest   time.Duration
	most      int64 // MB used
	memory    int64 // MB, of the last run
	timeout   time.Duration
}

// trendOf takes runs, newest first.
func trendOf(all []runs.Run) trend {
	var t trend
	for _, r := range all[:min(len(all), trendRuns)] {
		report := r.Result.Report
		if r.Outcome == runs.Damaged || report.Duration == 0 {
			continue
		}
		if t.memory == 0 {
			t.memory, t.timeout = report.Memory, r.Timeout
		}
		t.durations = append(t.durations, report.Duration.Seconds())
		t.used = append(t.used, float64(report.Used))
		t.longest, t.most = max(t.longest, report.Duration), max(t.most, report.Used)
		if report.Init > 0 {
			t.cold++
		}
	}
	slices.Reverse(t.durations)
	slices.Reverse(t.used)
	return t
}

// lines say how it was, for a screen w cells wide; none for fewer than two runs.
func (t trend) lines(w int) []string {
	if len(t.durations) < 2 {
		return nil
	}
	shown := min(len(t.durations), max(w-50, 8))
	last := len(t.durations) - shown
	lines := []string{
		fmt.Sprintf("duration  %s  %s to %s", spark(t.durations[last:]),
			milliseconds(asDuration(slices.Min(t.durations))), milliseconds(t.longest)),
		fmt.Sprintf("memory    %s  at most %d of %d MB   %s in %d runs", spark(t.used[last:]),
			t.most, t.memory, format.Plural(t.cold, "cold start", "cold starts"), len(t.durations)),
	}
	return append(lines, lambda.Advice(t.most, t.memory, t.longest, t.timeout)...)
}

func asDuration(seconds float64) time.Duration { return time.Duration(seconds * float64(time.Second)) }

// spark draws values as bars from zero to the largest.
func spark(values []float64) string {
	bars := []rune("▁▂▃▄▅▆▇█")
	most := slices.Max(values)
	var b strings.Builder
	for _, v := range values {
		i := 0
		if most > 0 {
			i = min(int(v/most*float64(len(bars))), len(bars)-1)
		}
		b.WriteRune(bars[max(i, 0)])
	}
	return b.String()
}
