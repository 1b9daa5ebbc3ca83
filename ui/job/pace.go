package job

import (
	"math"
	"time"
)

const (
	paceEvery = 500 * time.Millisecond // between two measurements: figures that change faster cannot be read
	paceSpan  = 4 * time.Second        // how far back the average looks
)

// pace is how fast a job has been of late. It is measured with the clock it is
// given, so that what it says depends on that alone.
type pace struct {
	at   time.Time // of the last measurement
	done int64     // then
	rate float64   // units a second, averaged with weights that fade
	warm bool      // rate has been measured
}

// measure takes note of how many units are done at a moment.
func (p *pace) measure(now time.Time, done int64) {
	if p.at.IsZero() {
		p.at, p.done = now, done
		return
	}
	span := now.Sub(p.at)
	if span < paceEvery {
		return
	}
	rate := math.Max(float64(done-p.done), 0) / span.Seconds()
	if p.warm {
		weight := 1 - math.Exp(-span.Seconds()/paceSpan.Seconds())
		rate = p.rate + weight*(rate-p.rate)
	}
	p.at, p.done, p.rate, p.warm = now, done, rate, true
}

// left is how long the rest takes at this pace; 0 when that cannot be told.
func (p *pace) left(s Snapshot) time.Duration {
	rest := float64(s.Total - s.Done)
	if s.Counting || p.rate < 1e-3 || rest <= 0 {
		return 0
	}
	seconds := math.Min(rest/p.rate, 365*24*3600)
	return max(time.Duration(seconds*float64(time.Second)).Round(time.Second), time.Second)
}
