package lambda

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// Report is Lambda's own account of one run, from the end of its log.
type Report struct {
	RequestID     string
	Duration      time.Duration
	Billed        time.Duration // includes Init
	Init          time.Duration // of a cold start; zero for a warm one
	Restore       time.Duration // of a snapshot
	BilledRestore time.Duration
	Memory, Used  int64  // MB
	Status        string // "timeout" or "error" when it did not end well
	ErrorType     string
	TraceID       string            // of X-Ray
	Other         map[string]string // fields this version does not know
}

// ParseReport finds the last REPORT of a log, written as text or as JSON.
func ParseReport(log string) (Report, bool) {
	lines := strings.Split(log, "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		if text, ok := strings.CutPrefix(line, "REPORT "); ok {
			r := textReport(text)
			if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "XRAY ") {
				r.addFields(lines[i+1])
			}
			return r, true
		}
		if strings.HasPrefix(line, "{") && strings.Contains(line, `"platform.report"`) {
			if r, ok := jsonReport(line); ok {
				return r, true
			}
		}
	}
	return Report{}, false
}

func textReport(line string) Report {
	var r Report
	r.addFields(line)
	return r
}

// addFields reads "Key: value" fields between tabs.
func (r *Report) addFields(line string) {
	for field := range strings.SplitSeq(line, "\t") {
		if key, value, ok := strings.Cut(strings.TrimSpace(field), ": "); ok {
			r.add(key, strings.TrimSpace(value))
		}
	}
}

func (r *Report) add(key, value string) {
	times := map[string]*time.Duration{
		"Duration": &r.Duration, "Billed Duration": &r.Billed, "Init Duration": &r.Init,
		"Restore Duration": &r.Restore, "Billed Restore Duration": &r.BilledRestore,
	}
	sizes := map[string]*int64{"Memory Size": &r.Memory, "Max Memory Used": &r.Used}
	texts := map[string]*string{
		"RequestId": &r.RequestID, "Status": &r.Status, "Error Type": &r.ErrorType, "XRAY TraceId": &r.TraceID,
	}
	number, unit, _ := strings.Cut(value, " ")
	if at, ok := times[key]; ok && unit == "ms" {
		if v, err := strconv.ParseFloat(number, 64); err == nil {
			*at = milliseconds(v)
			return
		}
	}
	if at, ok := sizes[key]; ok && unit == "MB" {
		if v, err := strconv.ParseInt(number, 10, 64); err == nil && v >= 0 {
			*at = v
			return
		}
	}
	if at, ok := texts[key]; ok {
		*at = value
		return
	}
	if r.Other == nil {
		r.Other = map[string]string{}
	}
	r.Other[key] = value
}

func jsonReport(line string) (Report, bool) {
	var event struct {
		Type   string
		Record struct {
			RequestID string `json:"requestId"`
			Status    string
			ErrorType string `json:"errorType"`
			Metrics   map[string]float64
			Tracing   struct{ Value string }
		}
	}
	if json.Unmarshal([]byte(line), &event) != nil || event.Type != "platform.report" {
		return Report{}, false
	}
	rec := event.Record
	r := Report{RequestID: rec.RequestID, ErrorType: rec.ErrorType, TraceID: rec.Tracing.Value}
	if rec.Status != "success" {
		r.Status = rec.Status
	}
	for name, v := range rec.Metrics {
		r.addMetric(name, v)
	}
	return r, true
}

func (r *Report) addMetric(name string, v float64) {
	switch name {
	case "durationMs":
		r.Duration = milliseconds(v)
	case "billedDurationMs":
		r.Billed = milliseconds(v)
	case "initDurationMs":
		r.Init = milliseconds(v)
	case "restoreDurationMs":
		r.Restore = milliseconds(v)
	case "billedRestoreDurationMs":
		r.BilledRestore = milliseconds(v)
	case "memorySizeMB":
		r.Memory = megabytes(v)
	case "maxMemoryUsedMB":
		r.Used = megabytes(v)
	default:
		if r.Other == nil {
			r.Other = map[string]string{}
		}
		r.Other[name] = strconv.FormatFloat(v, 'f', -1, 64)
	}
}

// milliseconds is zero for what no run can have taken, such as a negative or
// endless time.
func milliseconds(v float64) time.Duration {
	const year = 365 * 24 * 3600 * 1000
	if !(v >= 0 && v < year) {
		return 0
	}
	return time.Duration(v * float64(time.Millisecond))
}

func megabytes(v float64) int64 {
	if !(v >= 0 && v < 1<<40) {
		return 0
	}
	return int64(v)
}
