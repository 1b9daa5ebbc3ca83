package ui

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// gcPercent bounds the heap at one and a half times what is in use. A listing
	// of a million keys is all in use, and the default would let it take twice that.
	gcPercent = 50
	// softLimit is the memory up to which garbage may pile up as the collector
	// likes. A listing of a million keys needs a little more than half of it.
	softLimit = 120 << 20
	// slack is the part of what is in use by which the limit is above it, however
	// much that is: at its limit the collector would do nothing else.
	slack = 4
)

// bound keeps the program small: without it, it takes twice what it uses. The
// limit follows what is in use, which every collection measures anew.
func bound() {
	if os.Getenv("GOMEMLIMIT") != "" || os.Getenv("GOGC") != "" {
		return // the user has a wish of their own
	}
	debug.SetGCPercent(gcPercent)
	follow(nil)
}

// collected is garbage from the moment it is made, so that its finalizer runs
// once after every collection.
type collected struct{ _ [16]byte }

func follow(*collected) {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	used := int64(live[0].Value.Uint64())
	debug.SetMemoryLimit(max(softLimit, used+used/slack))
	runtime.SetFinalizer(&collected{}, follow)
}
