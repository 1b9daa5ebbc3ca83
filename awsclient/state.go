package awsclient

import (
	"os"
	"path/filepath"
)

// StateDir is where the program keeps what must outlive it unless told
// otherwise: straws below XDG_STATE_HOME or ~/.local/state.
func StateDir() string {
	state := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(state) {
		state = inHome(".local", "state")
	}
	return filepath.Join(state, "straws")
}

// AuditPath is where changes are recorded unless told otherwise: audit.jsonl in
// [StateDir].
func AuditPath() string { return filepath.Join(StateDir(), "audit.jsonl") }

// StateDir is the directory below which the session's user keeps drafts, saved
// events and runs, or "" when nothing may be written to disk, as in the demo
// account.
func (s *Session) StateDir() string { return s.core.stateDir }
