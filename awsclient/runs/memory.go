package runs

import (
	"slices"
	"time"
)

// remember is Put without a directory.
func (s *Store) remember(f Function, r Run) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := slices.DeleteFunc(slices.Clone(s.kept[f]), func(k Run) bool { return k.ID == r.ID })
	at, _ := slices.BinarySearchFunc(kept, r, func(a, b Run) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	r.Sizes = r.light().Sizes
	kept = slices.Insert(kept, at, r)
	var bytes int64
	for i, k := range slices.Backward(kept) {
		n, _ := k.Sizes.total()
		bytes += n
		if (len(kept)-i > MostRuns || bytes > MostBytes) && k.ID != r.ID {
			kept = kept[i+1:]
			break
		}
	}
	s.kept[f] = kept
}

// remembered is List without a directory.
func (s *Store) remembered(f Function) []Run {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Run
	for _, r := range slices.Backward(s.kept[f]) {
		out = append(out, r.light())
	}
	return out
}

// moment is when a run with this identity began, as far as the identity can be
// trusted.
func moment(id string) time.Time {
	if len(id) < len(idLayout) {
		return time.Time{}
	}
	t, _ := time.Parse(idLayout, id[:len(idLayout)]) // zero when it is not one of ours
	return t
}
