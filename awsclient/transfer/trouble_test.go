package transfer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/transfer"
)

// noise is content that compresses to nothing else.
func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.NewChaCha8([32]byte{7}).Read(b)
	return b
}

func fetch(t testing.TB, s *awsclient.Session, into string) *transfer.Plan {
	t.Helper()
	return download(t, s, transfer.Download{Bucket: "bucket", Items: level(t, s, "bucket", ""), Into: into})
}

func TestCutConnectionsAreMended(t *testing.T) {
	large := noise(20 << 20)
	w := newWire(t, map[string][]byte{"small.bin": noise(100_000), "large.bin": large})
	w.answer(func(out http.ResponseWriter, r *http.Request, n int) bool {
		key := strings.TrimPrefix(r.URL.Path, "/bucket/")
		switch {
		case key == "small.bin" && n == 1:
			w.cut(out, key, -1, 50_000)
			return true
		case key == "large.bin" && n == 2:
			var from int
			fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &from)
			w.cut(out, key, from, 1_000_000)
			return true
		case n == 3:
			refuse(out, http.StatusServiceUnavailable, "SlowDown")
			return true
		}
		return false
	})
	into := t.TempDir()
	plan := fetch(t, w.session(t), into)
	res, seen := run(t, plan, transfer.Skip)
	got := files(t, into)
	if res.Moved != 2 || res.Checked != 2 || got["small.bin"] != string(w.objects["small.bin"]) || got["large.bin"] != string(large) || len(got) != 2 {
		t.Errorf("%+v, %d files", res, len(got))
	}
	if seen.bytes.Load() != plan.Bytes || len(seen.notes) == 0 {
		t.Errorf("%d bytes told of %d; notes %q", seen.bytes.Load(), plan.Bytes, seen.notes)
	}
	resumed := false
	for _, r := range w.ranges {
		var from, to int64
		fmt.Sscanf(r, "bytes=%d-%d", &from, &to)
		resumed = resumed || from > 0 && from%(1<<20) != 0
	}
	if !resumed {
		t.Errorf("no range went on where it was cut: %v", w.ranges)
	}
}

func TestAFileThatKeepsFailingLeavesNothing(t *testing.T) {
	for _, tt := range []struct {
		name string
		size int
		how  func(w *wire, out http.ResponseWriter, r *http.Request) bool
		want string
	}{
		{"replaced", 1000, func(w *wire, out http.ResponseWriter, _ *http.Request) bool {
			refuse(out, http.StatusPreconditionFailed, "PreconditionFailed")
			return true
		}, "replaced since it was listed"},
		{"replaced while it is read", 20 << 20, func(w *wire, out http.ResponseWriter, r *http.Request) bool {
			if strings.HasPrefix(r.Header.Get("Range"), "bytes=0-") {
				return false
			}
			refuse(out, http.StatusPreconditionFailed, "PreconditionFailed")
			return true
		}, "replaced since it was listed"},
		{"gone", 1000, func(w *wire, out http.ResponseWriter, _ *http.Request) bool {
			refuse(out, http.StatusNotFound, "NoSuchKey")
			return true
		}, "nosuchkey"},
		{"denied", 1000, func(w *wire, out http.ResponseWriter, _ *http.Request) bool {
			refuse(out, http.StatusForbidden, "AccessDenied")
			return true
		}, "denied"},
		{"other bytes", 1000, func(w *wire, out http.ResponseWriter, _ *http.Request) bool {
			out.Header().Set("Content-Length", "1000")
			_, _ = out.Write(bytes.Repeat([]byte("x"), 1000))
			return true
		}, "checksum"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWire(t, map[string][]byte{"bad.bin": noise(tt.size), "good.txt": []byte("good")})
			w.answer(func(out http.ResponseWriter, r *http.Request, _ int) bool {
				return strings.HasSuffix(r.URL.Path, "bad.bin") && tt.how(w, out, r)
			})
			into := t.TempDir()
			plan := fetch(t, w.session(t), into)
			res, seen := run(t, plan, transfer.Skip)
			if got := files(t, into); res.Moved != 1 || res.Failed != 1 || len(got) != 1 || got["good.txt"] != "good" {
				t.Errorf("%+v, %d files", res, len(got))
			}
			reason := seen.failed["bad.bin"]
			if text := fmt.Sprint(reason, " ", awsclient.Classify(reason)); !strings.Contains(strings.ToLower(text), tt.want) {
				t.Errorf("the reason is %q", text)
			}
			if seen.bytes.Load() != 4 {
				t.Errorf("%d bytes count as moved", seen.bytes.Load())
			}
			w.set(func() { w.before = nil })
			again := plan.Only([]string{"bad.bin"})
			if res, _ := run(t, again, transfer.Skip); again.Files != 1 || res.Moved != 1 || len(files(t, into)) != 2 {
				t.Errorf("the retry of what failed: %+v", res)
			}
		})
	}
}

func TestABurstOfSlowDownsIsWeathered(t *testing.T) {
	objects := map[string][]byte{}
	for i := range 200 {
		objects[fmt.Sprintf("%03d", i)] = []byte(strings.Repeat("x", i))
	}
	w := newWire(t, objects)
	var burst atomic.Int64
	w.answer(func(out http.ResponseWriter, _ *http.Request, _ int) bool {
		if burst.Add(1) > 150 {
			return false
		}
		refuse(out, http.StatusServiceUnavailable, "SlowDown")
		return true
	})
	into := t.TempDir()
	res, _ := run(t, fetch(t, w.session(t), into), transfer.Skip)
	if res.Moved != 200 || len(files(t, into)) != 200 {
		t.Errorf("%+v", res)
	}
}

