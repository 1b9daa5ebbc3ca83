//go:build unix

package transfer

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// freeBytes is what fits on the file system of a folder that may not exist yet;
// -1 when the system does not tell.
func freeBytes(dir string) int64 {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return -1
	}
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return -1
	}
	return int64(st.Bavail) * int64(st.Bsize) //nolint:unconvert // the types differ between systems
}
