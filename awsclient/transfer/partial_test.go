package transfer_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"straws/awsclient/transfer"
)

// part is the only unfinished file of a folder.
func part(t testing.TB, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, ".*.part"))
	if err != nil || len(found) != 1 {
		t.Fatalf("unfinished files: %v, %v", found, err)
	}
	return found[0]
}

// halfway fetches the object until 16 MB are there, and is cancelled then.
func halfway(t testing.TB, w *wire, into string) *transfer.Plan {
	t.Helper()
	w.answer(func(_ http.ResponseWriter, r *http.Request, _ int) bool {
		if h := r.Header.Get("Range"); strings.HasPrefix(h, "bytes=0-") || strings.HasPrefix(h, "bytes=8388608-") {
			return false
		}
		<-r.Context().Done()
		return true
	})
	plan := fetch(t, w.session(t), into)
	ctx, cancel := context.WithCancel(t.Context())
	var moved atomic.Int64
	res, err := plan.Run(ctx, transfer.Skip, transfer.Watch{Bytes: func(n int64) {
		if moved.Add(n) == 16<<20 {
			time.AfterFunc(50*time.Millisecond, cancel)
		}
	}})
	if res.Resumable != 1 {
		t.Fatalf("%+v, %v", res, err)
	}
	w.set(func() { w.before, w.asked = nil, 0 })
	return plan
}

// What is cut off an unfinished file comes back as zeros, and nothing but the
// checksum of the object would tell: S3 need not have one.
func TestAnUnfinishedFileThatWasCutShortIsFetchedAnew(t *testing.T) {
	w := newWire(t, map[string][]byte{"large.bin": noise(20 << 20)})
	w.sumless = true
	into := t.TempDir()
	plan := halfway(t, w, into)
	if err := os.Truncate(part(t, into), 1000); err != nil {
		t.Fatal(err)
	}
	res, _ := run(t, plan, transfer.Skip)
	if got := files(t, into); res.Moved != 1 || len(got) != 1 || got["large.bin"] != string(w.objects["large.bin"]) {
		t.Errorf("%+v, %d files, the content is wrong", res, len(got))
	}
}

// Another program that fetches the same object may begin its unfinished file
// anew: what is put in place must be the file that was checked.
func TestTheFileThatWasCheckedIsPutInPlace(t *testing.T) {
	w := newWire(t, map[string][]byte{"large.bin": noise(20 << 20)})
	into := t.TempDir()
	w.answer(func(_ http.ResponseWriter, r *http.Request, _ int) bool {
		if strings.HasPrefix(r.Header.Get("Range"), "bytes=16777216-") {
			name := part(t, into)
			if err := os.Remove(name); err != nil {
				t.Error(err)
			}
			if err := os.WriteFile(name, []byte("half of"), 0o600); err != nil {
				t.Error(err)
			}
		}
		return false
	})
	plan := fetch(t, w.session(t), into)
	res, seen := run(t, plan, transfer.Skip)
	got := files(t, into)
	if _, there := got["large.bin"]; there || res.Failed != 1 {
		t.Errorf("%+v: %.20q is in place", res, got["large.bin"])
	}
	if err := seen.failed["large.bin"]; err == nil || !strings.Contains(err.Error(), "another") {
		t.Errorf("the reason is %v", err)
	}
	if got[filepath.Base(part(t, into))] != "half of" {
		t.Error("the other's file is gone")
	}
}

func TestCancelledWhileItIsCheckedALargeFileIsKept(t *testing.T) {
	w := newWire(t, map[string][]byte{"large.bin": noise(64 << 20)})
	into := t.TempDir()
	plan := fetch(t, w.session(t), into)
	ctx, cancel := context.WithCancel(t.Context())
	var moved atomic.Int64
	res, err := plan.Run(ctx, transfer.Skip, transfer.Watch{Bytes: func(n int64) {
		if moved.Add(n) == plan.Bytes {
			time.AfterFunc(10*time.Millisecond, cancel) // its MD5 takes ten times as long
		}
	}})
	if res.Moved == 1 {
		t.Skip("it was checked before it could be cancelled")
	}
	if err == nil || res.Resumable != 1 || moved.Load() != plan.Bytes {
		t.Fatalf("%+v, %v, %d bytes told", res, err, moved.Load())
	}
	w.set(func() { w.asked = 0 })
	res, _ = run(t, plan, transfer.Skip)
	if res.Moved != 1 || w.sent() != 0 || files(t, into)["large.bin"] != string(w.objects["large.bin"]) {
		t.Errorf("%+v, %d bytes fetched again", res, w.sent())
	}
}
