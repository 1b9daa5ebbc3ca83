package awsclient

import (
	"context"
	"errors"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/smithy-go"
)

// Kind says what the user can do about an error.
type Kind int

// Kinds of error, by remedy.
const (
	Unknown   Kind = iota
	Canceled       // the user asked for it; never shown as an error
	Denied         // ask for a permission
	SSO            // log in again
	Expired        // refresh credentials
	NoCreds        // configure credentials
	Throttled      // wait
	NotFound       // refresh the list
	Conflict       // something else is using it
	Invalid        // fix the input
	Network        // check the connection
	ReadOnly       // refused by the session itself, before any request
	Unavailable    // AWS failed; try again
)

// ErrReadOnly is wrapped by the error of every change a read-only session refuses.
var ErrReadOnly = errors.New("the session is read-only")

// Error is an AWS failure with the facts a user needs in order to act.
type Error struct {
	Kind      Kind
	Service   string // "SQS"
	Operation string // "PurgeQueue"
	Action    string // "sqs:PurgeQueue", from the message when it says so
	Resource  string // ARN of what was refused
	Principal string // ARN of who was refused
	Code      string
	Message   string
	RequestID string
	Status    int           // of the HTTP answer, 0 when there was none
	Host      string        // scheme and host that were asked, for Network
	Region    string        // where S3 says the bucket is, when another region was asked
	Profile   string        // of the session that asked
	After     time.Duration // Throttled: how long AWS asks to wait. Network: how long was waited
	Err       error
}

// Hint says what to do next, or "".
func (e *Error) Hint() string { return "" }

// Policy returns an IAM policy statement as JSON that would allow what was denied, or "".
func (e *Error) Policy() string { return "" }

func (e *Error) Error() string {
	switch e.Kind {
	case Denied:
		return fmt.Sprintf("not allowed: %s on %s", or(e.Action, e.Operation), or(e.Resource, "this resource"))
	case SSO:
		return "the SSO session has expired"
	case Throttled:
		return fmt.Sprintf("%s is throttling %s", or(e.Service, "AWS"), or(e.Operation, "requests"))
	}
	return or(e.Message, e.Err.Error())
}

// Unwrap returns the SDK's error.
func (e *Error) Unwrap() error { return e.Err }

var denied = regexp.MustCompile(`(?:User: (\S+) )?is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?([^\s"]+)"?)?`)

var codes = map[Kind][]string{
	Denied:   {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "Forbidden"},
	Expired:  {"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"},
	NoCreds:  {"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch"},
	NotFound: {"NotFound", "NoSuchBucket", "NoSuchKey", "ResourceNotFoundException", "InvalidInstanceID.NotFound"},
	Conflict: {"ResourceConflictException", "IncorrectInstanceState", "BucketNotEmpty", "ResourceInUseException"},
	Invalid:  {"ValidationException", "InvalidParameterValue", "InvalidRequestContentException", "InvalidRequestException"},
}

// Classify turns any error from the SDK into an *Error. It is idempotent and
// decides by type and code, never by searching the text, with one exception:
// the SDK reports an expired SSO token in two shapes and one has no type.
func Classify(err error) error {
	if err == nil {
		return nil
	}
	var done *Error
	if errors.As(err, &done) {
		return err
	}
	e := &Error{Err: err}
	var op *smithy.OperationError
	if errors.As(err, &op) {
		e.Service, e.Operation = op.Service(), op.Operation()
	}
	var id interface{ ServiceRequestID() string }
	if errors.As(err, &id) {
		e.RequestID = id.ServiceRequestID()
	}
	var api smithy.APIError
	if errors.As(err, &api) {
		e.Code, e.Message = api.ErrorCode(), api.ErrorMessage()
		if m := denied.FindStringSubmatch(e.Message); m != nil {
			e.Principal, e.Action, e.Resource = m[1], m[2], m[3]
		}
	}
	e.Kind = kind(err, e.Code)
	return e
}

func kind(err error, code string) Kind {
	var (
		token   *ssocreds.InvalidTokenError
		offline *net.OpError
		cancel  *smithy.CanceledError
	)
	switch {
	case errors.Is(err, context.Canceled), errors.As(err, &cancel):
		return Canceled
	case errors.As(err, &token), strings.Contains(err.Error(), "cached SSO token"):
		return SSO
	case retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err) == aws.TrueTernary:
		return Throttled
	}
	for k, list := range codes {
		if slices.Contains(list, code) {
			return k
		}
	}
	if errors.As(err, &offline) {
		return Network
	}
	return Unknown
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
