// Package places remembers addresses on this machine: those that were given a
// bookmark, and those that were visited last.
package places

import (
	"cmp"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"straws/awsclient"
)

// recent is how many visits are remembered.
const recent = 50

// Place is an address.
type Place struct {
	Address    string
	Bookmarked bool
	At         time.Time // of the last visit, or of the bookmark where there was none
}

// Store is the places of one profile, and of one emulator. It is safe for
// concurrent use. Each change reads the file anew, so that programs side by
// side keep what the others have added.
type Store struct {
	path string // "" keeps them in memory

	mu     sync.Mutex
	memory []Place
}

// Of is the store of a session, the same one in all its regions.
func Of(s *awsclient.Session) *Store {
	return awsclient.Kept(s, func() *Store {
		if s.StateDir() == "" {
			return &Store{}
		}
		account := cmp.Or(s.Profile(), "default")
		if e := s.Endpoint(); e != "" {
			account += "@" + e
		}
		return &Store{path: filepath.Join(s.StateDir(), "places", url.PathEscape(account)+".json")}
	})
}

// All returns the bookmarks by name, and then the visits, the newest first.
func (s *Store) All() ([]Place, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.read()
	if err != nil {
		return nil, fmt.Errorf("read the places: %w", err)
	}
	return all, nil
}

// Visit remembers that an address was looked at.
func (s *Store) Visit(address string, at time.Time) error {
	return s.change("remember "+address, func(all []Place) []Place {
		i := index(all, address)
		if i < 0 {
			return append(all, Place{Address: address, At: at})
		}
		all[i].At = at
		return all
	})
}

// Bookmark gives an address a bookmark.
func (s *Store) Bookmark(address string, at time.Time) error {
	return s.change("bookmark "+address, func(all []Place) []Place {
		i := index(all, address)
		if i < 0 {
			return append(all, Place{Address: address, At: at, Bookmarked: true})
		}
		all[i].Bookmarked = true
		return all
	})
}

// Forget removes an address, bookmark and visit.
func (s *Store) Forget(address string) error {
	return s.change("forget "+address, func(all []Place) []Place {
		return slices.DeleteFunc(all, func(p Place) bool { return p.Address == address })
	})
}

func (s *Store) change(what string, do func([]Place) []Place) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.read()
	if err == nil {
		all = do(all)
		order(all)
		err = s.write(bounded(all))
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func index(all []Place, address string) int {
	return slices.IndexFunc(all, func(p Place) bool { return p.Address == address })
}

// order puts the bookmarks first.
func order(all []Place) {
	slices.SortStableFunc(all, func(a, b Place) int {
		switch {
		case a.Bookmarked != b.Bookmarked:
			if a.Bookmarked {
				return -1
			}
			return 1
		case a.Bookmarked:
			return strings.Compare(a.Address, b.Address)
		}
		return b.At.Compare(a.At)
	})
}

// bounded drops the oldest visits.
func bounded(all []Place) []Place {
	visits := 0
	return slices.DeleteFunc(all, func(p Place) bool {
		if !p.Bookmarked {
			visits++
		}
		return visits > recent && !p.Bookmarked
	})
}
