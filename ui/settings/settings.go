// Package settings reads the user's config file.
package settings

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pelletier/go-toml/v2"
)

// Settings are the defaults of the command line's flags.
type Settings struct {
	Profile     string `toml:"profile"`
	Region      string `toml:"region"`
	EndpointURL string `toml:"endpoint_url"`
	ReadOnly    bool   `toml:"read_only"`
	Thin        bool   `toml:"thin"`
	LogFile     string `toml:"log_file"`
	History     bool   `toml:"history"` // of invocations; kept unless the file says false
}

// Path is where the config file is looked for when none is named:
// straws/config.toml in $XDG_CONFIG_HOME, or in ~/.config.
func Path() string {
	dir := os.Getenv("XDG_CONFIG_HOME")
	if dir == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return ""
		}
		dir = filepath.Join(home, ".config")
	}
	return filepath.Join(dir, "straws", "config.toml")
}

// Read reads the file at path; "" means Path, which need not exist. An unknown
// setting is an error that names its line.
func Read(path string) (Settings, error) {
	s := Settings{History: true}
	named := path != ""
	if !named {
		path = Path()
	}
	f, err := os.Open(path) //nolint:gosec // the user names the file
	if errors.Is(err, fs.ErrNotExist) && !named {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read the config file: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	err = toml.NewDecoder(f).DisallowUnknownFields().Decode(&s)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		line, _ := unknown.Errors[0].Position()
		return s, fmt.Errorf("%s:%d: there is no setting %q; there are profile, region, endpoint_url, read_only, thin, log_file, history",
			path, line, unknown.Errors[0].Key())
	case errors.As(err, &wrong):
		line, col := wrong.Position()
		return s, fmt.Errorf("%s:%d:%d: %w", path, line, col, wrong)
	case err != nil:
		return s, fmt.Errorf("%s: %w", path, err)
	}
	return s, nil
}
