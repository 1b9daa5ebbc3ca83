package awsclient

import (
	"fmt"
	"strings"
)

// Hint says what to do next, or "" when there is nothing to say.
func (e *Error) Hint() string {
	if e.hint != "" {
		return plain(e.hint, sentenceLimit)
	}
	return plain(e.kindHint(), sentenceLimit)
}

func (e *Error) kindHint() string {
	switch e.Kind {
	case Denied:
		return e.deniedHint()
	case SSO:
		return "run " + e.withProfile(or(e.login, "aws sso login")) + ", then press r"
	case Expired:
		return "get new credentials, then press r"
	case NoCreds:
		if e.Code != "" {
			return "check access key, secret key and session token" + e.ofProfile()
		}
		return "name a profile, run aws configure or aws sso login, or try the demo account"
	case Throttled:
		if e.After > 0 {
			return fmt.Sprintf("press r to try again in %d s", e.seconds())
		}
		return "press r to try again in a moment"
	case NotFound:
		return "it may be gone: press r to refresh"
	case Conflict:
		return e.conflictHint()
	case Invalid:
		return e.invalidHint()
	case Network:
		return e.networkHint()
	case ReadOnly:
		return "start without read-only to change things"
	case Unavailable:
		return "press r to try again" + e.forSupport()
	case Unknown:
		return strings.TrimPrefix(e.forSupport(), "; ")
	case Canceled:
	}
	return ""
}

func (e *Error) deniedHint() string {
	switch {
	case e.explicit:
		return "a policy denies this explicitly, so no new Allow helps: ask the account's administrators"
	case e.Action == "sts:AssumeRole":
		return "check that the role trusts you and that you may assume it" + e.ofProfile()
	case e.Action == "":
		return "ask the account's administrators"
	}
	on := ""
	if r := e.policyResource(); r != "*" {
		on = " on " + r
	}
	hint := "ask for " + e.Action + on + "; a copies it as a policy statement"
	if e.Service == "S3" && e.Principal == "" { // S3 says no more than that to those who ask about a bucket of others
		hint += "; where the requester pays, press x in the bucket"
	}
	return hint
}

func (e *Error) conflictHint() string {
	switch e.Code {
	case "InvalidObjectState":
		return "restore the object from its archive first"
	case "BucketNotEmpty":
		return "delete what is in it first, versions and open uploads too"
	case "OperationNotPermitted":
		return "turn the protection off first"
	case "PreconditionFailed", "PreconditionFailedException":
		return "it was changed meanwhile: press r to refresh"
	}
	return "wait until it has settled, then press r"
}

func (e *Error) invalidHint() string {
	switch {
	case e.Region != "":
		return "ask in region " + e.Region
	case e.Code == "RequestTimeTooSkewed":
		return "set the clock of this machine"
	case e.Code == "RegionDisabledException":
		return "enable the region for the account"
	}
	return ""
}

func (e *Error) withProfile(command string) string {
	if e.Profile == "" {
		return command
	}
	return command + " --profile " + quote(e.Profile)
}

func (e *Error) ofProfile() string {
	if e.Profile == "" {
		return ""
	}
	return " of profile " + e.Profile
}

// forSupport is the request id, which AWS Support asks for.
func (e *Error) forSupport() string {
	if e.RequestID == "" {
		return ""
	}
	return "; request id " + e.RequestID
}
