package places_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/places"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// store opens the places below a directory as a program does that was started
// for them.
func store(t *testing.T, dir string) *places.Store {
	t.Helper()
	cfg := demo.New(demo.Options{}).Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, StateDir: dir, Profile: "prod/admin"})
	if err != nil {
		t.Fatal(err)
	}
	return places.Of(s.In("us-east-1"))
}

func addresses(t *testing.T, s *places.Store) string {
	t.Helper()
	all, err := s.All()
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, p := range all {
		if p.Bookmarked {
			p.Address = "*" + p.Address
		}
		words = append(words, p.Address)
	}
	return strings.Join(words, " ")
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestPlacesOutliveTheProgram(t *testing.T) {
	for _, dir := range []string{t.TempDir(), ""} {
		s := store(t, dir)
		must(t, s.Visit("s3://a/", noon), s.Visit("s3://b/x\xff/", noon.Add(1)), s.Bookmark("s3://c/", noon), s.Visit("s3://a/", noon.Add(2)), s.Bookmark("s3://b/x\xff/", noon))
		want := "*s3://b/x\xff/ *s3://c/ s3://a/"
		if got := addresses(t, s); got != want {
			t.Errorf("%q, want %q", got, want)
		}
		if dir == "" {
			continue
		}
		again := store(t, dir)
		if got := addresses(t, again); got != want {
			t.Errorf("the next program finds %q, want %q", got, want)
		}
		must(t, s.Bookmark("s3://d/", noon), again.Forget("s3://c/"))
		if got := addresses(t, s); got != "*s3://b/x\xff/ *s3://d/ s3://a/" {
			t.Errorf("programs side by side keep %q", got)
		}
	}
}

func TestOnlyTheLastVisitsAreKept(t *testing.T) {
	s := store(t, t.TempDir())
	must(t, s.Bookmark("s3://kept/", noon))
	for i := range 60 {
		must(t, s.Visit(fmt.Sprintf("s3://b/%02d/", i), noon.Add(time.Duration(i))))
	}
	got := addresses(t, s)
	if !strings.HasPrefix(got, "*s3://kept/ s3://b/59/ ") || !strings.HasSuffix(got, " s3://b/10/") {
		t.Errorf("kept %s", got)
	}
}

func TestADamagedFileIsSaidAndLeftAlone(t *testing.T) {
	dir := t.TempDir()
	s := store(t, dir)
	must(t, s.Bookmark("s3://a/", noon))
	files, _ := filepath.Glob(filepath.Join(dir, "places", "*.json"))
	if len(files) != 1 {
		t.Fatalf("files: %v", files)
	}
	must(t, os.WriteFile(files[0], []byte(`[{"address": "s3://a/"`), 0o600))
	if _, err := s.All(); err == nil || !strings.Contains(err.Error(), "is damaged") || !strings.Contains(err.Error(), files[0]) {
		t.Errorf("read: %v", err)
	}
	if err := s.Visit("s3://b/", noon); err == nil {
		t.Error("a damaged file was written over")
	}
	if text, _ := os.ReadFile(files[0]); string(text) != `[{"address": "s3://a/"` {
		t.Errorf("the file is now %s", text)
	}
}

func TestAPlaceThatCannotBeWrittenIsSaid(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "places"), nil, 0o600))
	if err := store(t, dir).Bookmark("s3://a/", noon); err == nil || !strings.Contains(err.Error(), "bookmark s3://a/") {
		t.Errorf("got %v", err)
	}
}
