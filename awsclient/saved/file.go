package saved

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// fileLimit bounds what is read back: a payload is no larger, and the file may
// have been put there by somebody else.
const fileLimit = 16 << 20

func (s *Store) read(p Place, path string) (Event, error) {
	if p.dir == "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.memory[path], nil
	}
	f, err := os.Open(path) //nolint:gosec // made of escaped segments below the state directory
	if errors.Is(err, fs.ErrNotExist) {
		return Event{}, nil
	}
	if err != nil {
		return Event{}, err //nolint:wrapcheck // the callers say what for
	}
	defer f.Close() //nolint:errcheck // only read
	info, err := f.Stat()
	switch {
	case err != nil:
		return Event{}, err //nolint:wrapcheck // the callers say what for
	case info.Size() > fileLimit:
		return Event{}, fmt.Errorf("%s has %d bytes, which no payload has", path, info.Size())
	}
	text, err := io.ReadAll(io.LimitReader(f, fileLimit))
	return Event{Payload: text, Time: info.ModTime()}, err //nolint:wrapcheck // the callers say what for
}

// write replaces a file as a whole: a crash leaves the old one or the new one.
// Nobody else may read it.
func (s *Store) write(p Place, path, payload string) error {
	if p.dir == "" {
		if s.memory == nil {
			s.memory = map[string]Event{}
		}
		s.memory[path] = Event{Payload: []byte(payload)}
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err //nolint:wrapcheck // the callers say what for
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".saving-*") // 0600
	if err != nil {
		return err //nolint:wrapcheck // the callers say what for
	}
	_, err = f.WriteString(payload)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // the error before says more
	}
	return err //nolint:wrapcheck // the callers say what for
}

func (s *Store) remove(p Place, path string) error {
	if p.dir == "" {
		delete(s.memory, path)
		return nil
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err //nolint:wrapcheck // the callers say what for
	}
	return nil
}

// keys lists what memory has in a directory.
func (s *Store) keys(dir string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for path := range s.memory {
		if filepath.Dir(path) == dir {
			out = append(out, path)
		}
	}
	return out
}
