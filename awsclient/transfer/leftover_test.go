package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/transfer"
)

func TestUnfinishedDownloadsAreNotUploaded(t *testing.T) {
	w := newWire(t, map[string][]byte{"large.bin": noise(20 << 20), strings.Repeat("é", 120) + ".bin": noise(20 << 20)})
	w.answer(func(_ http.ResponseWriter, r *http.Request, _ int) bool {
		if strings.HasPrefix(r.Header.Get("Range"), "bytes=0-") {
			return false
		}
		<-r.Context().Done()
		return true
	})
	dir := filepath.Join(t.TempDir(), "tree")
	ctx, cancel := context.WithCancel(t.Context())
	var moved atomic.Int64
	res, err := fetch(t, w.session(t), dir).Run(ctx, transfer.Skip, transfer.Watch{Bytes: func(n int64) {
		if moved.Add(n) == 16<<20 {
			time.AfterFunc(50*time.Millisecond, cancel)
		}
	}})
	if res.Resumable != 2 {
		t.Fatalf("%+v, %v", res, err)
	}
	left := len(files(t, dir)) // two files, each with what is known of it
	write(t, dir, map[string]string{
		".small.txt.abcdefghij.part": "half of", ".x.0123abcd.part.json~": "{", // of a kill
		"mine.part": "1", ".mine.part": "2", ".mine.json": "3", "a.0123abcd.part": "4", ".a.0123ABCD.part": "5",
	})
	_, s := open(t)
	plan := uploadOf(t, s, dir)
	if left != 4 || plan.Files != 5 || len(plan.Refused) != left+2 {
		t.Errorf("%d left behind, %d files, refused %v", left, plan.Files, plan.Refused)
	}
	for _, r := range plan.Refused {
		if !strings.Contains(r.Err.Error(), "unfinished download") {
			t.Errorf("%s: %v", r.Name, r.Err)
		}
	}
	if res, _ := run(t, plan, transfer.Skip); res.Moved != 5 {
		t.Errorf("%+v", res)
	}
}

func TestManyFilesOfOneFolderTakeOneOpenFolder(t *testing.T) {
	_, s := open(t)
	dir := t.TempDir()
	var chosen []string
	for i := range 400 {
		name := fmt.Sprintf("%03d", i)
		write(t, dir, map[string]string{name: name})
		chosen = append(chosen, filepath.Join(dir, name))
	}
	plan := uploadOf(t, s, chosen...)
	descriptors := func() int {
		open, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("this system does not tell what is open")
		}
		return len(open)
	}
	before, most := descriptors(), 0
	var mu sync.Mutex
	res, err := plan.Run(t.Context(), transfer.Skip, transfer.Watch{Done: func(transfer.Item, transfer.Outcome) {
		mu.Lock()
		defer mu.Unlock()
		most = max(most, descriptors()-before)
	}})
	if err != nil || res.Moved != 400 || most > 350 {
		t.Errorf("%+v, %v: %d files and folders open at once", res, err, most)
	}
}

func TestPartsThatStayAreToldAlsoOfACancelledUpload(t *testing.T) {
	a, s := open(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"big.bin": string(noise(40 << 20))})
	ctx, cancel := context.WithCancel(t.Context())
	a.Fail("s3:UploadPart", demo.Fault{Hang: true, When: func(any) bool { cancel(); return true }})
	a.Fail("s3:AbortMultipartUpload", demo.Denied)
	w := &told{}
	res, err := uploadOf(t, s, filepath.Join(dir, "big.bin")).Run(ctx, transfer.Skip, w.watch())
	if !errors.Is(err, context.Canceled) || res.Failed != 1 {
		t.Errorf("%+v, %v", res, err)
	}
	for _, reason := range w.failed {
		if text := awsclient.Classify(reason).Error(); !strings.Contains(text, "could not be removed") {
			t.Errorf("the reason is %q", text)
		}
	}
	a.Heal("*")
	a.Fail("s3:UploadPart", demo.Denied)
	a.Fail("s3:AbortMultipartUpload", demo.Denied)
	_, w = run(t, uploadOf(t, s, filepath.Join(dir, "big.bin")), transfer.Skip)
	for _, reason := range w.failed {
		if text := awsclient.Classify(reason).Error(); !strings.Contains(text, "s3:PutObject") || !strings.Contains(text, "could not be removed") {
			t.Errorf("the reason is %q", text)
		}
	}
	if len(w.failed) != 1 {
		t.Errorf("failed: %v", w.failed)
	}
}
