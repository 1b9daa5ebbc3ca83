package lambda

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"straws/awsclient"
	"straws/awsclient/lambda"
	"straws/awsclient/s3"
	"straws/ui/format"
)

// readSource reads a whole file or object that is no larger than a payload may be.
func readSource(ctx context.Context, aws *awsclient.Session, path string) (string, error) {
	address, remote, err := s3.ParseAddress(path)
	if err != nil {
		return "", fmt.Errorf("not an address: %w", err)
	}
	if !remote || path == "s3" || path == "s3/" {
		return readText(expand(path), lambda.Wait.Limit())
	}
	if address.Bucket == "" || address.Prefix() {
		return "", fmt.Errorf("%s names no object", path)
	}
	limit := int64(lambda.Wait.Limit())
	chunk, err := s3.Head(ctx, aws, address.Bucket, s3.Entry{Key: address.Key}, limit)
	switch {
	case err != nil:
		return "", errors.New(reason(err))
	case chunk.Size > limit:
		return "", fmt.Errorf("%s has %s, and a payload has at most %s", path, format.Size(chunk.Size), format.Size(limit))
	case int64(len(chunk.Data)) > limit:
		return "", fmt.Errorf("%s holds %s when it is decompressed, and a payload has at most %s", path, format.Size(int64(len(chunk.Data))), format.Size(limit))
	}
	return string(bytes.TrimPrefix(chunk.Data, []byte("\ufeff"))), nil
}

// matching lists the paths that begin with what was typed, in the form in which
// it was typed. Hidden files have to be asked for.
func matching(typed string) []string {
	if strings.Contains(typed, "://") {
		return nil
	}
	dir, prefix := filepath.Split(typed)
	files, err := os.ReadDir(or(expand(dir), "."))
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range files {
		if name := f.Name(); strings.HasPrefix(name, prefix) && (prefix != "" || name[0] != '.') {
			if isDir(filepath.Join(expand(dir), name), f) {
				name += string(filepath.Separator)
			}
			out = append(out, dir+name)
		}
	}
	slices.Sort(out)
	return out
}

// isDir follows a symbolic link.
func isDir(path string, f os.DirEntry) bool {
	if f.Type()&os.ModeSymlink == 0 {
		return f.IsDir()
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// expand replaces a leading ~ by the user's home directory.
func expand(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || rest != "" && !os.IsPathSeparator(rest[0]) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return home + rest
}

// common is what all paths begin with.
func common(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	first, last := []rune(slices.Min(paths)), []rune(slices.Max(paths))
	n := 0
	for n < min(len(first), len(last)) && first[n] == last[n] {
		n++
	}
	return string(first[:n])
}
