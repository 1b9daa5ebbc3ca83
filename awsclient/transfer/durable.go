package transfer

import (
	"context"
	"os"
	"sync"
)

// alone is how many small files a run may have until they are brought to the
// disk together: each by itself costs more than all the rest of its transfer.
const alone = 16

// flusher brings files to the disk, so that none gets its name before its bytes
// are there for good. Those that are finished while it is at work wait for its
// next round together.
type flusher struct {
	dir      *os.File
	together bool

	mu      sync.Mutex
	working bool
	next    *round
}

// round is one flush of the file system.
type round struct {
	done chan struct{}
	err  error
}

// flush returns when what was written to the file is on the disk.
func (f *flusher) flush(ctx context.Context, file *os.File) error {
	if !f.together || !flushesAll {
		return file.Sync() //nolint:wrapcheck // the caller wraps
	}
	f.mu.Lock()
	if f.next == nil {
		f.next = &round{done: make(chan struct{})}
	}
	mine := f.next
	if !f.working {
		f.working = true
		go f.work()
	}
	f.mu.Unlock()
	select {
	case <-mine.done:
		return mine.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// work flushes until nobody waits. A flush that was begun cannot be ended: it
// outlives a run that is cancelled by as long as the disk takes.
func (f *flusher) work() {
	for {
		f.mu.Lock()
		r := f.next
		f.next = nil
		f.working = r != nil
		f.mu.Unlock()
		if r == nil {
			return
		}
		r.err = flushAll(f.dir)
		close(r.done)
	}
}

// close waits for nobody: it is called when the run's files are settled.
func (f *flusher) close() { _ = f.dir.Close() } // only read
