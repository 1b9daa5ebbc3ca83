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
	"straws/awsclient/demo"
	"straws/awsclient/s3"
	"straws/awsclient/transfer"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
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

func TestPlantedLinksDoNotLeadOut(t *testing.T) {
	a, s := open(t)
	store(t, a, "empty-bucket", "dir/file.txt", []byte("from S3"))
	store(t, a, "empty-bucket", "link.txt", []byte("from S3"))
	outside, into := t.TempDir(), t.TempDir()
	write(t, outside, map[string]string{"victim.txt": "mine"})
	for name, to := range map[string]string{"dir": outside, "link.txt": filepath.Join(outside, "victim.txt")} {
		if err := os.Symlink(to, filepath.Join(into, name)); err != nil {
			t.Fatal(err)
		}
	}
	plan := download(t, s, transfer.Download{Bucket: "empty-bucket", Items: level(t, s, "empty-bucket", ""), Into: into})
	res, _ := run(t, plan, transfer.Overwrite)
	if got := files(t, outside); len(got) != 1 || got["victim.txt"] != "mine" {
		t.Errorf("outside there is %v", got)
	}
	if res.Failed != 1 || res.Moved != 1 {
		t.Errorf("%+v", res)
	}
}

func TestATargetThatCannotBeWrittenIsOneSentence(t *testing.T) {
	a, s := open(t)
	store(t, a, "empty-bucket", "a.txt", []byte("a"))
	dir := t.TempDir()
	write(t, dir, map[string]string{"file": ""})
	for into, want := range map[string]string{filepath.Join(dir, "file", "below"): "not a directory", filepath.Join(dir, "file"): "not a directory"} {
		d := transfer.Download{Bucket: "empty-bucket", Items: level(t, s, "empty-bucket", ""), Into: into}
		plan, err := transfer.PlanDownload(t.Context(), s, d, nil)
		if err == nil {
			_, err = plan.Run(t.Context(), transfer.Skip, transfer.Watch{})
		}
		if err == nil || !strings.Contains(err.Error(), want) || len(a.Calls("s3:GetObject")) != 0 {
			t.Errorf("%v", err)
		}
	}
}

func TestATargetThatVanishesEndsTheRun(t *testing.T) {
	objects := map[string][]byte{}
	for i := range 300 {
		objects[fmt.Sprintf("%03d/file", i)] = []byte("x")
	}
	w := newWire(t, objects)
	into := filepath.Join(t.TempDir(), "into")
	w.answer(func(_ http.ResponseWriter, _ *http.Request, _ int) bool {
		_ = os.RemoveAll(into)
		return false
	})
	plan := download(t, w.session(t), transfer.Download{Bucket: "bucket", Items: listed(t, w.session(t)), Into: into})
	res, err := plan.Run(t.Context(), transfer.Skip, transfer.Watch{})
	if err == nil || !strings.Contains(err.Error(), "gone") || res.Left == 0 {
		t.Errorf("%+v, %v", res, err)
	}
}

