package awsclient

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Change is one thing that was changed in the account, or could not be.
type Change struct {
	Action    string // IAM action: "ec2:TerminateInstances"
	Target    string // ARN, id or URI
	Err       error  // nil when AWS did it
	RequestID string // taken from Err when ""
}

// Audit appends the change to the audit file as one line of JSON. A file that
// cannot be written is reported to the log once, and stops nothing.
func (s *Session) Audit(c Change) {
	a := s.core.audit
	if a.path == "" {
		return
	}
	line := auditLine{
		Time: time.Now().UTC().Format(time.RFC3339Nano), Region: s.region, Profile: s.Profile(),
		Action: c.Action, Target: c.Target, Result: "ok", RequestID: c.RequestID,
	}
	if id := s.core.identity.Load(); id != nil {
		line.Account, line.Principal = id.Account, id.ARN
	}
	if c.Err != nil {
		line.Result, line.Error = "failed", c.Err.Error()
		if e, ok := Classify(c.Err).(*Error); ok { //nolint:errorlint // Classify's own type
			line.Result, line.Error, line.RequestID = e.Kind.String(), e.Error(), or(c.RequestID, e.RequestID)
		}
	}
	a.write(line)
}

// auditLine is never a payload or a credential.
type auditLine struct {
	Time      string `json:"time"`
	Account   string `json:"account,omitempty"` // unknown until the identity was asked for
	Region    string `json:"region"`
	Profile   string `json:"profile,omitempty"`
	Principal string `json:"principal,omitempty"`
	Action    string `json:"action"`
	Target    string `json:"target"`
	Result    string `json:"result"` // "ok", or the kind of failure
	Error     string `json:"error,omitempty"`
	RequestID string `json:"request_id,omitempty"`
}

type audit struct {
	path string
	log  *slog.Logger

	mu       sync.Mutex
	reported bool
}

func (a *audit) write(line auditLine) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.append(line); err != nil && !a.reported {
		a.reported = true
		a.log.Error("the audit file is not written", "error", err)
	}
}

// append opens the file each time: another program may rotate it.
func (a *audit) append(line auditLine) error {
	text, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("write audit line: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(a.path), 0o700); err != nil {
		return fmt.Errorf("make the audit directory: %w", err)
	}
	f, err := os.OpenFile(a.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open the audit file: %w", err)
	}
	if _, err := f.Write(append(text, '\n')); err != nil {
		_ = f.Close() // the write's error says more
		return fmt.Errorf("append to the audit file: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("close the audit file: %w", err)
	}
	return nil
}
