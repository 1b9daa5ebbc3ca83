package awsclient

import (
	"errors"
	"time"
)

// Kind says what the user can do about an error.
type Kind int

// Kinds of error, by remedy.
const (
	Unknown     Kind = iota
	Canceled         // the user asked for it; never shown as an error
	Denied           // ask for a permission
	SSO              // log in again
	Expired          // refresh credentials
	NoCreds          // configure credentials
	Throttled        // wait
	NotFound         // refresh the list
	Conflict         // something else is using it
	Invalid          // fix the input
	Network          // check the connection
	ReadOnly         // refused by the session itself, before any request
	Unavailable      // AWS failed; try again
)

// String is the kind as one word, for logs.
func (k Kind) String() string {
	switch k {
	case Canceled:
		return "canceled"
	case Denied:
		return "denied"
	case SSO:
		return "sso"
	case Expired:
		return "expired"
	case NoCreds:
		return "credentials"
	case Throttled:
		return "throttled"
	case NotFound:
		return "missing"
	case Conflict:
		return "conflict"
	case Invalid:
		return "invalid"
	case Network:
		return "network"
	case ReadOnly:
		return "read-only"
	case Unavailable:
		return "unavailable"
	case Unknown:
	}
	return "unknown"
}

// ErrReadOnly is wrapped by the error of every change a read-only session refuses.
var ErrReadOnly = errors.New("the session is read-only")

// Error is a failure with the facts a user needs in order to act. Its strings
// come from AWS and from the network as they are; Error and Hint escape them.
type Error struct {
	Kind      Kind
	Service   string // SDK name: "S3", "CloudWatch Logs"
	Operation string // "ListObjectsV2"
	Target    string // what the call named: "bucket logs"
	Action    string // IAM action: "s3:ListBucket"
	Resource  string // ARN of what was refused
	Principal string // ARN of who was refused
	Code      string
	Message   string
	RequestID string
	Status    int           // of the HTTP answer, 0 when there was none
	Host      string        // scheme and host that were asked, "" when no request was sent
	Region    string        // where S3 says the bucket is, when another region was asked
	Profile   string        // of the session that asked
	After     time.Duration // Throttled: how long AWS asks to wait. Network: how long was waited in vain
	Err       error

	hint  string // instead of the kind's own
	login string // the command that ends an SSO failure: "aws login"
	// explicit says that a policy denies, so that no Allow can help.
	explicit bool
	trouble  trouble // of the network
}

// Unwrap returns the SDK's error.
func (e *Error) Unwrap() error { return e.Err }

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
