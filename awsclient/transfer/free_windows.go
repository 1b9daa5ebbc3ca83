package transfer

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// freeBytes is what fits on the volume of a folder that may not exist yet; -1
// when the system does not tell.
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
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return -1
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, nil, nil); err != nil {
		return -1
	}
	return int64(free)
}
