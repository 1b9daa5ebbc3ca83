// Package lambda lists Lambda functions, reads their configuration and invokes
// them, in plain domain types.
package lambda

import (
	"net/http"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/lambda"
)

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

// patient is c without a limit on the time an answer takes.
func patient(c sdk.HTTPClient) sdk.HTTPClient {
	h, ok := c.(*http.Client)
	if !ok {
		return c
	}
	slow := *h
	slow.Timeout = 0
	if t, ok := h.Transport.(*http.Transport); ok {
		t = t.Clone()
		t.ResponseHeaderTimeout = 0
		slow.Transport = t
	}
	return &slow
}
