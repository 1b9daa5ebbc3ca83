// Package runs keeps the invocations of functions, so that they can be looked at,
// compared and made again.
package runs

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"

	"straws/awsclient/lambda"
)

// Outcome is how a run ended, as far as it is known.
type Outcome string

// Outcomes.
const (
	Answered Outcome = "answered" // Result is what came back, also of a function that failed
	Refused  Outcome = "refused"  // it did not run: Err says why
	Unknown  Outcome = "unknown"  // the connection died: it may have run
	Left     Outcome = "left"     // nobody waited for the answer
	Damaged  Outcome = "damaged"  // its file cannot be read: Err says why
)

// Run is one invocation with what came of it.
type Run struct {
	ID         string // orders runs by time
	Began      time.Time
	Outcome    Outcome
	Err        string `json:",omitempty"` // a sentence, unless Outcome is Answered
	Invocation lambda.Invocation
	Result     lambda.Result
	Arch       string        `json:",omitempty"` // of the function, for what it cost
	Timeout    time.Duration // of the function; zero when it is not known
	// Sizes are those of the payload, client context, answer and log, which a
	// list of runs leaves empty.
	Sizes Sizes
}

// Sizes are in bytes.
type Sizes struct{ Payload, Context, Answer, Log int }

// Failed reports whether the run is known to have gone wrong.
func (r Run) Failed() bool {
	return r.Outcome == Refused || r.Outcome == Damaged || r.Result.FunctionError != ""
}

// Took is the duration that Lambda reports, or the one seen from here.
func (r Run) Took() time.Duration {
	if r.Result.Report.Duration > 0 {
		return r.Result.Report.Duration
	}
	return r.Result.Elapsed
}

const idLayout = "20060102T150405.000000000"

// NewID returns the identity of a run that begins at t. Two of the same moment,
// also in two programs, differ.
func NewID(t time.Time) string {
	var noise [4]byte
	_, _ = rand.Read(noise[:]) // never fails
	return t.UTC().Format(idLayout) + "-" + hex.EncodeToString(noise[:])
}

// light is the run without what can be megabytes.
func (r Run) light() Run {
	r.Sizes = Sizes{len(r.Invocation.Payload), len(r.Invocation.Context), len(r.Result.Payload), len(r.Result.Log)}
	r.Invocation.Payload, r.Invocation.Context, r.Result.Payload, r.Result.Log = nil, nil, nil, ""
	// What is cut here is in the answer too, in full.
	r.Result.Failure.Message = cut(r.Result.Failure.Message)
	r.Result.Failure.Stack = nil
	r.Err = cut(r.Err)
	return r
}

const longSentence = 2000 // bytes

func cut(s string) string {
	if len(s) <= longSentence {
		return s
	}
	return strings.ToValidUTF8(s[:longSentence], "") + "…"
}
