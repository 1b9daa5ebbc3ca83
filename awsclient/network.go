package awsclient

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// trouble is what went wrong between us and the endpoint.
type trouble int

const (
	someTrouble trouble = iota
	timeout
	unknownHost
	lookupFailed
	refused
	reset
	unreachable
	badProxy
	badCertificate
	notTLS
	hungUp
	cutOff
	notAWS
	garbage
)

// network classifies what happened below the level of AWS error codes, and
// names the host. It is Unknown when the network did its work.
func (e *Error) network(err error) Kind {
	var (
		sent    *url.Error
		sendTo  *smithyhttp.RequestSendError
		op      *net.OpError
		broken  *smithy.DeserializationError
		strange *answerError
	)
	if errors.As(err, &sent) {
		e.Host = or(e.Host, hostOf(sent.URL))
	}
	switch {
	case errors.As(err, &strange):
		e.trouble, e.Message = notAWS, strange.Error()
	case errors.As(err, &broken):
		e.trouble = brokenAnswer(broken)
	case errors.As(err, &sent), errors.As(err, &sendTo), errors.As(err, &op), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, syscall.ECONNRESET):
		e.trouble = sendTrouble(err)
	default:
		return Unknown
	}
	if e.trouble == someTrouble {
		e.Message = innermost(err).Error()
	}
	return Network
}

// brokenAnswer tells an answer that stopped early from one that is not AWS's.
func brokenAnswer(err *smithy.DeserializationError) trouble {
	text := err.Error()
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || strings.Contains(text, "unexpected EOF") ||
		strings.Contains(text, "unexpected end of JSON") {
		return cutOff
	}
	return garbage
}

func sendTrouble(err error) trouble {
	var (
		dns   *net.DNSError
		op    *net.OpError
		slow  net.Error
		certs *tls.CertificateVerificationError
		name  x509.HostnameError
		ca    x509.UnknownAuthorityError
	)
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return unknownHost
	case errors.As(err, &dns):
		return lookupFailed
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return badProxy
	case errors.As(err, &certs), errors.As(err, &name), errors.As(err, &ca):
		return badCertificate
	case errors.Is(err, http.ErrSchemeMismatch):
		return notTLS
	case errors.Is(err, syscall.ECONNREFUSED):
		return refused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return reset
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return unreachable
	case errors.As(err, &slow) && slow.Timeout():
		return timeout
	case errors.Is(err, io.ErrUnexpectedEOF):
		return cutOff
	case errors.Is(err, io.EOF):
		return hungUp
	}
	return someTrouble
}

// networkSentence says what the endpoint did.
func (e *Error) networkSentence() string {
	host := or(e.Host, "AWS")
	switch e.trouble {
	case timeout:
		return e.timeoutSentence()
	case unknownHost:
		return "there is no host " + hostname(host)
	case lookupFailed:
		return fmt.Sprintf("the address of %s cannot be looked up", hostname(host))
	case refused:
		return host + " refused the connection"
	case reset:
		return host + " reset the connection"
	case unreachable:
		return "there is no route to " + host
	case badProxy:
		return "the proxy did not connect to " + host
	case badCertificate:
		return "the certificate of " + host + " is not trusted: " + innermost(e.Err).Error()
	case notTLS:
		return host + " speaks http, not https"
	case hungUp:
		return host + " closed the connection without an answer"
	case cutOff:
		return host + " cut its answer off in the middle"
	case notAWS:
		return host + " did not answer like AWS: " + e.Message
	case garbage:
		return host + " did not answer like AWS: its answer cannot be read"
	case someTrouble:
	}
	return fmt.Sprintf("no answer from %s: %s", host, e.Message)
}

// timeoutSentence tells a silent endpoint from credentials that never came:
// those are fetched before any request is sent.
func (e *Error) timeoutSentence() string {
	within := ""
	if e.After > 0 {
		within = fmt.Sprintf(" in %g s", e.After.Seconds())
	}
	if e.Host == "" && e.After > 0 {
		return "the credentials did not come" + within
	}
	return "no answer" + within + " from " + or(e.Host, "AWS")
}

func (e *Error) networkHint() string {
	switch e.trouble {
	case unknownHost, lookupFailed:
		return "check the network, and the names of region and endpoint"
	case badProxy:
		return "check HTTPS_PROXY and NO_PROXY"
	case badCertificate:
		return "AWS_CA_BUNDLE can name a file of certificates to trust"
	case notTLS:
		return "ask it with http:// in the endpoint URL"
	case notAWS, garbage:
		return "check the endpoint URL, and whether a proxy or login page is in between"
	case refused, unreachable:
		return "check that something listens there, then press r to try again"
	case someTrouble, timeout, reset, hungUp, cutOff:
	}
	return "check the connection, then press r to try again"
}

// hostOf keeps scheme and host of a URL, whose query may hold a signature.
func hostOf(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func hostname(host string) string {
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		return u.Hostname()
	}
	return host
}

func innermost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}
