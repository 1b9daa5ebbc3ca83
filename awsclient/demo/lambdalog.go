package demo

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"time"
)

// writeLog writes what Lambda and the function log, in the function's format.
func (r *run) writeLog(store *logStore) {
	stream := r.stream()
	var tail strings.Builder
	emit := func(after time.Duration, line string) {
		store.put(groupKey{r.f.region, r.f.logGroup()}, stream, r.start.Add(after), line)
		tail.WriteString(strings.TrimRight(line, "\n") + "\n")
	}
	if r.f.jsonLogs {
		r.jsonLog(emit)
	} else {
		r.textLog(emit)
	}
	r.log = tail.String()
}

// stream is the name of the log stream of the runtime that ran it.
func (r *run) stream() string {
	id := r.f.random(r.version + r.start.UTC().Format("2006-01-02"))
	return fmt.Sprintf("%s/[%s]%016x%016x", r.start.UTC().Format("2006/01/02"), r.version, id.Uint64(), id.Uint64())
}

func (r *run) textLog(emit func(time.Duration, string)) {
	emit(0, fmt.Sprintf("START RequestId: %s Version: %s\n", r.id, r.version))
	for i, line := range r.prints {
		emit(r.printed(i), line+"\n")
	}
	end := r.duration + r.init
	if e := r.raised; e != nil && !e.exited {
		emit(end, fmt.Sprintf("[ERROR] %s: %s\nTraceback (most recent call last):\n%s", e.kind, e.message, strings.Join(e.stack, "")))
	}
	if r.timedOut {
		emit(end, fmt.Sprintf("%s %s Task timed out after %.2f seconds\n\n", r.start.Add(end).UTC().Format("2006-01-02T15:04:05.000Z"), r.id, r.f.limit.Seconds()))
	}
	emit(end, fmt.Sprintf("END RequestId: %s\n", r.id))
	report := fmt.Sprintf("REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\tMax Memory Used: %d MB\t",
		r.id, inMS(r.duration), r.billed(), r.f.memory, r.used)
	if r.init > 0 {
		report += fmt.Sprintf("Init Duration: %.2f ms\t", inMS(r.init))
	}
	if r.timedOut {
		report += "Status: timeout"
	} else if r.raised != nil && r.raised.exited {
		report += "Status: error\tError Type: " + r.raised.kind
	}
	emit(end, report+"\n")
}

// printed is when a run writes its line i: a run that waits writes meanwhile.
func (r *run) printed(i int) time.Duration {
	if !r.waits {
		return time.Millisecond
	}
	return time.Millisecond + r.duration*time.Duration(i)/time.Duration(len(r.prints))
}

func (r *run) jsonLog(emit func(time.Duration, string)) {
	line := func(after time.Duration, v map[string]any) {
		text, _ := json.Marshal(v) // maps of strings and numbers
		emit(after, string(text)+"\n")
	}
	stamp := func(after time.Duration) string { return r.start.Add(after).UTC().Format("2006-01-02T15:04:05.000Z") }
	line(0, map[string]any{"time": stamp(0), "type": "platform.start", "record": map[string]any{"requestId": r.id, "version": r.version}})
	for i, text := range r.prints {
		line(r.printed(i), map[string]any{"timestamp": stamp(r.printed(i)), "level": "INFO", "requestId": r.id, "message": text})
	}
	end := r.duration + r.init
	status := "success"
	if e := r.raised; e != nil {
		status = "error"
		line(end, map[string]any{
			"timestamp": stamp(end), "level": "ERROR", "requestId": r.id,
			"message": map[string]any{"errorType": e.kind, "errorMessage": e.message, "stackTrace": e.stack},
		})
	}
	if r.timedOut {
		status = "timeout"
	}
	metrics := map[string]any{
		"durationMs": math.Round(inMS(r.duration)*1000) / 1000, "billedDurationMs": r.billed(),
		"memorySizeMB": r.f.memory, "maxMemoryUsedMB": r.used,
	}
	if r.init > 0 {
		metrics["initDurationMs"] = math.Round(inMS(r.init)*1000) / 1000
	}
	line(end, map[string]any{
		"time": stamp(end), "type": "platform.report",
		"record": map[string]any{"requestId": r.id, "metrics": metrics, "status": status},
	})
}

// billed is in whole milliseconds, the cold start included.
func (r *run) billed() int64 { return int64(math.Ceil(inMS(r.duration + r.init))) }

func inMS(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// rememberRuns gives on-upload, which an account calls by itself, a past, and
// order-events a log that goes on.
func (s *lambdaState) rememberRuns(now time.Time) {
	s.logs.groups[groupKey{Region, "/aws/lambda/order-events"}] = &logGroup{source: orderLog}
	const before = 20
	for _, f := range s.regions[Region] {
		if f.name != "on-upload" {
			continue
		}
		ids := f.random("past")
		for i := range before {
			event := fmt.Sprintf(`{"Records":[{"s3":{"bucket":{"name":"datalake"},"object":{"key":"incoming/part-%05d.csv","size":%d}}}]}`, i, 1000+i*37)
			s.run(f, "7", uuid(ids), now.Add(time.Duration(i-before)*6*time.Minute), []byte(event))
		}
	}
}
