package transfer_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/s3"
	"straws/awsclient/transfer"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/s3"
)

func open(t testing.TB) (*demo.Account, *awsclient.Session) {
	t.Helper()
	a := demo.New(demo.Options{})
	cfg := a.Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	return a, s
}

// store puts an object into the account, beside the program.
func store(t testing.TB, a *demo.Account, bucket, key string, data []byte) {
	t.Helper()
	_, err := sdk.NewFromConfig(a.Config()).PutObject(t.Context(), &sdk.PutObjectInput{Bucket: &bucket, Key: &key, Body: bytes.NewReader(data)})
	if err != nil {
		t.Fatal(err)
	}
}

// level lists what is below a prefix, as rows that a user marks.
func level(t testing.TB, s *awsclient.Session, bucket, prefix string) []s3.Entry {
	t.Helper()
	list := s3.List(s, bucket, prefix)
	var all []s3.Entry
	for {
		rows, more, err := list(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rows...)
		if !more {
			return all
		}
	}
}

// told is what a run told its Watch.
type told struct {
	bytes atomic.Int64

	mu     sync.Mutex
	done   map[string]transfer.Outcome
	failed map[string]error
	notes  []string
}

func (w *told) watch() transfer.Watch {
	w.done, w.failed = map[string]transfer.Outcome{}, map[string]error{}
	return transfer.Watch{
		Bytes: func(n int64) { w.bytes.Add(n) },
		Done: func(i transfer.Item, how transfer.Outcome) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.done[i.ID] = how
		},
		Failed: func(i transfer.Item, err error) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.failed[i.ID] = err
		},
		Note: func(text string) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.notes = append(w.notes, text)
		},
	}
}

// files reads every file below a folder, by its path with slashes.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		found[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func download(t testing.TB, s *awsclient.Session, d transfer.Download) *transfer.Plan {
	t.Helper()
	p, err := transfer.PlanDownload(t.Context(), s, d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t testing.TB, p *transfer.Plan, e transfer.Existing) (transfer.Result, *told) {
	t.Helper()
	w := &told{}
	res, err := p.Run(t.Context(), e, w.watch())
	if err != nil {
		t.Fatal(err)
	}
	for id, err := range w.failed {
		t.Logf("%q: %v", id, err)
	}
	return res, w
}

