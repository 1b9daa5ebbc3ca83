package settings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"straws/ui/settings"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"good", "profile = \"prod\"\nread_only = true\nthin = true\n", ""},
		{"empty", "", ""},
		{"unknown setting", "thin = true\ncolour = \"red\"\n", `config.toml:2: there is no setting ["colour"]`},
		{"wrong type", "thin = \"yes\"\n", "config.toml:1"},
		{"not toml", "thin\n", "config.toml:1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.toml")
			if err := os.WriteFile(path, []byte(tt.file), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := settings.Read(path)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want %q", err, tt.want)
			}
		})
	}
}

func TestDefaultFileNeedNotExist(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	if s, err := settings.Read(""); err != nil || s != (settings.Settings{History: true}) {
		t.Errorf("got %+v, %v", s, err)
	}
	if _, err := settings.Read(filepath.Join(t.TempDir(), "no.toml")); err == nil {
		t.Error("a file that was named and is missing must be an error")
	}
}