// TestKilled is the process that TestResumeAfterAKill kills.
func TestKilled(t *testing.T) {
	if os.Getenv("STRAWS_ENDPOINT") == "" {
		t.Skip("only as a process of its own")
	}
	_, _ = fetch(t, session(t, os.Getenv("STRAWS_ENDPOINT")), os.Getenv("STRAWS_INTO")).Run(t.Context(), transfer.Skip, transfer.Watch{})
}

func TestResumeAfterAKill(t *testing.T) {
	const size = 80 << 20
	w := newWire(t, map[string][]byte{"large.bin": noise(size), "small.txt": []byte("small")})
	w.set(func() { w.parts = true })
	into := t.TempDir()
	// The last piece never comes until the process is dead. What the others have
	// is written down when two seconds have passed.
	stuck := make(chan struct{})
	w.answer(func(_ http.ResponseWriter, r *http.Request, _ int) bool {
		var from int
		fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &from)
		if from >= size/2 {
			select {
			case <-stuck:
			case <-r.Context().Done():
			}
			return true
		}
		return false
	})
	cmd := exec.Command(os.Args[0], "-test.run", "^TestKilled$")
	cmd.Env = append(os.Environ(), "STRAWS_ENDPOINT="+w.URL, "STRAWS_INTO="+into)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	record := func() bool {
		found, _ := filepath.Glob(filepath.Join(into, ".*.part.json"))
		return len(found) == 1
	}
	deadline := time.Now().Add(30 * time.Second)
	for !record() && time.Now().Before(deadline) {
		time.Sleep(20 * time.Millisecond) // another process has no clock of ours
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	close(stuck)
	for name := range files(t, into) {
		if name != "small.txt" && !strings.HasPrefix(name, ".large.bin.") {
			t.Errorf("the kill left %s", name)
		}
	}
	if !record() {
		t.Fatal("nothing was written down")
	}
	w.set(func() { w.before, w.asked = nil, 0 })
	s := w.session(t)
	plan := fetch(t, s, into)
	res, seen := run(t, plan, transfer.Skip)
	got := files(t, into)
	if got["large.bin"] != string(w.objects["large.bin"]) || len(got) != 2 || res.Failed != 0 {
		t.Errorf("%+v, %d files", res, len(got))
	}
	how := seen.done["large.bin"]
	if how.Resumed < 8<<20 || how.Verified != "CRC32" || w.sent() != size-how.Resumed {
		t.Errorf("%+v: %d bytes were fetched again", how, w.sent())
	}
}

func TestCancelLeavesNoHalfFileAndCanGoOn(t *testing.T) {
	w := newWire(t, map[string][]byte{"large.bin": noise(40 << 20)})
	ctx, cancel := context.WithCancel(t.Context())
	w.answer(func(_ http.ResponseWriter, r *http.Request, _ int) bool {
		var from int
		fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-", &from)
		if from >= 32<<20 {
			<-r.Context().Done()
			return true
		}
		return false
	})
	into := t.TempDir()
	plan := fetch(t, w.session(t), into)
	var moved atomic.Int64
	var asked time.Time
	res, err := plan.Run(ctx, transfer.Skip, transfer.Watch{Bytes: func(n int64) {
		if moved.Add(n) == 32<<20 {
			time.AfterFunc(50*time.Millisecond, func() { asked = time.Now(); cancel() })
		}
	}})
	if took := time.Since(asked); took > time.Second {
		t.Errorf("it took %v to cancel", took)
	}
	if !errors.Is(err, context.Canceled) || res.Left != 1 || res.Resumable != 1 {
		t.Fatalf("%+v, %v", res, err)
	}
	for name := range files(t, into) {
		if !strings.HasPrefix(name, ".large.bin.") {
			t.Errorf("there is %s", name)
		}
	}
	w.set(func() { w.before, w.asked = nil, 0 })
	res, _ = run(t, plan, transfer.Skip)
	if res.Moved != 1 || w.sent() != 8<<20 || files(t, into)["large.bin"] != string(w.objects["large.bin"]) {
		t.Errorf("%+v, %d bytes fetched", res, w.sent())
	}
}

func TestAnObjectReplacedBetweenRunsIsFetchedAnew(t *testing.T) {
	w := newWire(t, map[string][]byte{"large.bin": noise(20 << 20)})
	into := t.TempDir()
	w.answer(func(out http.ResponseWriter, r *http.Request, _ int) bool {
		if !strings.HasPrefix(r.Header.Get("Range"), "bytes=0-") {
			refuse(out, http.StatusForbidden, "AccessDenied")
			return true
		}
		return false
	})
	if res, _ := run(t, fetch(t, w.session(t), into), transfer.Skip); res.Failed != 1 {
		t.Fatalf("%+v", res)
	}
	w.set(func() {
		w.before, w.asked = nil, 0
		w.objects["large.bin"] = bytes.Repeat([]byte("new "), 5<<20)
	})
	res, seen := run(t, fetch(t, w.session(t), into), transfer.Skip)
	if got := files(t, into); res.Moved != 1 || len(got) != 1 || got["large.bin"] != string(w.objects["large.bin"]) || seen.done["large.bin"].Resumed != 0 {
		t.Errorf("%+v, %d files", res, len(got))
	}
}
