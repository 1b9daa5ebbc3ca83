//go:build !linux

package transfer

import (
	"errors"
	"os"
)

const flushesAll = false

func flushAll(*os.File) error { return errors.ErrUnsupported }
