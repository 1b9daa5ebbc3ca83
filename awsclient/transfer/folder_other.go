//go:build !linux

package transfer

import "errors"

// renameAtOnce is not known of this system.
func (*folder) renameAtOnce(string, string) error { return errors.ErrUnsupported }
