package transfer_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"straws/awsclient/demo"
	"straws/awsclient/transfer"
)

// smallDisk is a file system of so many bytes, which only root can make.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("a small file system cannot be made here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestADiskThatFillsUpEndsTheRunWithWholeFilesOnly(t *testing.T) {
	a, s := open(t)
	content := bytes.Repeat([]byte("0123456789abcdef"), 16<<10) // 256 KiB
	for _, name := range []string{"1.bin", "2.bin", "3.bin", "4.bin", "5.bin", "6.bin"} {
		store(t, a, "empty-bucket", name, content)
	}
	into := smallDisk(t, "2m")
	plan := download(t, s, transfer.Download{Bucket: "empty-bucket", Items: level(t, s, "empty-bucket", ""), Into: into})
	if _, short := plan.Short(); short || plan.Free <= 0 {
		t.Fatalf("short before anything was written: %+v", plan.Summary)
	}
	// Somebody else takes the room while the first bytes are on their way.
	other := filepath.Join(into, "of-somebody-else")
	take := sync.OnceFunc(func() {
		if err := os.WriteFile(other, make([]byte, 1<<20), 0o600); err != nil {
			t.Error(err)
		}
	})
	a.Fail("s3:GetObject", demo.Fault{When: func(any) bool { take(); return false }})
	res, err := plan.Run(t.Context(), transfer.Skip, transfer.Watch{})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("%+v, %v", res, err)
	}
	whole := 0
	for name, data := range files(t, into) {
		if strings.HasSuffix(name, ".bin") && !strings.HasPrefix(filepath.Base(name), ".") {
			whole++
			if data != string(content) {
				t.Errorf("%s has %d bytes", name, len(data))
			}
		}
	}
	if whole != res.Moved || whole == 6 {
		t.Errorf("%d files are there, %d were said to be moved", whole, res.Moved)
	}
	// With room again, the same plan finishes the rest.
	a.Heal("s3:GetObject")
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	res, err = plan.Run(t.Context(), transfer.Skip, transfer.Watch{})
	if err != nil || res.Moved+whole != 6 || len(files(t, into)) != 6 {
		t.Errorf("%+v, %v, %d files", res, err, len(files(t, into)))
	}
}

func TestAPlanKnowsWhatDoesNotFit(t *testing.T) {
	a, s := open(t)
	store(t, a, "empty-bucket", "large.bin", make([]byte, 2<<20))
	plan := download(t, s, transfer.Download{Bucket: "empty-bucket", Items: level(t, s, "empty-bucket", ""), Into: smallDisk(t, "1m")})
	if missing, short := plan.Short(); !short || missing < 1<<20 {
		t.Errorf("%d bytes missing, short %v", missing, short)
	}
	if _, err := plan.Run(t.Context(), transfer.Skip, transfer.Watch{}); err == nil || len(a.Calls("s3:GetObject")) != 0 {
		t.Errorf("%v, and %d requests for what cannot be kept", err, len(a.Calls("s3:GetObject")))
	}
}
