package awsclient

import "sync"

// kept is what the screens of a session remember together, by type.
type kept struct {
	mu     sync.Mutex
	values map[any]any
}

type keptKey[T any] struct{}

// Kept returns the one T that is remembered with the session, in all its
// regions, for as long as the program runs: the folder of the last download,
// for example. Build makes it on first use. T must bring its own lock if
// several goroutines use it.
func Kept[T any](s *Session, build func() *T) *T {
	k := &s.core.kept
	k.mu.Lock()
	defer k.mu.Unlock()
	if v, ok := k.values[keptKey[T]{}].(*T); ok {
		return v
	}
	if k.values == nil {
		k.values = map[any]any{}
	}
	v := build()
	k.values[keptKey[T]{}] = v
	return v
}
