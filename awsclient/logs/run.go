package logs

import (
	"context"
	"slices"
	"time"

	"straws/awsclient"
)

const (
	before = 5 * time.Second  // what a clock here and one at AWS may differ by
	within = 35 * time.Minute // how long a request can take with its delays and repetitions
	runCap = 20_000           // events of one run that are read at most
)

// Run is what one request logged.
type Run struct {
	Events []Event // by time
	Ended  bool    // Lambda has reported; there is nothing to come
}

// ReadRun reads all that a request has logged so far, also the lines that do not
// name it: those that do say in which streams it ran and when. Since is when the request was made or earlier; the
// zero time searches the whole group.
func ReadRun(ctx context.Context, s *awsclient.Session, group, requestID string, since time.Time) (Run, error) {
	q := Query{Group: group, Pattern: `"` + requestID + `"`}
	if !since.IsZero() {
		q.Start, q.End = since.Add(-before), since.Add(within)
	}
	named, err := readAll(ctx, s, q)
	if err != nil || len(named) == 0 {
		return Run{}, err
	}
	parts := split(named)
	q.Pattern, q.Start = "", named[0].Time
	for _, p := range parts {
		q.Streams = append(q.Streams, p.stream)
	}
	if last := slices.MaxFunc(parts, func(a, b part) int { return a.end.Compare(b.end) }); all(parts) {
		q.End = last.end.Add(time.Millisecond)
	}
	events, err := readAll(ctx, s, q)
	if err != nil {
		return Run{}, err
	}
	r, others := Run{Ended: all(parts)}, neighbours(events, requestID)
	for _, e := range events {
		if others[Parse(e.Message).RequestID] {
			continue
		}
		if i := slices.IndexFunc(parts, func(p part) bool { return p.stream == e.Stream }); i >= 0 && parts[i].take(e) {
			r.Events = append(r.Events, e)
		}
	}
	return r, nil
}

// neighbours are the other requests that ran in the same streams: a runtime may
// serve several at once, and then their lines alternate. A line may also name a
// request of some other service, which is no reason to leave it out.
func neighbours(events []Event, requestID string) map[string]bool {
	ids := map[string]bool{}
	for _, e := range events {
		if m := Parse(e.Message); m.RequestID != "" && m.RequestID != requestID && (m.Starts() || m.Reports()) {
			ids[m.RequestID] = true
		}
	}
	return ids
}

// part is the piece of one stream that belongs to a request.
type part struct {
	stream      string
	first, last string // ids of the events that begin and end it
	end         time.Time
	ended       bool
	inside      bool
}

// split finds the pieces in the events that name a request: Lambda repeats one
// that failed under the same id, perhaps elsewhere.
func split(named []Event) []part {
	var parts []part
	for _, e := range named {
		i := slices.IndexFunc(parts, func(p part) bool { return p.stream == e.Stream })
		if i < 0 {
			i = len(parts)
			parts = append(parts, part{stream: e.Stream, first: e.ID})
		}
		p := &parts[i]
		p.last, p.end = e.ID, e.Time
		p.ended = p.ended && !Parse(e.Message).Starts() || Parse(e.Message).Reports()
	}
	return parts
}

func all(parts []part) bool {
	return !slices.ContainsFunc(parts, func(p part) bool { return !p.ended })
}

// take says whether e belongs to the piece; it is asked in the order of events.
func (p *part) take(e Event) bool {
	p.inside = p.inside || e.ID == p.first
	taken := p.inside
	if p.ended && e.ID == p.last {
		p.inside, p.first = false, ""
	}
	return taken
}

// readAll follows the pages of a query, empty ones too, up to a sane number of
// events.
func readAll(ctx context.Context, s *awsclient.Session, q Query) ([]Event, error) {
	var events []Event
	for {
		p, err := Filter(ctx, s, q)
		if err != nil {
			return nil, err
		}
		events = append(events, p.Events...)
		if q.Token = p.Next; q.Token == "" || len(events) >= runCap {
			return events, nil
		}
	}
}
