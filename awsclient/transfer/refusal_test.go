package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/s3"
	"straws/awsclient/transfer"

	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

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
