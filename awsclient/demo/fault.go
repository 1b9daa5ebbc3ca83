package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/aws/smithy-go"
)

// Fault is something that goes wrong with an operation. Without Code, Err and
// Hang the call is only late, by Wait, and succeeds.
type Fault struct {
	Code, Message string            // an API error; Message may be left out
	Status        int               // its HTTP status; 400 when 0
	Err           error             // an error of the connection, where no answer comes at all
	Times         int               // how many attempts it hits; all of them, until Heal, when 0
	Wait          time.Duration     // real time added before it strikes
	Hang          bool              // no answer until the caller gives up
	After         bool              // it strikes when the work is done: the answer is lost
	When          func(in any) bool // which inputs (*ec2.TerminateInstancesInput …) it hits; all when nil

	kind kind
}

type kind int

const (
	plain kind = iota
	denied
	throttled
)

// Ready-made faults. Denied and Throttled speak as the service that they hit.
var (
	Denied    = Fault{kind: denied}
	Throttled = Fault{kind: throttled}
	Internal  = Fault{Code: "InternalError", Message: "We encountered an internal error. Please try again.", Status: 500}
	Reset     = Fault{Err: &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}}
	Refused   = Fault{Err: &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}}
	Expired   = Fault{Code: "ExpiredToken", Message: "The provided token has expired.", Status: 403}
	Slow      = Fault{Wait: 2 * time.Second}
	Hang      = Fault{Hang: true}
)

// Fail makes op ("ec2:DescribeInstances", or "*" for every operation) fail from
// the next attempt on. A fault of the operation itself goes before one of "*".
func (a *Account) Fail(op string, f Fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.faults[op] = &f
}

// Heal ends what Fail began for op; everything for "*".
func (a *Account) Heal(op string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if op == "*" {
		clear(a.faults)
	}
	delete(a.faults, op)
}

// fault returns the fault that hits this attempt, counting it.
func (a *Account) fault(x *exchange) (Fault, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, name := range []string{x.op, "*"} {
		f, ok := a.faults[name]
		if !ok || f.When != nil && !f.When(x.input) {
			continue
		}
		if f.Times == 1 {
			delete(a.faults, name)
		} else if f.Times > 1 {
			f.Times--
		}
		x.id = a.requestID()
		return *f, true
	}
	return Fault{}, false
}

// strike carries the fault out: it returns an error of the connection, or sets
// x.err, or neither when the call was only late.
func (f Fault) strike(ctx context.Context, x *exchange) error {
	if err := pause(ctx, f.Wait); err != nil {
		return err
	}
	switch {
	case f.Hang:
		<-ctx.Done()
		return ctx.Err()
	case f.Err != nil:
		return f.Err
	case f.kind == denied:
		x.err = deniedError(x.op, x.input)
	case f.kind == throttled:
		x.err = throttledError(x.op)
	case f.Code != "":
		x.err = apiError(f.Code, f.Message, max(f.Status, 400))
	}
	return nil
}

// deniedError is what a service answers when no policy allows the call.
func deniedError(op string, in any) error {
	action := versioned(iamAction(op), in)
	message := fmt.Sprintf("User: %s is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action",
		Principal, action, "*", action)
	if strings.HasPrefix(op, "s3:Head") { // the answer to HEAD has no body
		return apiError("Forbidden", "Forbidden", 403)
	}
	switch service, _, _ := strings.Cut(op, ":"); service {
	case "ec2":
		return apiError("UnauthorizedOperation", "You are not authorized to perform this operation. "+message, 403)
	case "s3", "sts", "iam":
		return apiError("AccessDenied", message, 403)
	case "lambda":
		return apiError("AccessDeniedException", message, 403)
	default:
		return apiError("AccessDeniedException", message, 400)
	}
}

// iamAction names the permission that an operation needs, where the two differ.
func iamAction(op string) string {
	switch op {
	case "s3:ListBuckets":
		return "s3:ListAllMyBuckets"
	case "s3:ListObjectsV2", "s3:HeadBucket":
		return "s3:ListBucket"
	case "s3:ListObjectVersions":
		return "s3:ListBucketVersions"
	case "s3:HeadObject":
		return "s3:GetObject"
	case "s3:DeleteObjects":
		return "s3:DeleteObject"
	case "s3:GetBucketEncryption":
		return "s3:GetEncryptionConfiguration"
	case "s3:GetBucketLifecycleConfiguration":
		return "s3:GetLifecycleConfiguration"
	case "s3:GetBucketReplication":
		return "s3:GetReplicationConfiguration"
	case "s3:GetPublicAccessBlock":
		return "s3:GetBucketPublicAccessBlock"
	case "s3:GetObjectLockConfiguration":
		return "s3:GetBucketObjectLockConfiguration"
	case "s3:CopyObject", "s3:CreateMultipartUpload", "s3:UploadPart", "s3:UploadPartCopy", "s3:CompleteMultipartUpload":
		return "s3:PutObject"
	case "s3:ListMultipartUploads":
		return "s3:ListBucketMultipartUploads"
	case "s3:ListParts":
		return "s3:ListMultipartUploadParts"
	case "lambda:Invoke", "lambda:InvokeWithResponseStream":
		return "lambda:InvokeFunction"
	}
	if rest, ok := strings.CutPrefix(op, "emr:"); ok {
		return "elasticmapreduce:" + rest
	}
	return op
}

// throttledError is how a service says that it is asked too often.
func throttledError(op string) error {
	switch service, _, _ := strings.Cut(op, ":"); service {
	case "ec2":
		return apiError("RequestLimitExceeded", "Request limit exceeded.", 503)
	case "s3":
		return apiError("SlowDown", "Please reduce your request rate.", 503)
	case "lambda":
		return apiError("TooManyRequestsException", "Rate exceeded", 429)
	case "sts", "iam":
		return apiError("Throttling", "Rate exceeded", 400)
	default:
		return apiError("ThrottlingException", "Rate exceeded", 400)
	}
}

// statusError is an API error that knows its HTTP status.
type statusError struct {
	smithy.GenericAPIError
	status int
}

// apiError makes the error that a handler returns when the service says no.
func apiError(code, message string, status int) error {
	fault := smithy.FaultClient
	if status >= 500 {
		fault = smithy.FaultServer
	}
	return &statusError{smithy.GenericAPIError{Code: code, Message: message, Fault: fault}, status}
}

// statusOf finds the HTTP status of an error, also of the SDK's own typed ones.
// An answer that the SDK cannot read was a good one for the server.
func statusOf(err error) int {
	var known *statusError
	if errors.As(err, &known) {
		return known.status
	}
	var unread *smithy.DeserializationError
	if err == nil || errors.As(err, &unread) {
		return http.StatusOK
	}
	var api smithy.APIError
	if !errors.As(err, &api) {
		return http.StatusInternalServerError
	}
	missing := []string{"NotFound", "NoSuchBucket", "NoSuchKey", "NoSuchUpload", "NoSuchEntity", "ResourceNotFoundException"}
	switch code := api.ErrorCode(); {
	case slices.Contains(missing, code):
		return http.StatusNotFound
	case code == "ResourceConflictException":
		return http.StatusConflict
	case code == "TooManyRequestsException":
		return http.StatusTooManyRequests
	case api.ErrorFault() == smithy.FaultServer:
		return http.StatusInternalServerError
	default:
		return http.StatusBadRequest
	}
}
