package transfer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"time"
)

// target is the folder that files are put into. It cannot be left, whatever
// links are planted in it.
type target struct {
	*os.Root

	mode fs.FileMode // that new files get here
	mu   sync.Mutex
	made map[string]bool // folders that are known to exist
}

// openTarget makes the folder where it is missing, and tries whether it can be
// written.
func openTarget(into string) (*target, error) {
	if err := os.MkdirAll(into, 0o777); err != nil { //nolint:gosec // as the umask says
		return nil, fmt.Errorf("the folder cannot be made: %w", err)
	}
	root, err := os.OpenRoot(into)
	if err != nil {
		return nil, fmt.Errorf("the folder cannot be opened: %w", err)
	}
	probe := hidden("straws", unique())
	f, err := root.OpenFile(probe, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("nothing can be written into %s: %w", into, err), root.Close())
	}
	info, err := f.Stat()
	err = errors.Join(err, f.Close(), root.Remove(probe))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("nothing can be written into %s: %w", into, err), root.Close())
	}
	return &target{Root: root, mode: info.Mode().Perm(), made: map[string]bool{".": true}}, nil
}

// folder makes a folder and those above it, once.
func (t *target) folder(dir string) error {
	t.mu.Lock()
	known := t.made[dir]
	t.mu.Unlock()
	if known {
		return nil
	}
	if err := t.MkdirAll(filepath.FromSlash(dir), 0o777); err != nil {
		return fmt.Errorf("make the folder %s: %w", dir, err)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.made[dir] = true
	return nil
}

// exists reports whether there is anything at the path, a broken link included.
func (t *target) exists(p string) bool {
	_, err := t.Lstat(filepath.FromSlash(p))
	return err == nil
}

// create makes a new hidden file beside the path.
func (t *target) create(p, mark string) (*os.File, string, error) {
	if err := t.folder(path.Dir(p)); err != nil {
		return nil, "", err
	}
	temp := path.Join(path.Dir(p), hidden(path.Base(p), mark))
	f, err := t.OpenFile(filepath.FromSlash(temp), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, "", fmt.Errorf("make a file beside %s: %w", p, err)
	}
	return f, temp, nil
}

// hidden is the name that a file has until it is whole.
func hidden(name, mark string) string {
	tail := "." + mark + ".part"
	if room := longestName - 1 - len(tail) - len(".json"); len(name) > room {
		name = name[:room]
	}
	return "." + name + tail
}

// errTaken is returned for a place that has a file already.
var errTaken = errors.New("there is a file of this name already")

// settle gives a whole file its permissions, its time and its name. It returns
// the name: with KeepBoth it may be another.
func (t *target) settle(f *os.File, temp, p string, modified time.Time, existing Existing) (string, error) {
	err := errors.Join(f.Chmod(t.mode), f.Sync(), f.Close())
	if err != nil {
		return "", fmt.Errorf("write %s to the disk: %w", p, err)
	}
	if !modified.IsZero() {
		if err := t.Chtimes(filepath.FromSlash(temp), modified, modified); err != nil {
			return "", fmt.Errorf("set the time of %s: %w", p, err)
		}
	}
	if existing == Overwrite {
		if err := t.Rename(filepath.FromSlash(temp), filepath.FromSlash(p)); err != nil {
			return "", fmt.Errorf("put %s in its place: %w", p, err)
		}
		return p, nil
	}
	name := p
	for n := 2; ; n++ {
		err := t.name(temp, name)
		switch {
		case err == nil:
			return name, nil
		case !errors.Is(err, fs.ErrExist):
			return "", fmt.Errorf("put %s in its place: %w", p, err)
		case existing == Skip:
			return "", errTaken
		}
		name = path.Join(path.Dir(p), withMark(path.Base(p), fmt.Sprintf(" (%d)", n)))
	}
}

// name gives the hidden file its name without replacing anything. Only a link
// does that in one step; a file system without links is asked first.
func (t *target) name(temp, p string) error {
	from, to := filepath.FromSlash(temp), filepath.FromSlash(p)
	err := t.Link(from, to)
	switch {
	case err == nil:
		return t.Remove(from) //nolint:wrapcheck // settle wraps
	case errors.Is(err, fs.ErrExist):
		return err //nolint:wrapcheck // as above
	case t.exists(p):
		return fs.ErrExist
	}
	return t.Rename(from, to) //nolint:wrapcheck // as above
}

// usable ends the run where a folder is gone, or is not what it was.
func (t *target) usable(err error) error {
	if err == nil {
		return nil
	}
	if _, gone := t.Stat("."); gone != nil {
		return &fatal{fmt.Errorf("the folder %s cannot be used any more: %w", t.Root.Name(), gone)}
	}
	if here, err := os.Stat(t.Root.Name()); err != nil {
		return &fatal{fmt.Errorf("the folder is gone: %w", err)}
	} else if own, err := t.Stat("."); err == nil && !os.SameFile(here, own) {
		return &fatal{fmt.Errorf("the folder %s was replaced by another one", t.Root.Name())}
	}
	return err
}

// openExisting opens the folder to look at; nil without an error when there is
// none.
func openExisting(into string) (*target, error) {
	root, err := os.OpenRoot(into)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil //nolint:nilnil // there is nothing to look at
	case err != nil:
		return nil, fmt.Errorf("the folder cannot be opened: %w", err)
	}
	return &target{Root: root}, nil
}
