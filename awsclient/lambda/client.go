// Package lambda lists Lambda functions, reads their configuration and invokes
// them, in plain domain types.
package lambda

import (
	"net"
	"net/http"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

// keepAlive holds a silent connection open through NAT gateways and load
// balancers, which drop one after 350 s; a function may take 15 minutes.
const keepAlive = 30 * time.Second

// invoker is the client for Invoke alone: one attempt, and no timeout of its own.
type invoker struct{ *sdk.Client }

func client(s *awsclient.Session) *sdk.Client {
	return awsclient.Client(s, func(c aws.Config) *sdk.Client { return sdk.NewFromConfig(c) })
}

func invokeClient(s *awsclient.Session) invoker {
	return awsclient.Client(s, func(c aws.Config) invoker {
		return invoker{sdk.NewFromConfig(c, func(o *sdk.Options) {
			o.Retryer = awsclient.SingleAttempt()
			o.HTTPClient = patient(o.HTTPClient)
		})}
	})
}

// patient is c without a limit on the time an answer takes, and with keep-alive
// probes.
func patient(c sdk.HTTPClient) sdk.HTTPClient {
	switch c := c.(type) {
	case *awshttp.BuildableClient:
		return c.WithTimeout(0).WithReadTimeout(0).WithDialerOptions(func(d *net.Dialer) {
			d.KeepAlive = keepAlive
		}).WithTransportOptions(func(t *http.Transport) { t.ResponseHeaderTimeout = 0 })
	case *http.Client:
		slow := *c
		slow.Timeout = 0
		if t, ok := c.Transport.(*http.Transport); ok {
			t = t.Clone()
			t.ResponseHeaderTimeout = 0
			slow.Transport = t
		}
		return &slow
	}
	return c
}
