//go:build unix

package awsclient

import (
	"os/exec"
	"syscall"
)

// detach takes the terminal from a process: without a session of its own it
// could still ask for a password at /dev/tty, across the screen.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
