// Package saved keeps payloads of functions on this machine: the one that is
// being typed, and those that were given a name.
package saved

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"straws/awsclient"
)

const (
	suffix    = ".json"
	nameLimit = 60 // characters of an event's name; escaped, it is the name of a file
)

// Event is a payload with a name.
type Event struct {
	Name    string
	Payload []byte
	Time    time.Time // when it was saved; zero in memory
}

// Store is where payloads are kept: below the state directory of a session, or
// in memory when it has none. The zero value is ready, and safe for concurrent use.
type Store struct {
	stamps atomic.Uint64

	mu     sync.Mutex
	newest map[string]uint64 // stamp of the draft written last, by its path
	memory map[string]Event  // by path
}

// Place is the function whose payloads are meant.
type Place struct{ dir, profile, region, function string }

// PlaceOf is the place of a function in a session. Each profile, region and
// emulator has its own: functions of the same name are others there.
func PlaceOf(s *awsclient.Session, function string) Place {
	profile := s.Profile()
	if e := s.Endpoint(); e != "" {
		profile += "@" + e
	}
	return Place{s.StateDir(), profile, s.Region(), function}
}

// path is where the place's payloads of a kind are. In memory it is a mere key.
func (p Place) path(kind string) string {
	return filepath.Join(p.dir, kind, segment(p.profile), segment(p.region), segment(p.function))
}

// segment makes a file name of any string, another one for every other string.
func segment(s string) string {
	if s == "" || strings.Trim(s, ".") == "" {
		return "%" + s
	}
	return url.PathEscape(s)
}

// Draft returns what was typed last for a function, and when; nothing when there
// is no draft.
func (s *Store) Draft(p Place) (payload []byte, at time.Time, err error) {
	e, err := s.read(p, p.path("drafts")+suffix)
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("read the draft of %s: %w", p.function, err)
	}
	return e.Payload, e.Time, nil
}

// Stamp numbers a draft, so that an older one that is written later is dropped.
func (s *Store) Stamp() uint64 { return s.stamps.Add(1) }

// KeepDraft writes what is being typed; no payload removes the draft.
func (s *Store) KeepDraft(p Place, stamp uint64, payload string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := p.path("drafts") + suffix
	if s.newest == nil {
		s.newest = map[string]uint64{}
	}
	if stamp < s.newest[path] {
		return nil
	}
	s.newest[path] = stamp
	put := func() error { return s.write(p, path, payload) }
	if payload == "" {
		put = func() error { return s.remove(p, path) }
	}
	if err := put(); err != nil {
		return fmt.Errorf("keep the draft of %s: %w", p.function, err)
	}
	return nil
}

// List returns the events of a function by name, without their payloads' being
// checked. A file that cannot be read is an error beside those that can.
func (s *Store) List(p Place) ([]Event, error) {
	dir := p.path("events")
	paths, err := s.paths(p, dir)
	if err != nil {
		return nil, fmt.Errorf("list the saved events of %s: %w", p.function, err)
	}
	var out []Event
	var failed error
	for _, path := range paths {
		name, err := url.PathUnescape(strings.TrimSuffix(filepath.Base(path), suffix))
		if err != nil {
			continue // not a file that Save made
		}
		e, err := s.read(p, path)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("read saved event %s: %w", name, err))
			continue
		}
		e.Name = name
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Event) int { return cmp.Compare(a.Name, b.Name) })
	return out, failed
}

// Save keeps an event under a name, in place of the one that had it.
func (s *Store) Save(p Place, name string, payload []byte) error {
	if err := CheckName(name); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.write(p, filepath.Join(p.path("events"), url.PathEscape(name)+suffix), string(payload)); err != nil {
		return fmt.Errorf("save event %s: %w", name, err)
	}
	return nil
}

// Delete removes an event.
func (s *Store) Delete(p Place, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.remove(p, filepath.Join(p.path("events"), url.PathEscape(name)+suffix)); err != nil {
		return fmt.Errorf("delete saved event %s: %w", name, err)
	}
	return nil
}

// CheckName says why an event cannot have a name; nil when it can.
func CheckName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("an event needs a name")
	case !utf8.ValidString(name), strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("the name of an event has no control characters")
	case utf8.RuneCountInString(name) > nameLimit, len(url.PathEscape(name)) > 3*nameLimit:
		return fmt.Errorf("the name of an event has at most %d characters", nameLimit)
	case name[0] == '.':
		return errors.New("the name of an event does not begin with a dot")
	}
	return nil
}

// paths lists the files of events, in memory their keys.
func (s *Store) paths(p Place, dir string) ([]string, error) {
	if p.dir == "" {
		return s.keys(dir), nil
	}
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var out []string
	for _, f := range files {
		if f.Type().IsRegular() && strings.HasSuffix(f.Name(), suffix) {
			out = append(out, filepath.Join(dir, f.Name()))
		}
	}
	return out, err //nolint:wrapcheck // the caller says what for
}