// listed is everything in the bucket of a wire.
func listed(t testing.TB, s *awsclient.Session) []s3.Entry {
	t.Helper()
	rows, _, err := s3.Below(s, "bucket", "", "")(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestArchivedObjectsAreToldBefore(t *testing.T) {
	_, s := open(t)
	plan := download(t, s, transfer.Download{Bucket: "logs-archive", Items: level(t, s, "logs-archive", ""), Into: t.TempDir()})
	if plan.Archived == 0 || len(plan.Refused) != plan.Archived || !errors.Is(plan.Refused[0].Err, s3.ErrArchived) {
		t.Errorf("%d archived, %d refused", plan.Archived, len(plan.Refused))
	}
}

func uploadOf(t testing.TB, s *awsclient.Session, paths ...string) *transfer.Plan {
	t.Helper()
	p, err := transfer.PlanUpload(t.Context(), s, transfer.Upload{Bucket: "empty-bucket", Prefix: "up/", Paths: paths}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestACancelledUploadLeavesNoParts(t *testing.T) {
	a, s := open(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"big.bin": string(noise(40 << 20))})
	a.Fail("s3:UploadPart", demo.Fault{Hang: true, When: func(in any) bool { return *in.(*sdk.UploadPartInput).PartNumber == 5 }})
	ctx, cancel := context.WithCancel(t.Context())
	var moved atomic.Int64
	res, err := uploadOf(t, s, filepath.Join(dir, "big.bin")).Run(ctx, transfer.Skip, transfer.Watch{Bytes: func(n int64) {
		if moved.Add(n) >= 32<<20 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || res.Left != 1 {
		t.Errorf("%+v, %v", res, err)
	}
	if len(a.Calls("s3:AbortMultipartUpload")) != 1 || len(a.Calls("s3:CompleteMultipartUpload")) != 0 || len(level(t, s, "empty-bucket", "")) != 0 {
		t.Error("something is left")
	}
}

func TestLostAnswersDoNotWriteTwice(t *testing.T) {
	for _, op := range []string{"s3:PutObject", "s3:CompleteMultipartUpload"} {
		t.Run(op, func(t *testing.T) {
			a, s := open(t)
			dir := t.TempDir()
			size := 1000
			if op != "s3:PutObject" {
				size = 20 << 20
			}
			write(t, dir, map[string]string{"a.bin": string(noise(size))})
			f := demo.Reset
			f.After, f.Times = true, 1
			a.Fail(op, f)
			plan := uploadOf(t, s, filepath.Join(dir, "a.bin"))
			res, w := run(t, plan, transfer.KeepBoth)
			rows := level(t, s, "empty-bucket", "up/")
			if res.Moved != 1 || len(rows) != 1 || rows[0].Key != "up/a.bin" || rows[0].Size != int64(size) || w.bytes.Load() != int64(size) {
				t.Errorf("%+v: %v, %d bytes told", res, rows, w.bytes.Load())
			}
			if len(a.Calls("s3:AbortMultipartUpload")) != 0 {
				t.Error("what was made is aborted")
			}
		})
	}
}

func TestWhatCannotBeUploadedIsListed(t *testing.T) {
	_, s := open(t)
	dir, outside := filepath.Join(t.TempDir(), "tree"), t.TempDir()
	write(t, outside, map[string]string{"secret": "secret"})
	write(t, dir, map[string]string{"ok": "ok", "bad\xff": "x"})
	for name, to := range map[string]string{"out": filepath.Join(outside, "secret"), "in": "ok", "loop": "."} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	plan := uploadOf(t, s, dir)
	var names []string
	for _, r := range plan.Refused {
		names = append(names, filepath.Base(r.Name))
	}
	if got := strings.Join(names, " "); got != "bad\xff loop out" || plan.Files != 2 {
		t.Errorf("%d files, refused %q", plan.Files, got)
	}
}

func TestReadOnlySessionsUploadNothing(t *testing.T) {
	a := demo.New(demo.Options{})
	cfg := a.Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "a", "b": "b"})
	res, err := uploadOf(t, s, dir).Run(t.Context(), transfer.Skip, transfer.Watch{})
	if !errors.Is(err, awsclient.ErrReadOnly) || res.Moved != 0 || len(a.Calls("s3:PutObject")) != 0 {
		t.Errorf("%+v, %v", res, err)
	}
}

func TestDeniedUploadsAreToldByFile(t *testing.T) {
	a, s := open(t)
	a.Fail("s3:PutObject", demo.Denied)
	dir := t.TempDir()
	write(t, dir, map[string]string{"a": "a", "b": "b"})
	res, w := run(t, uploadOf(t, s, dir), transfer.Skip)
	if res.Failed != 2 || w.bytes.Load() != 0 {
		t.Errorf("%+v, %d bytes told", res, w.bytes.Load())
	}
	for _, err := range w.failed {
		var e *awsclient.Error
		if !errors.As(awsclient.Classify(err), &e) || e.Action != "s3:PutObject" {
			t.Errorf("%v", err)
		}
	}
}
