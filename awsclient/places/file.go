package places

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
	"unicode/utf8"
)

// fileLimit bounds what is read back: somebody else may have put the file there.
const fileLimit = 4 << 20

// line is a place in the file. Keys may hold any bytes, JSON only text.
type line struct {
	Address    string    `json:"address,omitempty"`
	Raw        []byte    `json:"raw,omitempty"` // in place of Address, where that is no UTF-8
	Bookmarked bool      `json:"bookmark,omitempty"`
	At         time.Time `json:"at"`
}

// read returns the places in the file; none when there is no file. A file that
// cannot be understood is an error and stays as it is.
func (s *Store) read() ([]Place, error) {
	if s.path == "" {
		return slices.Clone(s.memory), nil
	}
	f, err := os.Open(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err //nolint:wrapcheck // the callers say what for
	}
	defer f.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(f, fileLimit))
	if err != nil {
		return nil, err //nolint:wrapcheck // the callers say what for
	}
	var lines []line
	if err := json.Unmarshal(text, &lines); err != nil {
		return nil, fmt.Errorf("%s is damaged (%s): mend it or move it away", s.path, err.Error())
	}
	all := make([]Place, len(lines))
	for i, l := range lines {
		all[i] = Place{Address: l.Address, Bookmarked: l.Bookmarked, At: l.At}
		if l.Raw != nil {
			all[i].Address = string(l.Raw)
		}
	}
	return all, nil
}

// write replaces the file as a whole: a crash leaves the old one or the new one.
// Nobody else may read it.
func (s *Store) write(all []Place) error {
	if s.path == "" {
		s.memory = all
		return nil
	}
	lines := make([]line, len(all))
	for i, p := range all {
		lines[i] = line{Address: p.Address, Bookmarked: p.Bookmarked, At: p.At}
		if !utf8.ValidString(p.Address) {
			lines[i].Address, lines[i].Raw = "", []byte(p.Address)
		}
	}
	text, err := json.MarshalIndent(lines, "", "  ")
	if err != nil {
		return err //nolint:wrapcheck // the callers say what for
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err //nolint:wrapcheck // the callers say what for
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), ".places-*") // 0600
	if err != nil {
		return err //nolint:wrapcheck // the callers say what for
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), s.path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the error before says more
	}
	return err //nolint:wrapcheck // the callers say what for
}
