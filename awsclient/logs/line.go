package logs

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Line is an event as its writer meant it.
type Line struct {
	Level     string // "ERROR", "WARN", "INFO", "DEBUG" …, upper case; "" when it says none
	Message   string
	RequestID string
	// Platform says that Lambda wrote it and not the function: START, END, REPORT.
	Platform bool
	JSON     bool
	Rest     []Field // of a JSON line, in its order
}

// Field is a key of a JSON line with its value as it stands there; strings are
// without their quotes.
type Field struct{ Key, Value string }

// Parse reads the message of an event: Lambda's JSON format, what the runtimes
// for Python and Node.js put before a line of text, or text alone.
func Parse(message string) Line {
	text := strings.TrimRight(message, "\r\n")
	if strings.HasPrefix(text, "{") {
		if l, ok := parseJSON(text); ok {
			return l
		}
	}
	return parseText(text)
}

const uuid = `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`

var (
	platformLine = regexp.MustCompile(`^(?:START|END|REPORT|INIT_START|INIT_REPORT|RESTORE_START|RESTORE_REPORT|EXTENSION|XRAY|TELEMETRY)\b`)
	requestIn    = regexp.MustCompile(`RequestId: (` + uuid + `)`)
	// Python writes "[ERROR]	2026-11-21T15:00:00.000Z	<id>	message".
	pythonLine = regexp.MustCompile(`^\[([A-Z]+)\]\s+\d{4}-\d\d-\d\dT[\d:.,]+Z\s+(` + uuid + `)\s+`)
	// Node.js writes "2026-11-21T15:00:00.000Z	<id>	ERROR	message".
	nodeLine    = regexp.MustCompile(`^\d{4}-\d\d-\d\dT[\d:.]+Z\s+(` + uuid + `|undefined)\s+([A-Z]+)\s+`)
	timedOut    = regexp.MustCompile(`^\d{4}-\d\d-\d\dT[\d:.]+Z (` + uuid + `) (Task timed out after )`)
	levelBefore = regexp.MustCompile(`^\s*\[?(FATAL|CRITICAL|ERROR|WARNING|WARN|NOTICE|INFO|DEBUG|TRACE)\b[\]:]?`)
)

func parseText(text string) Line {
	if platformLine.MatchString(text) {
		l := Line{Message: strings.TrimSpace(text), Platform: true}
		if m := requestIn.FindStringSubmatch(text); m != nil {
			l.RequestID = m[1]
		}
		return l
	}
	if m := pythonLine.FindStringSubmatch(text); m != nil {
		return Line{Level: m[1], RequestID: m[2], Message: text[len(m[0]):]}
	}
	if m := nodeLine.FindStringSubmatch(text); m != nil {
		return Line{Level: m[2], RequestID: strings.TrimSuffix(m[1], "undefined"), Message: text[len(m[0]):]}
	}
	if m := timedOut.FindStringSubmatchIndex(text); m != nil {
		return Line{Level: "ERROR", RequestID: text[m[2]:m[3]], Message: text[m[4]:]}
	}
	l := Line{Message: text}
	if m := levelBefore.FindStringSubmatchIndex(text); m != nil {
		l.Level = text[m[2]:m[3]]
		if rest := strings.TrimLeft(text[m[1]:], " \t"); rest != "" {
			l.Message = rest
		}
	}
	return l
}

// parseJSON keeps the order of the keys and the digits of numbers.
func parseJSON(text string) (Line, bool) {
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return Line{}, false
	}
	l := Line{JSON: true}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return Line{}, false
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return Line{}, false
		}
		l.add(key.(string), value)
	}
	if _, err := d.Token(); err != nil || d.InputOffset() != int64(len(strings.TrimRight(text, " \t\r\n"))) {
		return Line{}, false // it is cut, or goes on after the object
	}
	if i := slices.IndexFunc(l.Rest, func(f Field) bool { return f.Key == "record" }); l.Platform && i >= 0 {
		l.unfold(i)
	}
	return l, true
}

func (l *Line) add(key string, raw json.RawMessage) {
	value, isText := plain(raw)
	switch name := strings.ToLower(key); {
	case (name == "level" || name == "severity" || name == "loglevel" || name == "log.level") && isText && l.Level == "":
		l.Level = strings.ToUpper(value)
	case (name == "message" || name == "msg") && isText && l.Message == "":
		l.Message = strings.TrimRight(value, "\r\n")
	case name == "requestid" || name == "awsrequestid" || name == "aws_request_id" || name == "function_request_id":
		l.RequestID = value
	case name == "timestamp" || name == "time" || name == "@timestamp" || name == "ts":
		// the event has a time of its own
	case name == "type" && strings.HasPrefix(value, "platform."):
		l.Message, l.Platform = value, true
	default:
		l.Rest = append(l.Rest, Field{key, value})
	}
}

// unfold puts what a line of the platform tells of a request in the place of the
// record that holds it. Whether it is such a line may stand behind the record.
func (l *Line) unfold(i int) {
	if inner, ok := parseJSON(l.Rest[i].Value); ok {
		l.RequestID = inner.RequestID
		l.Rest = slices.Replace(l.Rest, i, i+1, inner.Rest...)
	}
}

// plain is a JSON value for people: a string without its quotes, anything else
// as it stands.
func plain(raw json.RawMessage) (text string, isText bool) {
	if len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, &text) == nil {
		return text, true
	}
	return string(raw), false
}

// Reports says whether the line is the last that Lambda writes of a request.
func (l Line) Reports() bool {
	return l.Platform && (l.Message == "platform.report" || strings.HasPrefix(l.Message, "REPORT "))
}

// Starts says whether the line is the first that Lambda writes of a request.
func (l Line) Starts() bool {
	return l.Platform && (l.Message == "platform.start" || strings.HasPrefix(l.Message, "START "))
}
