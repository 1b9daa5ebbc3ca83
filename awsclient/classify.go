package awsclient

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Classify turns any error of a call into an *Error, and nil into nil. It
// decides by type and code; text is searched only where the SDK's credential
// providers report a failure without a type. Classifying twice changes nothing.
func Classify(err error) error {
	if err == nil {
		return nil
	}
	var inner *Error
	if errors.As(err, &inner) {
		if error(inner) == err { //nolint:errorlint // it is asked whether err is the very error, with nothing around it
			return err
		}
		e := *inner
		e.Err = err
		e.fromOperation(err, e.Service == "")
		e.fromCall(err)
		return &e
	}
	e := &Error{Err: err}
	e.fromOperation(err, true)
	e.fromCall(err)
	e.fromAPI(err)
	e.fromResponse(err)
	e.Kind = e.kind(err)
	e.settle()
	return e
}

// fromOperation takes the innermost operation: when credentials come from STS
// or SSO, it is their call that failed, and not the one that needed them.
func (e *Error) fromOperation(err error, take bool) {
	var op *smithy.OperationError
	for ; errors.As(err, &op) && take; err = op.Err {
		if op.Service() == imdsService {
			return
		}
		e.Service, e.Operation = op.Service(), op.Operation()
	}
}

// fromCall takes what the session's own middleware saw of the call.
func (e *Error) fromCall(err error) {
	var c *callError
	if !errors.As(err, &c) {
		return
	}
	e.Host, e.Profile, e.Target = or(e.Host, c.host), or(e.Profile, c.profile), or(e.Target, c.target)
	if c.waited > 0 {
		e.After = c.waited
	}
}

func (e *Error) fromAPI(err error) {
	var id interface{ ServiceRequestID() string }
	if errors.As(err, &id) {
		e.RequestID = id.ServiceRequestID()
	}
	var api smithy.APIError
	if !errors.As(err, &api) {
		return
	}
	if api.ErrorCode() == noCode {
		return
	}
	e.Code, e.Message = api.ErrorCode(), api.ErrorMessage()
	if m := denied.FindStringSubmatch(e.Message); m != nil {
		e.Principal, e.Action, e.Resource = m[1], m[2], m[3]
	}
	e.explicit = strings.Contains(e.Message, "explicit deny")
}

// noCode is what the SDK puts in place of a code where an answer has none, as
// that of a server which knows another service only: the status says more.
const noCode = "UnknownError"

// denied reads the sentence that all services share when they name what was refused.
var denied = regexp.MustCompile(`(?:User: (\S+) )?is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?([^\s"]+)"?)?`)

func (e *Error) fromResponse(err error) {
	var resp *smithyhttp.ResponseError
	if !errors.As(err, &resp) || resp.Response == nil || resp.Response.Response == nil {
		return
	}
	e.Status = resp.HTTPStatusCode()
	e.Region = resp.Response.Header.Get("x-amz-bucket-region")
	if s, err := strconv.Atoi(resp.Response.Header.Get("Retry-After")); err == nil && s > 0 {
		e.After = time.Duration(s) * time.Second
	}
	if ms, err := strconv.Atoi(resp.Response.Header.Get("x-amz-retry-after")); err == nil && ms > 0 {
		e.After = time.Duration(ms) * time.Millisecond
	}
}

const imdsService = "ec2imds" // the SDK's instance metadata client

func (e *Error) kind(err error) Kind {
	var cancel *aws.RequestCanceledError
	switch {
	case e.noCredentials(err):
		return NoCreds
	case e.loggedOut(err):
		return SSO
	case errors.Is(err, context.DeadlineExceeded):
		e.trouble = timeout
		return Network
	case errors.Is(err, context.Canceled), errors.As(err, &cancel):
		return Canceled
	case e.Code != "" && retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err) == aws.TrueTernary:
		return Throttled
	}
	if k := codeKind(e.Code); k != Unknown {
		return k
	}
	if k := e.network(err); k != Unknown {
		return k
	}
	var (
		params *smithy.InvalidParamsError
		serial *smithy.SerializationError
	)
	if errors.As(err, &params) || errors.As(err, &serial) {
		return Invalid
	}
	return statusKind(e.Status)
}

// noCredentials says whether the SDK went through all its providers in vain:
// instance metadata is the last of them.
func (e *Error) noCredentials(err error) bool {
	var empty *credentials.StaticCredentialsEmptyError
	if errors.As(err, &empty) {
		return true
	}
	var op *smithy.OperationError
	for rest := err; errors.As(rest, &op); rest = op.Err {
		if op.Service() == imdsService {
			return true
		}
	}
	return strings.Contains(err.Error(), "no EC2 IMDS role found")
}

// loggedOut says whether a login of the past has to be repeated, and by which
// command. The providers report most of these failures as bare text.
func (e *Error) loggedOut(err error) bool {
	var token *ssocreds.InvalidTokenError
	text := err.Error()
	switch {
	case errors.As(err, &token), strings.Contains(text, "cached SSO token"), strings.Contains(text, "refresh SSO token"),
		e.Service == "SSO" && e.Code == "UnauthorizedException",
		e.Service == "SSO OIDC" && codeKind(e.Code) != Unavailable && e.Code != "":
		e.login = "aws sso login"
	case strings.Contains(text, "load login token"), strings.Contains(text, "please reauthenticate"):
		e.login = "aws login"
	default:
		return false
	}
	return true
}

// settle fills in what follows from the kind.
func (e *Error) settle() {
	if e.Kind == Denied && e.Action == "" {
		e.Action = Action(e.Service, e.Operation)
	}
	if !e.redirected() {
		e.Region = ""
	} else if e.Region == "" {
		e.Region = regionIn(e.Message)
	}
	if e.Kind != Throttled && e.Kind != Network {
		e.After = 0
	}
}

// redirected says whether S3 refused because the bucket is elsewhere. It names
// the bucket's region in many other answers too.
func (e *Error) redirected() bool {
	switch e.Code {
	case "PermanentRedirect", "TemporaryRedirect", "MovedPermanently", "AuthorizationHeaderMalformed",
		"IllegalLocationConstraintException":
		return true
	}
	return e.Status == http.StatusMovedPermanently
}

// regionIn finds the region S3 expects in "…; expecting 'eu-west-1'".
func regionIn(message string) string {
	_, rest, _ := strings.Cut(message, "expecting '")
	region, _, found := strings.Cut(rest, "'")
	if !found || !KnownRegion(region) {
		return ""
	}
	return region
}
