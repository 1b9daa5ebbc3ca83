package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// eventsKept bounds what one log group holds.
const eventsKept = 10_000

// logStore is the account's CloudWatch log groups.
type logStore struct {
	groups map[groupKey]*logGroup
	next   uint64 // id of the next event
}

type groupKey struct{ region, name string }

type logGroup struct {
	events []logEvent // by time; those of the future are not there yet
	// source writes what belongs to [from, to) by itself; nil when only runs write.
	source func(from, to time.Time, put func(stream string, at time.Time, message string))
	sought time.Time // until when source has written
}

// sourcePast is how much of its past a group's source writes.
const sourcePast = 2 * time.Hour

// catchUp lets the source of a group write what it would have up to now, and
// what it has begun to.
func (s *logStore) catchUp(key groupKey, now time.Time) {
	g := s.groups[key]
	if g == nil || g.source == nil || !now.After(g.sought) {
		return
	}
	from, to := now.Add(-sourcePast), now.Add(time.Second)
	if g.sought.After(from) {
		from = g.sought
	}
	g.source(from, to, func(stream string, at time.Time, message string) { s.put(key, stream, at, message) })
	g.sought = to
}

type logEvent struct {
	id      string
	stream  string
	at      time.Time
	message string
}

func newLogStore() *logStore { return &logStore{groups: map[groupKey]*logGroup{}} }

// put adds a message, which may belong to a time that has yet to come.
func (s *logStore) put(group groupKey, stream string, at time.Time, message string) {
	g, ok := s.groups[group]
	if !ok {
		g = &logGroup{}
		s.groups[group] = g
	}
	s.next++
	e := logEvent{id: fmt.Sprintf("%056d", s.next), stream: stream, at: at, message: strings.TrimRight(message, "\n")}
	i := len(g.events)
	for i > 0 && g.events[i-1].at.After(at) {
		i--
	}
	g.events = slices.Insert(g.events, i, e)
	if len(g.events) > eventsKept {
		g.events = slices.Clone(g.events[len(g.events)-eventsKept:])
	}
}

// written are the group's events up to now for which keep is true.
func (g *logGroup) written(now time.Time, keep func(*logEvent) bool) []logEvent {
	var out []logEvent
	for i := range g.events {
		if e := &g.events[i]; !e.at.After(now) && keep(e) {
			out = append(out, *e)
		}
	}
	return out
}

// between reports whether t is in [start, end), in milliseconds; nil is open.
func between(t time.Time, start, end *int64) bool {
	ms := t.UnixMilli()
	return (start == nil || ms >= *start) && (end == nil || ms < *end)
}
