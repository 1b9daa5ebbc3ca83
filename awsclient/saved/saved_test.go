package saved_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/saved"
)

// place is a function of a session that keeps things in dir.
func place(t *testing.T, dir, profile, function string) saved.Place {
	t.Helper()
	cfg := demo.New(demo.Options{}).Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, StateDir: dir, Profile: profile})
	if err != nil {
		t.Fatal(err)
	}
	return saved.PlaceOf(s, function)
}

// files lists what is below dir, with permissions of anybody but the owner as an
// error.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if path != dir && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		if !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			out = append(out, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestADraftOutlivesTheProgram(t *testing.T) {
	dir := t.TempDir()
	p := place(t, dir, "../prod", "echo")
	var first, second saved.Store
	if err := first.KeepDraft(p, first.Stamp(), "{\n"); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(files(t, dir), " "); got != "drafts/..%2Fprod/eu-west-1/echo.json" {
		t.Errorf("the files are %s", got)
	}
	text, at, err := second.Draft(p)
	if err != nil || string(text) != "{\n" || at.IsZero() {
		t.Errorf("read %q of %v, %v", text, at, err)
	}
	if text, _, err = second.Draft(place(t, dir, "dev", "echo")); err != nil || text != nil {
		t.Errorf("another profile has %q, %v", text, err)
	}
	if err := second.KeepDraft(p, second.Stamp(), ""); err != nil || len(files(t, dir)) != 0 {
		t.Errorf("an empty draft stays: %v, %v", err, files(t, dir))
	}
}

func TestAnOldDraftDoesNotReplaceANewOne(t *testing.T) {
	for _, dir := range []string{t.TempDir(), ""} {
		p := place(t, dir, "", "echo")
		var s saved.Store
		old, young := s.Stamp(), s.Stamp()
		_ = s.KeepDraft(p, young, "new")
		_ = s.KeepDraft(p, old, "old")
		if text, _, err := s.Draft(p); err != nil || string(text) != "new" {
			t.Errorf("read %q, %v", text, err)
		}
	}
}

func TestEventsAreNamed(t *testing.T) {
	for _, dir := range []string{t.TempDir(), ""} {
		p := place(t, dir, "[prod]*", "echo")
		var s saved.Store
		for _, name := range []string{"zwei/ü", "a b"} {
			if err := s.Save(p, name, []byte(name)); err != nil {
				t.Fatal(err)
			}
		}
		_ = s.Save(p, "a b", []byte("newer"))
		_ = s.KeepDraft(p, s.Stamp(), "no event")
		if err := s.Save(place(t, dir, "[prod]*", "other"), "x", nil); err != nil {
			t.Fatal(err)
		}
		events, err := s.List(p)
		if err != nil || len(events) != 2 || events[0].Name != "a b" || string(events[0].Payload) != "newer" || events[1].Name != "zwei/ü" {
			t.Errorf("%q lists %+v, %v", dir, events, err)
		}
		if err := s.Delete(p, "zwei/ü"); err != nil {
			t.Error(err)
		}
		if events, _ := s.List(p); len(events) != 1 {
			t.Errorf("after deleting there are %+v", events)
		}
		if err := s.Delete(p, "gone"); err != nil {
			t.Errorf("deleting what is not there: %v", err)
		}
	}
}

func TestNamesThatCannotBe(t *testing.T) {
	for _, tt := range []struct{ name, want string }{
		{"", "needs a name"},
		{" ", "needs a name"},
		{"a\nb", "control"},
		{"\xff", "control"},
		{".hidden", "dot"},
		{strings.Repeat("x", 61), "60 characters"},
		{strings.Repeat("宽", 60), "60 characters"},
		{"fine/../name", ""},
	} {
		if err := saved.CheckName(tt.name); (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestWhatCannotBeReadOrWrittenIsSaid(t *testing.T) {
	dir := t.TempDir()
	p := place(t, dir, "dev", "echo")
	var s saved.Store
	_ = s.Save(p, "good", []byte("1"))
	events := filepath.Join(dir, "events", "dev", "eu-west-1", "echo")
	if err := os.WriteFile(filepath.Join(events, "huge.json"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(events, "huge.json"), 1<<30); err != nil {
		t.Fatal(err)
	}
	list, err := s.List(p)
	if len(list) != 1 || err == nil || !strings.Contains(err.Error(), "read saved event huge") {
		t.Errorf("listed %+v, %v", list, err)
	}
	blocked := filepath.Join(dir, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepDraft(place(t, blocked, "dev", "echo"), s.Stamp(), "x"); err == nil || !strings.Contains(err.Error(), "keep the draft of echo") {
		t.Errorf("got %v", err)
	}
}
