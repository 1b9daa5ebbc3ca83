package ec2

import (
	"slices"
	"sync/atomic"
	"time"

	"straws/awsclient/ec2"
)

const (
	calm  = 30 * time.Second // between listings while nothing moves
	quick = 2 * time.Second  // while something does

	// doubt is how many listings after a change are quick whatever they show:
	// right after a change DescribeInstances may still tell the old state.
	doubt = 5
)

// pace is how often a list is loaded.
type pace struct{ doubts atomic.Int32 }

// changed is called by jobs, away from the event loop.
func (p *pace) changed() { p.doubts.Store(doubt) }

// wait implements listpane.Spec.Poll.
func (p *pace) wait(rows []ec2.Instance) time.Duration {
	moving := slices.ContainsFunc(rows, func(i ec2.Instance) bool { return i.State.Transient() })
	if left := p.doubts.Load(); left > 0 {
		p.doubts.CompareAndSwap(left, left-1)
		return quick
	}
	if moving {
		return quick
	}
	return calm
}
