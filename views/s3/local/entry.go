// Package local lists the folders of this machine beside a list of S3.
package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"straws/ui/load"
	"straws/ui/paths"
)

// Entry is one row of a folder.
type Entry struct {
	Name     string
	Path     string
	Size     int64 // bytes, of a file
	Modified time.Time
	Folder   bool // or a link to one
	Special  bool // neither file nor folder: it cannot be uploaded
	Link     bool
}

// entriesAPage is how many entries are looked at before they are shown.
const entriesAPage = 1000

// list pages through a folder, in the order the file system has.
func list(folder string, hidden bool) load.Pager[Entry] {
	var f *os.File
	return func(ctx context.Context) ([]Entry, bool, error) {
		if f == nil {
			opened, err := os.Open(folder) //nolint:gosec // the user names the folder
			if err != nil {
				return nil, false, refused(folder, err)
			}
			f = opened
		}
		found, err := f.ReadDir(entriesAPage)
		rows := make([]Entry, 0, len(found))
		for _, e := range found {
			if ctx.Err() != nil {
				break
			}
			if hidden || !strings.HasPrefix(e.Name(), ".") {
				rows = append(rows, entry(folder, e))
			}
		}
		switch {
		case ctx.Err() != nil:
			err = ctx.Err()
		case errors.Is(err, io.EOF) || err == nil && len(found) == 0:
			return rows, false, closed(f)
		case err == nil:
			return rows, true, nil
		}
		return rows, false, errors.Join(refused(folder, err), closed(f))
	}
}

func closed(f *os.File) error {
	if err := f.Close(); err != nil {
		return fmt.Errorf("close the folder: %w", err)
	}
	return nil
}

// refused is one plain sentence. It wraps nothing: of an error that is not of
// AWS, the screen would show the innermost alone.
func refused(folder string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return errors.New("the folder " + paths.Short(folder) + " cannot be read: " + err.Error())
}

// entry looks at one thing; what is gone meanwhile keeps its name.
func entry(folder string, e fs.DirEntry) Entry {
	out := Entry{Name: e.Name(), Path: filepath.Join(folder, e.Name()), Folder: e.IsDir(), Link: e.Type()&fs.ModeSymlink != 0}
	info, err := e.Info()
	if out.Link {
		info, err = os.Stat(out.Path)
	}
	if err != nil {
		out.Special = true
		return out
	}
	out.Folder, out.Modified = info.IsDir(), info.ModTime()
	out.Special = !out.Folder && !info.Mode().IsRegular()
	if info.Mode().IsRegular() {
		out.Size = info.Size()
	}
	return out
}
