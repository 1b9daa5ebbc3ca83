package lambda

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"straws/awsclient/lambda"
	"straws/awsclient/runs"
	"straws/ui/clean"
	"straws/ui/pane"
	"straws/ui/textpane"
)

// shortMessage is the length of an error message that fits on one line.
const shortMessage = 40

// answerPane shows all that came back from a run. A jq expression is about the
// answer alone.
func answerPane(env pane.Env, r runs.Run, isJSON bool) *textpane.Pane {
	p := textpane.New(textpane.Spec{
		Title: "result", JSON: isJSON,
		Query: func() string { return string(r.Result.Payload) },
		Load:  func(context.Context, pane.Env) (string, error) { return resultText(r, isJSON), nil },
	})(env)
	return p.(*textpane.Pane) //nolint:forcetypeassert // it makes no other
}

// resultText is all that came back, in the order in which it is read: what went
// wrong, the answer, the log.
func resultText(run runs.Run, isJSON bool) string {
	r := run.Result
	var b strings.Builder
	if r.FunctionError != "" {
		b.WriteString(failureText(r.Failure))
	}
	if len(r.Payload) == 0 {
		b.WriteString(noAnswer(run) + "\n")
	} else {
		b.WriteString(strangeness(r.Payload, isJSON))
		text := pretty(r.Payload)
		b.WriteString(text + "\n")
	}
	if log := strings.TrimRight(r.Log, "\n"); log != "" {
		b.WriteString("\n── log tail ──\n" + log + "\n")
	}
	return b.String()
}

// noAnswer says why there is none.
func noAnswer(r runs.Run) string {
	switch {
	case r.Outcome != runs.Answered:
		return "(no answer came)"
	case r.Invocation.Mode == lambda.Async:
		return "(queued: Lambda runs it and keeps the answer to itself; the logs say how it ends)"
	case r.Invocation.Mode == lambda.DryRun:
		return "(nothing was run: the permission and the parameters are good)"
	}
	return "(no answer)"
}

// strangeness says how an answer differs from JSON, which is what most are.
func strangeness(payload []byte, isJSON bool) string {
	switch {
	case isJSON:
		return ""
	case !utf8.Valid(payload):
		return "(the answer is not UTF-8 text: \\x and two digits stand for a byte of it)\n"
	case clean.Text(string(payload)) != strings.ReplaceAll(string(payload), "\r\n", "\n") && !bytes.Contains(payload, []byte("\t")):
		return "(the answer is not JSON, and its control characters are written out)\n"
	}
	return "(the answer is not JSON; this is how it came)\n"
}

func failureText(f lambda.Failure) string {
	text := ""
	if f.Type == "" && f.Message == "" && len(f.Stack) == 0 {
		return text
	}
	if len(f.Message) > shortMessage || strings.Contains(f.Message, "\n") {
		text = f.Message + "\n" // the first line of the screen has only its beginning
	}
	for _, frame := range f.Stack {
		text += frame + "\n"
	}
	return text + "\n"
}

// pretty indents JSON without touching its values, and leaves alone what is not
// JSON.
func pretty(payload []byte) string {
	var b bytes.Buffer
	if json.Indent(&b, payload, "", "  ") != nil {
		return string(payload)
	}
	return b.String()
}

// verdict is the outcome of a run that was answered in words, with its shape.
func verdictOf(r lambda.Result) string {
	switch {
	case r.Report.Status == "timeout" || r.Failure.Type == "Sandbox.Timedout":
		return "✗ timed out"
	case r.FunctionError != "" && r.Failure.Type != "":
		return "✗ failed  " + r.Failure.Type + ": " + r.Failure.Message
	case r.FunctionError != "":
		return "✗ failed  " + r.FunctionError
	case r.Status == 202:
		return "✓ 202  queued"
	case r.Status == 204:
		return "✓ 204  would be allowed"
	}
	return fmt.Sprintf("✓ %d  succeeded", r.Status)
}

// figures are what the run took, in two groups: time and memory, and what the
// start and the whole cost.
func figures(run runs.Run) (first, second string) {
	r := run.Result.Report
	if r.Memory == 0 {
		return milliseconds(run.Took()), ""
	}
	first = fmt.Sprintf("%s  billed %d ms  %d of %d MB", milliseconds(run.Took()), r.Billed.Milliseconds(), r.Used, r.Memory)
	if v := run.Result.ExecutedVersion; v != "" && v != latest {
		second = "version " + v + "   "
	}
	if r.Init > 0 {
		second += "cold start " + milliseconds(r.Init) + "   "
	}
	return first, second + fmt.Sprintf("≈ $%.7f", r.Cost(run.Arch))
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
