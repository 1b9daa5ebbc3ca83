package transfer

import (
	"errors"

	"golang.org/x/sys/unix"
)

// renameAtOnce renames in one step, unless the new name is taken.
func (f *folder) renameAtOnce(from, to string) error {
	fd := int(f.dir.Fd())
	err := unix.Renameat2(fd, from, fd, to, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return errors.ErrUnsupported // by the file system, or by the kernel
	}
	return err //nolint:wrapcheck // the caller wraps
}
