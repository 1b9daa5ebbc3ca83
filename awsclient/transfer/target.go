package transfer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// target is the folder that files are put into. It cannot be left, whatever
// links are planted in it.
type target struct {
	*os.Root

	mode    fs.FileMode // that new files get here
	fresh   bool        // it was made for this run
	folders folders
}

// openTarget makes the folder where it is missing, and tries whether it can be
// written.
func openTarget(into string) (*target, error) {
	_, missing := os.Lstat(into)
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
	return &target{
		Root: root, mode: info.Mode().Perm(), fresh: missing != nil,
		folders: folders{open: map[string]*folder{}, fresh: map[string]bool{}},
	}, nil
}

// create makes a new hidden file in the folder.
func (f *folder) create(name, mark string) (*os.File, string, error) {
	temp := hidden(name, mark)
	file, err := f.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, "", fmt.Errorf("make a file beside %s: %w", path.Join(f.path, name), err)
	}
	return file, temp, nil
}

// hidden is the name that a file has until it is whole.
func hidden(name, mark string) string {
	tail := "." + mark + ".part"
	if room := longestName - 1 - len(tail) - len(".json~"); len(name) > room {
		name = strings.ToValidUTF8(name[:room], "")
	}
	return "." + name + tail
}

// unfinished is the form of the names that hidden makes, and of those of records.
var unfinished = regexp.MustCompile(`(?s)^\..*\.([0-9a-f]{8}|[a-z2-7]{10})\.part(\.json~?)?$`)

// errTaken is returned for a place that has a file already.
var errTaken = errors.New("there is a file of this name already")

// errOther is returned when the hidden file of the name is not the one that was
// written: it would get the name of a file that nobody has checked.
var errOther = errors.New("another program has begun its unfinished file anew: fetch it again")

// holds reports whether the name in the folder is that of the open file.
func (f *folder) holds(file *os.File, name string) bool {
	own, err := file.Stat()
	if err != nil {
		return false
	}
	there, err := f.Lstat(name)
	return err == nil && os.SameFile(own, there)
}

// settling is how a whole file takes its place.
type settling struct {
	mode     fs.FileMode
	modified time.Time
	existing Existing
	flush    func(*os.File) error
}

// settle gives a whole file its permissions, its time and its name, and closes
// it. It returns the name: with KeepBoth it may be another.
func (f *folder) settle(file *os.File, temp, name string, how settling) (string, error) {
	var err error
	if how.mode != 0o600 {
		err = file.Chmod(how.mode)
	}
	if err == nil && !how.modified.IsZero() {
		err = f.Chtimes(temp, how.modified, how.modified)
	}
	err = errors.Join(err, how.flush(file))
	if err == nil && !f.holds(file, temp) {
		err = errOther
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return "", fmt.Errorf("write %s to the disk: %w", path.Join(f.path, name), err)
	}
	if how.existing == Overwrite {
		if err := f.Rename(temp, name); err != nil {
			return "", fmt.Errorf("put %s in its place: %w", path.Join(f.path, name), err)
		}
		return name, nil
	}
	free := name
	for n := 2; ; n++ {
		err := f.rename(temp, free)
		switch {
		case err == nil:
			return free, nil
		case !errors.Is(err, fs.ErrExist):
			return "", fmt.Errorf("put %s in its place: %w", path.Join(f.path, name), err)
		case how.existing == Skip:
			return "", errTaken
		}
		free = withMark(name, fmt.Sprintf(" (%d)", n))
	}
}

// usable ends the run where a folder is gone, or is not what it was.
func (t *target) usable(err error) error {
	if err == nil {
		return nil
	}
	if _, gone := t.Stat("."); gone != nil {
		return &fatal{fmt.Errorf("the folder %s cannot be used any more: %w", t.Name(), gone)}
	}
	if here, err := os.Stat(t.Name()); err != nil {
		return &fatal{fmt.Errorf("the folder is gone: %w", err)}
	} else if own, err := t.Stat("."); err == nil && !os.SameFile(here, own) {
		return &fatal{fmt.Errorf("the folder %s was replaced by another one", t.Name())}
	}
	return err
}

// exists reports whether there is anything at the path, a broken link included.
func (t *target) exists(p string) bool {
	_, err := t.Lstat(filepath.FromSlash(p))
	return err == nil
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
