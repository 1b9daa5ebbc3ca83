package transfer

import "slices"

// Placed is where the keys go, and why where that is not the key itself.
func Placed(keys ...string) (paths, whys []string) {
	p := newPaths(slices.Values(keys))
	for _, k := range keys {
		path, why, _ := p.place(k, k, false)
		paths, whys = append(paths, path), append(whys, why)
	}
	return paths, whys
}

// FreeBytes is freeBytes, for tests.
func FreeBytes(dir string) int64 { return freeBytes(dir) }
