package lambda

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
	"github.com/aws/smithy-go"
)

// Mode is how a function is invoked.
type Mode int

// Modes of invocation.
const (
	Wait   Mode = iota // run it and wait for the answer
	Async              // queue it; Lambda answers at once and may run it up to three times
	DryRun             // check permission and parameters only
	Stream             // run it and read the answer while the function writes it
)

// String is the mode as the screen and the history write it.
func (m Mode) String() string { return [...]string{"wait", "async", "dry run", "stream"}[m] }

// Modes are all modes, in the order in which they are offered.
func Modes() []Mode { return []Mode{Wait, Stream, Async, DryRun} }

// Limit is the largest payload of the mode, in bytes.
func (m Mode) Limit() int {
	if m == Async {
		return 1 << 20
	}
	return 6 << 20
}

func (m Mode) kind() types.InvocationType {
	switch m {
	case Async:
		return types.InvocationTypeEvent
	case DryRun:
		return types.InvocationTypeDryRun
	default:
		return types.InvocationTypeRequestResponse
	}
}

// Invocation is one run to be made.
type Invocation struct {
	Function  string // name or ARN
	Qualifier string // version or alias; empty for $LATEST
	Payload   []byte // sent as it is; empty for no event
	Context   []byte // client context, a JSON object for the function to read; empty for none
	Mode      Mode
}

// Result is what came back from an invocation. A failed function is a Result
// too: FunctionError says so.
type Result struct {
	Status          int    // 200 ran, 202 queued, 204 would be allowed
	FunctionError   string // "Unhandled" or "Handled"; empty when the function succeeded
	Failure         Failure
	Payload         []byte // the answer, whole
	Log             string // the last 4 KB of the log of this run
	Report          Report // from Log; zero when the log has none
	RequestID       string
	ExecutedVersion string        // what the qualifier resolved to
	Elapsed         time.Duration // as seen from here, with the way there and back
}

// ErrOutcomeUnknown marks an invocation that ended without an answer although it
// may have reached Lambda. It is never sent again.
var ErrOutcomeUnknown = errors.New("no answer: the function may have run, its outcome is unknown")

// Invoke runs a function with exactly one request (lambda:InvokeFunction): only
// a throttle or a refused connection, which never ran anything, is tried again.
// Nothing but ctx limits how long it waits, and a function whose ctx is
// cancelled runs on.
func Invoke(ctx context.Context, s *awsclient.Session, i Invocation) (Result, error) {
	in := &sdk.InvokeInput{
		FunctionName: aws.String(i.Function), Qualifier: optional(i.Qualifier), InvocationType: i.Mode.kind(),
		ClientContext: i.context(),
	}
	if len(bytes.TrimSpace(i.Payload)) > 0 {
		in.Payload = i.Payload
	}
	if i.Mode == Wait {
		in.LogType = types.LogTypeTail
	}
	start := time.Now()
	out, err := invokeClient(s).Invoke(ctx, in)
	if err != nil {
		err = invokeError(i.Function, err)
		i.audit(s, requestID(err), err)
		return Result{}, err
	}
	r := newResult(out)
	r.Elapsed = time.Since(start)
	i.auditResult(s, r)
	return r, nil
}

// context is the client context as the request carries it.
func (i Invocation) context() *string {
	if len(bytes.TrimSpace(i.Context)) == 0 {
		return nil
	}
	return aws.String(base64.StdEncoding.EncodeToString(i.Context))
}

func (i Invocation) auditResult(s *awsclient.Session, r Result) {
	var failed error
	if r.FunctionError != "" {
		failed = fmt.Errorf("the function failed: %s", cmp.Or(r.Failure.Type, r.FunctionError))
	}
	i.audit(s, r.RequestID, failed)
}

func (i Invocation) audit(s *awsclient.Session, id string, err error) {
	if i.Mode == DryRun {
		return
	}
	target := i.Function
	if i.Qualifier != "" {
		target += ":" + i.Qualifier
	}
	s.Audit(awsclient.Change{Action: "lambda:InvokeFunction", Target: target, Err: err, RequestID: id})
}

func newResult(out *sdk.InvokeOutput) Result {
	r := Result{
		Status:          int(out.StatusCode),
		FunctionError:   aws.ToString(out.FunctionError),
		Payload:         out.Payload,
		ExecutedVersion: aws.ToString(out.ExecutedVersion),
	}
	r.RequestID, _ = awsmiddleware.GetRequestIDMetadata(out.ResultMetadata)
	r.addLog(out.LogResult)
	if r.FunctionError != "" {
		r.Failure = ParseFailure(r.Payload)
	}
	return r
}

func (r *Result) addLog(tail *string) {
	if log, err := base64.StdEncoding.DecodeString(aws.ToString(tail)); err == nil {
		// The 4 KB may begin in the middle of a character.
		r.Log = strings.ToValidUTF8(string(log), "")
	}
	r.Report, _ = ParseReport(r.Log)
}

// invokeError adds ErrOutcomeUnknown where the function may have run.
func invokeError(function string, err error) error {
	if maybeRan(err) {
		err = fmt.Errorf("%w: %w", ErrOutcomeUnknown, err)
	}
	return awsclient.Classify(fmt.Errorf("invoke %s: %w", function, err))
}

// maybeRan reports whether the request may have reached Lambda although nothing
// usable came back.
func maybeRan(err error) bool {
	var (
		network  net.Error
		dial     *net.OpError
		answer   interface{ HTTPStatusCode() int }
		api      smithy.APIError
		deadline *smithy.CanceledError
	)
	switch {
	case errors.Is(err, context.Canceled), credentials(err):
		return false // stopped by the user, who knows; or never sent
	case errors.As(err, &dial) && dial.Op == "dial":
		return false
	case errors.As(err, &answer):
		return answer.HTTPStatusCode() >= 500 || answer.HTTPStatusCode() < 300
	case errors.As(err, &api):
		return api.ErrorFault() == smithy.FaultServer
	case errors.As(err, &network), errors.As(err, &deadline):
		return true
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// credentials reports whether err is of another request, which had to get
// credentials before Invoke could be signed and sent.
func credentials(err error) bool {
	var invoke, other *smithy.OperationError
	return errors.As(err, &invoke) && errors.As(invoke.Err, &other)
}

func requestID(err error) string {
	var e *awsclient.Error
	if errors.As(err, &e) {
		return e.RequestID
	}
	return ""
}
