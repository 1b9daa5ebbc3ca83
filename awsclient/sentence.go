package awsclient

import (
	"fmt"
	"math"
	"net/http"
	"strings"
)

const sentenceLimit = 400 // runes of remote text in one sentence

// Error says in one plain sentence what happened and to what.
func (e *Error) Error() string { return plain(e.sentence(), sentenceLimit) }

func (e *Error) sentence() string {
	switch e.Kind {
	case Canceled:
		return "cancelled"
	case Denied:
		return e.deniedSentence()
	case SSO:
		if e.Profile == "" {
			return "the login session has ended"
		}
		return "the login session of profile " + e.Profile + " has ended"
	case Expired:
		return e.about("the credentials have expired")
	case NoCreds:
		return e.credentialsSentence()
	case Throttled:
		return e.throttledSentence()
	case Network:
		return e.networkSentence()
	case Unavailable:
		return fmt.Sprintf("%s failed at %s%s", or(e.Service, "AWS"), or(e.Operation, "the request"), e.reason())
	case NotFound, Conflict, Invalid, ReadOnly, Unknown: // what AWS says itself
	}
	if e.Region != "" {
		return e.about("the bucket is in region " + e.Region)
	}
	return e.about(e.what())
}

// what is AWS's own sentence, or the nearest thing to one.
func (e *Error) what() string {
	switch {
	case e.Code == notImplemented && reads(e.Service, e.Operation): // its message is about headers
		return fmt.Sprintf("%s does not offer %s here (%s)", e.Service, e.Operation, e.Code)
	case e.Message != "" && e.Code != "" && !strings.Contains(e.Message, e.Code):
		return strings.TrimRight(e.Message, ".\n ") + " (" + e.Code + ")"
	case e.Message != "":
		return e.Message
	case e.Kind == NotFound:
		return "not found"
	case e.Code != "":
		return fmt.Sprintf("%s answered %s", or(e.Service, "AWS"), e.Code)
	case e.Status >= http.StatusMultipleChoices:
		return fmt.Sprintf("%s answered %d %s", or(e.Service, "AWS"), e.Status, http.StatusText(e.Status))
	case e.Err != nil:
		return innermost(e.Err).Error()
	}
	return "unknown error"
}

// about adds what the call named, unless the sentence already says it.
func (e *Error) about(sentence string) string {
	_, name, _ := strings.Cut(e.Target, " ")
	if e.Target == "" || strings.Contains(sentence, name) {
		return sentence
	}
	return sentence + ": " + e.Target
}

func (e *Error) deniedSentence() string {
	s := "not allowed: " + or(e.Action, or(e.Operation, "this request"))
	switch {
	case e.Resource != "" && e.Resource != "*":
		s += " on " + e.Resource
	case e.Target != "":
		s += " on " + e.Target
	}
	if e.explicit {
		s += " (" + denier(e.Message) + ")"
	}
	return s
}

// denier names the policy of "… with an explicit deny in a service control policy".
func denier(message string) string {
	_, by, _ := strings.Cut(message, "explicit deny in ")
	if by = strings.TrimRight(by, ". "); by != "" && len(by) < 80 {
		return "explicit deny in " + by
	}
	return "explicit deny"
}

func (e *Error) credentialsSentence() string {
	switch {
	case e.Code != "":
		return fmt.Sprintf("AWS does not accept these credentials (%s)", e.Code)
	case e.Message != "":
		return e.Message
	}
	return "no credentials found"
}

func (e *Error) throttledSentence() string {
	s := fmt.Sprintf("%s is throttling %s", or(e.Service, "AWS"), or(e.Operation, "requests"))
	if e.After > 0 {
		s += fmt.Sprintf(", asking to wait %d s", e.seconds())
	}
	return s
}

// reason is the code and message in brackets, or "".
func (e *Error) reason() string {
	switch {
	case e.Code != "" && e.Message != "":
		return fmt.Sprintf(" (%s: %s)", e.Code, e.Message)
	case e.Code != "" || e.Message != "":
		return " (" + e.Code + e.Message + ")"
	case e.Status != 0:
		return fmt.Sprintf(" (%d %s)", e.Status, http.StatusText(e.Status))
	}
	return ""
}

// seconds is After in whole seconds, at least one.
func (e *Error) seconds() int { return max(1, int(math.Ceil(e.After.Seconds()))) }
