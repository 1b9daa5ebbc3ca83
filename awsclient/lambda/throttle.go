package lambda

import (
	"errors"

	"github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// ThrottledBy says in a sentence which limit an invocation ran into, and "" when
// it was not throttled.
func ThrottledBy(err error) string {
	var t *types.TooManyRequestsException
	if !errors.As(err, &t) {
		return ""
	}
	switch t.Reason {
	case types.ThrottleReasonReservedFunctionConcurrentInvocationLimitExceeded:
		return "the function's own limit: its reserved concurrency is in use, or is set to 0"
	case types.ThrottleReasonConcurrentInvocationLimitExceeded:
		return "the account's limit: all of its concurrency in this region is in use, perhaps by other functions"
	case types.ThrottleReasonReservedFunctionInvocationRateLimitExceeded:
		return "the function's own limit: ten invocations a second for each unit of its reserved concurrency"
	case types.ThrottleReasonFunctionInvocationRateLimitExceeded:
		return "the account's limit: ten invocations a second for each unit of its concurrency"
	case types.ThrottleReasonCallerRateLimitExceeded:
		return "the limit of requests a second that this caller may make"
	case types.ThrottleReasonConcurrentSnapshotCreateLimitExceeded:
		return "the limit of snapshots made at once: the function is being prepared for SnapStart"
	}
	return "Lambda does not say whether the limit is the function's or the account's"
}
