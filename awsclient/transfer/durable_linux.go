package transfer

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

const flushesAll = true

// flushAll brings everything that was written to a file system to its disk.
func flushAll(dir *os.File) error {
	if err := unix.Syncfs(int(dir.Fd())); err != nil {
		return fmt.Errorf("flush the file system: %w", err)
	}
	return nil
}
