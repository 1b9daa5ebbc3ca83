package transfer_test

import (
	"path/filepath"
	"testing"

	"straws/awsclient/demo"
	"straws/awsclient/transfer"
)

func TestALostAnswerToAnOverwriteIsLookedUpFirst(t *testing.T) {
	a, s := open(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.txt": "new"})
	store(t, a, "empty-bucket", "up/a.txt", []byte("old"))
	plan := uploadOf(t, s, filepath.Join(dir, "a.txt"))
	f, before := demo.Reset, len(a.Calls("s3:PutObject"))
	f.After, f.Times = true, 1
	a.Fail("s3:PutObject", f)
	// In a bucket with versions, a second write is one more of them.
	if res, _ := run(t, plan, transfer.Overwrite); res.Moved != 1 || len(a.Calls("s3:PutObject"))-before != 1 {
		t.Errorf("%+v after %d writes", res, len(a.Calls("s3:PutObject"))-before)
	}
	f.After = false
	a.Fail("s3:PutObject", f)
	write(t, dir, map[string]string{"a.txt": "newer"})
	if res, _ := run(t, plan, transfer.Overwrite); res.Moved != 1 || level(t, s, "empty-bucket", "up/")[0].Size != 5 {
		t.Errorf("%+v, and it is not what it was to be", res)
	}
}

func TestALostCompletionIsFoundWithoutSeeingTheParts(t *testing.T) {
	for _, e := range []transfer.Existing{transfer.KeepBoth, transfer.Overwrite} {
		a, s := open(t)
		dir := t.TempDir()
		write(t, dir, map[string]string{"a.bin": string(noise(20 << 20))})
		f := demo.Reset
		f.After, f.Times = true, 1
		a.Fail("s3:CompleteMultipartUpload", f)
		a.Fail("s3:ListParts", demo.Denied)
		plan := uploadOf(t, s, filepath.Join(dir, "a.bin"))
		res, _ := run(t, plan, e)
		if rows := level(t, s, "empty-bucket", "up/"); res.Moved != 1 || len(rows) != 1 || len(a.Calls("s3:AbortMultipartUpload")) != 0 {
			t.Errorf("%v: %+v, %d objects", e, res, len(rows))
		}
	}
}
