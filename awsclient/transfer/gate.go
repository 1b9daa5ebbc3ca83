package transfer

import (
	"container/list"
	"context"
	"sync"
	"time"

	"straws/awsclient"

	"github.com/aws/aws-sdk-go-v2/aws"
)

const (
	firstRequests = 64  // requests in flight to begin with
	mostRequests  = 256 // when nothing asks to slow down
	fewRequests   = 4   // when S3 keeps asking to
	partsAtOnce   = 16  // large pieces in flight
	buffersAtOnce = 8   // files of megabytes that are held in memory

	queueing = 3 // times the fastest answer: there is a queue

	calm = time.Second // between two halvings: a burst of refusals is one
)

// limits bound what all runs of a session have in flight together.
type limits struct {
	requests *gate
	parts    *gate
	buffers  *gate

	mu    sync.Mutex
	inUse map[string]bool // unfinished files that a run is writing
}

func limitsOf(s *awsclient.Session) *limits {
	return awsclient.Client(s, func(aws.Config) *limits {
		return &limits{
			requests: &gate{room: firstRequests, most: mostRequests}, inUse: map[string]bool{},
			parts: &gate{room: partsAtOnce, most: partsAtOnce}, buffers: &gate{room: buffersAtOnce, most: buffersAtOnce},
		}
	})
}

// claim keeps two runs from writing the same unfinished file.
func (l *limits) claim(path string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.inUse[path] {
		return false
	}
	l.inUse[path] = true
	return true
}

func (l *limits) release(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.inUse, path)
}

// gate lets so many through at a time, first come, first served: that is what
// shares it fairly between runs. Its room grows while all goes well, and halves
// when S3 asks to slow down.
type gate struct {
	mu      sync.Mutex
	room    int
	most    int
	inside  int
	good    int           // answers since the room was changed
	fastest time.Duration // of all answers
	usual   time.Duration // of the last ones
	halved  time.Time
	waiting list.List // of chan struct{}
}

// enter waits for a place.
func (g *gate) enter(ctx context.Context) error {
	g.mu.Lock()
	if g.inside < g.room && g.waiting.Len() == 0 {
		g.inside++
		g.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	at := g.waiting.PushBack(turn)
	g.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-turn: // it came at the same moment
		g.inside--
		g.admit()
	default:
		g.waiting.Remove(at)
	}
	return ctx.Err()
}

// leave gives the place back.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.inside--
	g.admit()
}

func (g *gate) admit() {
	for g.inside < g.room && g.waiting.Len() > 0 {
		turn, _ := g.waiting.Remove(g.waiting.Front()).(chan struct{})
		g.inside++
		close(turn)
	}
}

// well counts a good answer. A full round of them makes room for more, unless
// they take much longer than the fastest did: then something on the way has a
// queue, and more in flight would only make that longer.
func (g *gate) well(took time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.fastest == 0 || took < g.fastest {
		g.fastest = max(took, time.Microsecond)
	}
	g.usual += (took - g.usual) / 16
	if g.good++; g.good >= g.room && g.room < g.most && g.usual < queueing*g.fastest {
		g.room, g.good = min(g.room+8, g.most), 0
		g.admit()
	}
}

// slow halves the room.
func (g *gate) slow() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if now := time.Now(); now.Sub(g.halved) >= calm {
		g.room, g.good, g.halved = max(g.room/2, fewRequests), 0, now
	}
}
