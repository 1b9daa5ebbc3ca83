package transfer

import (
	"container/list"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// openFolders is how many folders of a target are kept open: a path through an
// open one is a single name.
const openFolders = 64

// folder is an open folder below the target.
type folder struct {
	*os.Root

	path  string
	dir   *os.File // the same, for what Root has no call for
	fresh bool     // this run made it: nothing was there before
	users int
	at    *list.Element
}

// folders keeps the folders that were used last.
type folders struct {
	mu    sync.Mutex
	open  map[string]*folder
	used  list.List // of *folder, the last used in front
	fresh map[string]bool
}

// within opens a folder below the target, and makes it where it is missing. It
// has to be given back.
func (t *target) within(dir string) (*folder, error) {
	t.folders.mu.Lock()
	defer t.folders.mu.Unlock()
	if f, ok := t.folders.open[dir]; ok {
		f.users++
		t.folders.used.MoveToFront(f.at)
		return f, nil
	}
	fresh, err := t.make(dir)
	if err != nil {
		return nil, err
	}
	root, err := t.OpenRoot(filepath.FromSlash(dir))
	if err != nil {
		return nil, fmt.Errorf("open the folder %s: %w", dir, err)
	}
	self, err := root.Open(".")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the folder %s: %w", dir, err), root.Close())
	}
	f := &folder{Root: root, path: dir, dir: self, fresh: fresh, users: 1}
	f.at = t.folders.used.PushFront(f)
	t.folders.open[dir] = f
	t.shrink()
	return f, nil
}

// done gives a folder back.
func (t *target) done(f *folder) {
	t.folders.mu.Lock()
	defer t.folders.mu.Unlock()
	f.users--
	t.shrink()
}

// shrink closes folders that nobody uses, those first that were used long ago.
func (t *target) shrink() {
	for e := t.folders.used.Back(); e != nil && t.folders.used.Len() > openFolders; {
		f, _ := e.Value.(*folder)
		e = e.Prev()
		if f.users == 0 {
			t.drop(f)
		}
	}
}

func (t *target) drop(f *folder) {
	t.folders.used.Remove(f.at)
	delete(t.folders.open, f.path)
	_ = errors.Join(f.dir.Close(), f.Close()) // every file in it was closed
}

// make makes a folder and those above it. Fresh tells that it was not there.
func (t *target) make(dir string) (fresh bool, err error) {
	if dir == "." {
		return t.fresh, nil
	}
	if made, ok := t.folders.fresh[dir]; ok {
		return made, nil
	}
	err = t.Mkdir(filepath.FromSlash(dir), 0o777)
	if errors.Is(err, fs.ErrNotExist) && path.Dir(dir) != "." {
		if _, err := t.make(path.Dir(dir)); err != nil {
			return false, err
		}
		err = t.Mkdir(filepath.FromSlash(dir), 0o777)
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return false, fmt.Errorf("make the folder %s: %w", dir, err)
	}
	t.folders.fresh[dir] = err == nil
	return err == nil, nil
}

// close closes everything.
func (t *target) close() {
	t.folders.mu.Lock()
	defer t.folders.mu.Unlock()
	for _, f := range t.folders.open {
		t.drop(f)
	}
	_ = t.Close() // as above
}

// exists reports whether there is anything of the name, a broken link included.
func (f *folder) exists(name string) bool {
	_, err := f.Lstat(name)
	return err == nil
}

// rename gives a hidden file its name without replacing anything.
func (f *folder) rename(from, to string) error {
	if err := f.renameAtOnce(from, to); !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	// Where the system cannot rename so, a link does it; and where the file system
	// has no links, it is asked first.
	err := f.Link(from, to)
	switch {
	case err == nil:
		return f.Remove(from) //nolint:wrapcheck // the caller wraps
	case errors.Is(err, fs.ErrExist):
		return err //nolint:wrapcheck // as above
	case f.exists(to):
		return fs.ErrExist
	}
	return f.Rename(from, to) //nolint:wrapcheck // as above
}