func TestHostileKeysStayInTheFolder(t *testing.T) {
	a, s := open(t)
	for i, key := range []string{
		"..", ".", "x/..", "../../../../../../tmp/straws-escaped", "/", "//", "c:\\windows\\x", "NUL", "aux.txt",
		"Case.txt", "case.txt", "nfc-\u00e9.txt", "nfc-e\u0301.txt", "a/b/c", "a/b", "a.", "nul\x00byte",
	} {
		store(t, a, "oddities", key, fmt.Appendf(nil, "hostile %d\n", i))
	}
	parent := t.TempDir()
	into := filepath.Join(parent, "into")
	plan := download(t, s, transfer.Download{Bucket: "oddities", Items: level(t, s, "oddities", ""), Into: into})
	if plan.Files < 40 {
		t.Fatalf("only %d keys", plan.Files)
	}
	for _, r := range plan.Renames {
		t.Logf("%q → %q: %s", r.From, r.To, r.Why)
	}
	if got := files(t, parent); len(got) != 0 {
		t.Fatalf("planning wrote %v", got)
	}
	res, w := run(t, plan, transfer.Skip)
	if res.Moved != plan.Files || res.Failed != 0 || res.Left != 0 || res.Checked != plan.Files {
		t.Errorf("the run: %+v", res)
	}
	if w.bytes.Load() != plan.Bytes {
		t.Errorf("%d bytes told of %d", w.bytes.Load(), plan.Bytes)
	}
	got := files(t, parent)
	for p := range got {
		if !strings.HasPrefix(p, "into/") {
			t.Errorf("%s is outside", p)
		}
	}
	if _, err := os.Lstat("/tmp/straws-escaped"); err == nil {
		t.Error("a key has left the folder")
	}
	var have []string
	for _, data := range got {
		have = append(have, data)
	}
	c := sdk.NewFromConfig(a.Config())
	list, err := c.ListObjectsV2(t.Context(), &sdk.ListObjectsV2Input{Bucket: aws.String("oddities"), EncodingType: "url"})
	if err != nil || len(list.Contents) != plan.Files || len(got) != plan.Files {
		t.Fatalf("%d keys, %d planned, %d files, %v", len(list.Contents), plan.Files, len(got), err)
	}
	for _, call := range a.Calls("s3:GetObject") {
		in := call.Input.(*sdk.GetObjectInput)
		out, err := c.GetObject(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		_, _ = want.ReadFrom(out.Body)
		if !slices.Contains(have, want.String()) {
			t.Errorf("the bytes of %q are nowhere", *in.Key)
		}
	}
}

func TestUploadAndFetchAFolder(t *testing.T) {
	a, s := open(t)
	dir := filepath.Join(t.TempDir(), "site")
	write(t, dir, map[string]string{
		"index.html": "<p>hello", "deep/er/data.json": "{}", "empty": "", "noext": "plain words", "with space+plus%.txt": "x",
		"big.bin": strings.Repeat("0123456789abcdef", 3<<20/2), // 24 MiB
	})
	plan, err := transfer.PlanUpload(t.Context(), s, transfer.Upload{Bucket: "empty-bucket", Prefix: "www/", Paths: []string{dir}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Files != 6 || plan.Existing != 0 || plan.ExistingUnknown || plan.Bytes < 24<<20 {
		t.Errorf("the plan: %+v", plan.Summary)
	}
	res, w := run(t, plan, transfer.Skip)
	if res.Moved != 6 || w.bytes.Load() != plan.Bytes {
		t.Errorf("the run: %+v, %d bytes told of %d", res, w.bytes.Load(), plan.Bytes)
	}
	types := map[string]string{}
	for _, c := range a.Calls("s3:PutObject") {
		in := c.Input.(*sdk.PutObjectInput)
		types[*in.Key] = *in.ContentType
		if aws.ToString(in.IfNoneMatch) != "*" {
			t.Errorf("%s was written without a condition", *in.Key)
		}
	}
	want := map[string]string{
		"www/site/index.html": "text/html", "www/site/deep/er/data.json": "application/json", "www/site/empty": "binary/octet-stream",
		"www/site/noext": "text/plain", "www/site/with space+plus%.txt": "text/plain",
	}
	if !maps.Equal(types, want) {
		t.Errorf("types %v", types)
	}
	if n := len(a.Calls("s3:UploadPart")); n != 3 {
		t.Errorf("%d parts", n)
	}

	into := t.TempDir()
	back := download(t, s, transfer.Download{Bucket: "empty-bucket", Base: "www/", Items: level(t, s, "empty-bucket", "www/"), Into: into})
	res, w = run(t, back, transfer.Skip)
	if res.Moved != 6 || w.bytes.Load() != plan.Bytes {
		t.Errorf("the way back: %+v, %d bytes told", res, w.bytes.Load())
	}
	if !maps.Equal(files(t, into), files(t, filepath.Dir(dir))) {
		t.Errorf("what came back differs: %v", slices.Collect(maps.Keys(files(t, into))))
	}
}

func write(t testing.TB, dir string, content map[string]string) {
	t.Helper()
	for name, data := range content {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestNothingIsOverwrittenUnasked(t *testing.T) {
	a, s := open(t)
	store(t, a, "empty-bucket", "a.txt", []byte("from S3"))
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.txt": "from here"})
	d := transfer.Download{Bucket: "empty-bucket", Items: level(t, s, "empty-bucket", ""), Into: dir}
	for _, tt := range []struct {
		existing transfer.Existing
		want     map[string]string
		gets     int
	}{
		{transfer.Skip, map[string]string{"a.txt": "from here"}, 0},
		{transfer.KeepBoth, map[string]string{"a.txt": "from here", "a (2).txt": "from S3"}, 1},
		{transfer.KeepBoth, map[string]string{"a.txt": "from here", "a (2).txt": "from S3", "a (3).txt": "from S3"}, 2},
		{transfer.Overwrite, map[string]string{"a.txt": "from S3", "a (2).txt": "from S3", "a (3).txt": "from S3"}, 3},
	} {
		plan := download(t, s, d)
		if plan.Existing != 1 {
			t.Errorf("%d exist", plan.Existing)
		}
		run(t, plan, tt.existing)
		if got := files(t, dir); !maps.Equal(got, tt.want) {
			t.Errorf("with %d: %v", tt.existing, got)
		}
		if n := len(a.Calls("s3:GetObject")); n != tt.gets {
			t.Errorf("with %d: %d GETs", tt.existing, n)
		}
	}
}

func TestNoKeyIsOverwrittenUnasked(t *testing.T) {
	_, s := open(t)
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.txt": "one"})
	put := func(e transfer.Existing, content string) transfer.Result {
		write(t, dir, map[string]string{"a.txt": content})
		p, err := transfer.PlanUpload(t.Context(), s, transfer.Upload{Bucket: "empty-bucket", Prefix: "x/", Paths: []string{filepath.Join(dir, "a.txt")}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(level(t, s, "empty-bucket", "x/")) > 0; (p.Existing == 1) != got {
			t.Errorf("the plan knows of %d that exist", p.Existing)
		}
		res, _ := run(t, p, e)
		return res
	}
	read := func() map[string]string {
		into := t.TempDir()
		run(t, download(t, s, transfer.Download{Bucket: "empty-bucket", Base: "x/", Items: level(t, s, "empty-bucket", "x/"), Into: into}), transfer.Skip)
		return files(t, into)
	}
	put(transfer.Skip, "one")
	if res := put(transfer.Skip, "two"); res.Skipped != 1 || !maps.Equal(read(), map[string]string{"a.txt": "one"}) {
		t.Errorf("skip: %+v, %v", res, read())
	}
	if res := put(transfer.KeepBoth, "three"); res.Moved != 1 || !maps.Equal(read(), map[string]string{"a.txt": "one", "a (2).txt": "three"}) {
		t.Errorf("keep both: %+v, %v", res, read())
	}
	if res := put(transfer.Overwrite, "four"); res.Moved != 1 || read()["a.txt"] != "four" {
		t.Errorf("overwrite: %+v, %v", res, read())
	}
}

func TestHostileKeysOfARealServer(t *testing.T) {
	s := session(t, gateway(t))
	makeBucket(t, s, "hostile")
	c := sdk.NewFromConfig(s.Config(), func(o *sdk.Options) { o.UsePathStyle = true })
	stored := 0
	// Control characters are left to the demo account: this server lists them as
	// other characters.
	for i, key := range []string{
		"bidi-\u202egnp.exe", "back\\slash", "c:drive", "NUL", "a.", "trailing ",
		"README", "readme", "nfc-\u00e9", "nfc-e\u0301", "plus+and space", "percent%2Fencoded", "🧋", "-rf", "..", "../up", "a//b", "/lead", "x/./y",
	} {
		_, err := c.PutObject(t.Context(), &sdk.PutObjectInput{Bucket: aws.String("hostile"), Key: &key, Body: strings.NewReader(fmt.Sprint("content ", i))})
		if err == nil {
			stored++
		}
	}
	var kept []string
	for _, e := range below(t, s, "hostile") {
		kept = append(kept, e.Key)
	}
	t.Logf("of 19 keys the server holds %d", len(kept))
	parent := t.TempDir()
	plan := download(t, s, transfer.Download{Bucket: "hostile", Items: below(t, s, "hostile"), Into: filepath.Join(parent, "into")})
	res, _ := run(t, plan, transfer.Skip)
	got := files(t, parent)
	if len(kept) < 12 || res.Moved != len(kept) || len(got) != len(kept) {
		t.Errorf("%d keys of %d stored, %d files: %+v", len(kept), stored, len(got), res)
	}
	for p, data := range got {
		if !strings.HasPrefix(p, "into/") || !strings.HasPrefix(data, "content ") {
			t.Errorf("%q holds %q", p, data)
		}
	}
}

func below(t testing.TB, s *awsclient.Session, bucket string) []s3.Entry {
	t.Helper()
	rows, _, err := s3.Below(s, bucket, "", "")(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
