package awsclient

import (
	"fmt"
	"math"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

// Meter counts the requests of a session in all its regions, as they are sent:
// a retried call counts as often as it was tried. It is safe for concurrent use.
type Meter struct {
	requests, sent, received, throttles, retries atomic.Int64
	nanos                                        atomic.Int64 // billionths of a dollar
}

// Snapshot is what a meter read at one moment.
type Snapshot struct {
	Requests  int64
	Sent      int64 // bytes of request bodies
	Received  int64 // bytes of answers
	Throttles int64
	Retries   int64
	USD       float64 // at most this much for the requests, by list prices of us-east-1
}

// Snapshot reads the meter.
func (m *Meter) Snapshot() Snapshot {
	return Snapshot{
		Requests: m.requests.Load(), Sent: m.sent.Load(), Received: m.received.Load(),
		Throttles: m.throttles.Load(), Retries: m.retries.Load(), USD: float64(m.nanos.Load()) / dollar,
	}
}

const dollar = 1e9 // nanos

// Cost writes the dollars with the digits that matter: "$0.0002", "$1.25".
func (s Snapshot) Cost() string { return USD(s.USD) }

// USD writes an amount of dollars with two digits that matter, and cents from
// ten cents on: "$0", "$0.0000052", "$0.0002", "$12.30".
func USD(amount float64) string {
	switch {
	case amount <= 0:
		return "$0"
	case amount >= 0.1:
		return fmt.Sprintf("$%.2f", amount)
	}
	leading := int(-math.Floor(math.Log10(amount))) // place of the first digit that is not 0
	text := fmt.Sprintf("$%.*f", leading+1, amount)
	for text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	return text
}

// request counts one attempt of a call that was sent.
func (m *Meter) request(c *state, sent int64, err error) {
	m.requests.Add(1)
	m.sent.Add(sent)
	if c.attempts > 1 {
		m.retries.Add(1)
	}
	if err != nil && retry.IsErrorThrottles(retry.DefaultThrottles).IsErrorThrottle(err) == aws.TrueTernary {
		m.throttles.Add(1)
	}
	// AWS bills what it answered, also with "not found", but not its own failures.
	if c.status < 500 && c.status != 403 && (c.status != 0 || err == nil) {
		m.nanos.Add(price(c.service, c.operation))
	}
}
