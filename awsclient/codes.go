package awsclient

import (
	"net/http"
	"strings"
)

// notImplemented is the code of a server that is like S3 but for some operations.
const notImplemented = "NotImplemented"

// codeKind is the remedy for an AWS error code, Unknown where the code says
// nothing. S3 answers HEAD requests with the bare status as the code.
func codeKind(code string) Kind {
	switch code {
	case "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "Forbidden",
		"AllAccessDisabled", "AccountProblem", "OptInRequired", "NotAuthorized", "ForbiddenException",
		"KMSAccessDeniedException":
		return Denied
	case "ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired":
		return Expired
	case "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "SignatureDoesNotMatch",
		"AuthFailure", "InvalidSignatureException", "IncompleteSignature", "MissingAuthenticationToken",
		"MissingAuthenticationTokenException", "InvalidToken", "InvalidIdentityToken", "InvalidSecurity":
		return NoCreds
	case "NotFound", "NoSuchEntity", "NotFoundException", "ResourceNotFoundException", "404":
		return NotFound
	case "ResourceConflictException", "BucketNotEmpty", "ResourceInUseException", "ConflictException",
		"BucketAlreadyExists", "BucketAlreadyOwnedByYou", "OperationAborted", "OperationAbortedException",
		"PreconditionFailed", "PreconditionFailedException", "ConditionalRequestConflict", "InvalidObjectState",
		"DependencyViolation", "OperationNotPermitted", "UnsupportedOperation", "ResourceNotReadyException",
		"SnapStartNotReadyException", "InvalidBucketState", "RestoreAlreadyInProgress", "ResourceAlreadyExistsException",
		"ObjectAlreadyInActiveTierError", "CodeStorageExceededException":
		return Conflict
	case "ServiceUnavailable", "ServiceUnavailableException", "ServiceException", "InternalError", "InternalFailure",
		"InternalServerError", "InternalServerException", "InternalServiceError", "Unavailable",
		"InsufficientInstanceCapacity", "InsufficientCapacity", "RequestTimeout", "RequestTimeoutException":
		return Unavailable
	case "ValidationException", "ValidationError", "MissingParameter", "UnknownParameter", "RequestTooLargeException",
		"UnsupportedMediaTypeException", "KeyTooLongError", "EntityTooLarge", "EntityTooSmall", "MethodNotAllowed",
		"PermanentRedirect", "TemporaryRedirect", "MovedPermanently", "AuthorizationHeaderMalformed",
		"IllegalLocationConstraintException", "RequestTimeTooSkewed", "RegionDisabledException", "BadRequest",
		notImplemented:
		return Invalid
	}
	return codeFamily(code)
}

// codeFamily knows codes by the patterns AWS names them after: EC2 alone has
// hundreds of Invalid….NotFound and Incorrect…State.
func codeFamily(code string) Kind {
	switch {
	case strings.HasSuffix(code, ".NotFound"), strings.HasPrefix(code, "NoSuch"), strings.Contains(code, "NotFound"):
		return NotFound
	case strings.HasPrefix(code, "Incorrect"), strings.HasSuffix(code, "InUse"), strings.HasSuffix(code, "AlreadyExists"),
		strings.HasSuffix(code, "LimitExceeded"):
		return Conflict
	case strings.HasPrefix(code, "Invalid"), strings.HasPrefix(code, "Malformed"):
		return Invalid
	}
	return Unknown
}

// statusKind is the remedy when only the HTTP status is known.
func statusKind(status int) Kind {
	switch {
	case status == http.StatusForbidden:
		return Denied
	case status == http.StatusUnauthorized:
		return NoCreds
	case status == http.StatusNotFound, status == http.StatusGone:
		return NotFound
	case status == http.StatusConflict, status == http.StatusPreconditionFailed:
		return Conflict
	case status == http.StatusTooManyRequests:
		return Throttled
	case status >= 500:
		return Unavailable
	case status >= 300:
		return Invalid
	}
	return Unknown
}
