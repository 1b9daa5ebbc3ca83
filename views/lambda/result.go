package lambda

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"straws/awsclient/lambda"
)

// shortMessage is the length of an error message that fits on one line.
const shortMessage = 40

// resultText is all that came back, in the order in which it is read: what went
// wrong, the answer, the log.
func resultText(r lambda.Result) string {
	var b strings.Builder
	if r.FunctionError != "" {
		b.WriteString(failureText(r.Failure))
	}
	if len(r.Payload) == 0 {
		b.WriteString("(no answer)\n")
	} else {
		text, _ := pretty(r.Payload)
		b.WriteString(text + "\n")
	}
	if log := strings.TrimRight(r.Log, "\n"); log != "" {
		b.WriteString("\n── log tail ──\n" + log + "\n")
	}
	return b.String()
}

func failureText(f lambda.Failure) string {
	if f.Type == "" && f.Message == "" && len(f.Stack) == 0 {
		return ""
	}
	text := ""
	if len(f.Message) > shortMessage || strings.Contains(f.Message, "\n") {
		text = f.Message + "\n" // the first line of the screen has only its beginning
	}
	for _, frame := range f.Stack {
		text += frame + "\n"
	}
	return text + "\n"
}

// pretty indents JSON without touching its values, and reports whether it is JSON.
func pretty(payload []byte) (string, bool) {
	var b bytes.Buffer
	if json.Indent(&b, payload, "", "  ") != nil {
		return string(payload), false
	}
	return b.String(), true
}

// took is the duration that Lambda reports, or the one seen from here.
func (a answer) took() time.Duration {
	if a.Report.Duration > 0 {
		return a.Report.Duration
	}
	return a.Elapsed
}

// verdict is the outcome in words, with its shape.
func (a answer) verdict() string {
	switch {
	case a.Report.Status == "timeout":
		return "✗ timed out"
	case a.FunctionError != "" && a.Failure.Type != "":
		return "✗ failed  " + a.Failure.Type + ": " + a.Failure.Message
	case a.FunctionError != "":
		return "✗ failed  " + a.FunctionError
	case a.Status == 202:
		return "✓ 202  queued"
	case a.Status == 204:
		return "✓ 204  would be allowed"
	}
	return fmt.Sprintf("✓ %d  succeeded", a.Status)
}

// figures are what the run took, in two groups: time and memory, and what the
// start and the whole cost.
func (a answer) figures(arch string) (first, second string) {
	r := a.Report
	if r.Memory == 0 {
		return milliseconds(a.took()), ""
	}
	first = fmt.Sprintf("%s  billed %d ms  %d of %d MB", milliseconds(a.took()), r.Billed.Milliseconds(), r.Used, r.Memory)
	if v := a.ExecutedVersion; v != "" && v != "$LATEST" {
		second = "version " + v + "   "
	}
	if r.Init > 0 {
		second += "cold start " + milliseconds(r.Init) + "   "
	}
	return first, second + fmt.Sprintf("≈ $%.7f", r.Cost(arch))
}

// milliseconds writes a short time to a tenth of a millisecond.
func milliseconds(d time.Duration) string {
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d >= 100*time.Millisecond:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}
