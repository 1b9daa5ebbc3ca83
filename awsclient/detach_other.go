//go:build !unix

package awsclient

import "os/exec"

// detach does nothing where a process has no controlling terminal.
func detach(*exec.Cmd) {}
