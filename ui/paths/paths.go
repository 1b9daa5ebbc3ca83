// Package paths reads and completes the paths of this machine as people type
// them, with ~ for the home directory.
package paths

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const slash = string(filepath.Separator)

// Expand is the path that is meant: ~ and ~/… are in the home directory, and
// what is relative is so to the directory straws was started in.
func Expand(text string) string {
	if home, err := os.UserHomeDir(); err == nil {
		if text == "~" {
			return home
		}
		if rest, ok := strings.CutPrefix(text, "~"+slash); ok {
			return filepath.Join(home, rest)
		}
	}
	if abs, err := filepath.Abs(text); err == nil {
		return abs
	}
	return filepath.Clean(text)
}

// Short is a path as Expand takes it, with ~ where it lies in the home directory.
func Short(path string) string {
	home, err := os.UserHomeDir()
	if err != nil || home == slash || home == "" {
		return path
	}
	if path == home {
		return "~"
	}
	if rest, ok := strings.CutPrefix(path, home+slash); ok {
		return "~" + slash + rest
	}
	return path
}

// Complete returns the files and folders whose paths begin as text does, as the
// user would have typed them; folders end with a slash. Hidden ones come only
// for a name that begins with a dot. It reads the folder, so it is not for the
// event loop.
func Complete(ctx context.Context, text string) []string { return complete(ctx, text, false) }

// CompleteFolder is Complete with folders alone.
func CompleteFolder(ctx context.Context, text string) []string { return complete(ctx, text, true) }

func complete(ctx context.Context, text string, foldersOnly bool) []string {
	if text == "~" {
		return []string{"~" + slash}
	}
	typed, name := text[:strings.LastIndex(text, slash)+1], text[strings.LastIndex(text, slash)+1:]
	folder := Expand(typed)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // what cannot be listed has no completions; the answer says why
	}
	var out []string
	for _, e := range entries {
		if ctx.Err() != nil {
			return nil
		}
		if !strings.HasPrefix(e.Name(), name) || strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(name, ".") {
			continue
		}
		switch {
		case isFolder(folder, e):
			out = append(out, typed+e.Name()+slash)
		case !foldersOnly:
			out = append(out, typed+e.Name())
		}
	}
	slices.Sort(out)
	return out
}

// isFolder follows a symbolic link.
func isFolder(folder string, e os.DirEntry) bool {
	if e.Type()&os.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := os.Stat(filepath.Join(folder, e.Name()))
	return err == nil && info.IsDir()
}
