package inside

import "sync"

// extent is a run of bytes that will be wanted.
type extent struct{ from, n int64 }

const sideBySide = 6 // requests in flight for one file

// prefetch reads extents side by side, as far as the limit allows. Failures are
// kept quiet: who needs the bytes asks again and is told.
func (f *File) prefetch(extents []extent) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, sideBySide)
	for _, e := range extents {
		if e = f.reserve(e); e.n <= 0 {
			continue
		}
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			data, _, _ := f.store.Read(f.ctx, e.from, e.n)
			data = data[:min(e.n, int64(len(data)))]
			f.mu.Lock()
			defer f.mu.Unlock()
			f.used -= e.n - int64(len(data))
			f.remember(e.from, data)
		})
	}
	wg.Wait()
}

// reserve counts what is missing of an extent as read; nothing when it is too much.
func (f *File) reserve(e extent) extent {
	f.mu.Lock()
	defer f.mu.Unlock()
	have := int64(len(f.held(e.from)))
	e = extent{e.from + have, e.n - have}
	if e.n = min(e.n, f.size-e.from); e.n <= 0 || f.used+e.n > f.most {
		return extent{}
	}
	f.used += e.n
	return e
}
