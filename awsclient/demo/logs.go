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

// matchesPattern is the part of CloudWatch's filter language that people type:
// words that must all occur, "a phrase", ?either ?or and -without. Patterns for
// JSON and columns match everything.
func matchesPattern(pattern, message string) bool {
	if strings.HasPrefix(pattern, "{") || strings.HasPrefix(pattern, "[") {
		return true
	}
	either, found := false, false
	for _, term := range patternTerms(pattern) {
		switch {
		case strings.HasPrefix(term, "?"):
			either, found = true, found || strings.Contains(message, term[1:])
		case strings.HasPrefix(term, "-"):
			if strings.Contains(message, term[1:]) {
				return false
			}
		case !strings.Contains(message, term):
			return false
		}
	}
	return found || !either
}

// patternTerms splits at spaces outside quotes, and takes the quotes off.
func patternTerms(pattern string) []string {
	var (
		terms  []string
		term   strings.Builder
		quoted bool
	)
	for _, r := range pattern + " " {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ' ' && !quoted:
			if term.Len() > 0 {
				terms = append(terms, term.String())
			}
			term.Reset()
		default:
			term.WriteRune(r)
		}
	}
	return terms
}
