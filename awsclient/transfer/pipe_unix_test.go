//go:build unix

package transfer_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"straws/awsclient/transfer"

	"golang.org/x/sys/unix"
)

// Opening a pipe waits for somebody to write into it, and nothing can end that.
func TestAFileThatBecameAPipeDoesNotHoldTheRun(t *testing.T) {
	_, s := open(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "a", "b": "b"})
	plan := uploadOf(t, s, dir)
	if err := os.Remove(filepath.Join(dir, "a")); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mkfifo(filepath.Join(dir, "a"), 0o600); err != nil {
		t.Skip(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	w, ended := &told{}, make(chan transfer.Result, 1)
	go func() {
		res, _ := plan.Run(ctx, transfer.Skip, w.watch())
		ended <- res
	}()
	select {
	case res := <-ended:
		if res.Moved != 1 || res.Failed != 1 || !strings.Contains(w.failed[filepath.Join(dir, "a")].Error(), "not a file") {
			t.Errorf("%+v, %v", res, w.failed)
		}
	case <-time.After(3 * time.Second):
		t.Fatal("it waits for a writer")
	}
}
