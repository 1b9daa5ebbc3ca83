package paths_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"straws/ui/paths"
)

// house is a home directory with a few things in it, which is the current one too.
func house(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	for _, d := range []string{"data/raw", "data/rare", "docs", ".config"} {
		if err := os.MkdirAll(filepath.Join(home, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range []string{"dates.csv", "data/raw/a.txt", "data/readme", ".profile", "line\nbreak", "ünï"} {
		if err := os.WriteFile(filepath.Join(home, f), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(home, "data"), filepath.Join(home, "linked")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	t.Chdir(home)
	return home
}

func TestComplete(t *testing.T) {
	home := house(t)
	tests := []struct {
		text          string
		want, folders []string
	}{
		{"da", []string{"data/", "dates.csv"}, []string{"data/"}},
		{"data/ra", []string{"data/rare/", "data/raw/"}, []string{"data/rare/", "data/raw/"}},
		{"data/raw/", []string{"data/raw/a.txt"}, nil},
		{"~", []string{"~/"}, []string{"~/"}},
		{"~/do", []string{"~/docs/"}, []string{"~/docs/"}},
		{home + "/li", []string{home + "/line\nbreak", home + "/linked/"}, []string{home + "/linked/"}},
		{".", []string{".config/", ".profile"}, []string{".config/"}},
		{"ün", []string{"ünï"}, nil},
		{"", []string{"data/", "dates.csv", "docs/", "line\nbreak", "linked/", "ünï"}, []string{"data/", "docs/", "linked/"}},
		{"nothing/here", nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			if got := paths.Complete(t.Context(), tt.text); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if got := paths.CompleteFolder(t.Context(), tt.text); !slices.Equal(got, tt.folders) {
				t.Errorf("folders %q, want %q", got, tt.folders)
			}
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if got := paths.Complete(ended, "da"); got != nil {
		t.Errorf("went on after it was cancelled: %q", got)
	}
}

func TestExpandAndShort(t *testing.T) {
	home := house(t)
	for text, want := range map[string]string{
		"~": home, "~/docs/": filepath.Join(home, "docs"), "docs/../data": filepath.Join(home, "data"),
		"/a//b/": "/a/b", "~other": filepath.Join(home, "~other"),
	} {
		if got := paths.Expand(text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	for path, want := range map[string]string{home: "~", home + "/docs": "~/docs", home + "er": home + "er", "/tmp": "/tmp"} {
		if got := paths.Short(path); got != want {
			t.Errorf("%s is written %s, want %s", path, got, want)
		}
	}
}
