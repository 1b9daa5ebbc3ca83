package lambda

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Failure is what a function that raised an error answers.
type Failure struct {
	Type    string   // "ZeroDivisionError"
	Message string   // "division by zero"
	Stack   []string // one frame each, as the runtime wrote it
}

// ParseFailure reads the payload of an answer with a FunctionError. What is not
// in the runtimes' usual form is left empty.
func ParseFailure(payload []byte) Failure {
	var answer struct {
		Type    string            `json:"errorType"`
		Message string            `json:"errorMessage"`
		Stack   []json.RawMessage `json:"stackTrace"` // Python, Java, Ruby, Go
		Trace   []json.RawMessage `json:"trace"`      // Node.js
	}
	if json.Unmarshal(payload, &answer) != nil {
		return lenient(payload)
	}
	f := Failure{Type: answer.Type, Message: answer.Message}
	for _, raw := range append(answer.Stack, answer.Trace...) {
		f.Stack = append(f.Stack, frame(raw))
	}
	return f
}

// lenient reads what it can of an answer whose fields have unexpected types.
func lenient(payload []byte) Failure {
	var fields map[string]json.RawMessage
	if json.Unmarshal(payload, &fields) != nil {
		return Failure{}
	}
	var f Failure
	_ = json.Unmarshal(fields["errorType"], &f.Type) // absent or of another type: left empty
	_ = json.Unmarshal(fields["errorMessage"], &f.Message)
	return f
}

func frame(raw json.RawMessage) string {
	var line string
	if json.Unmarshal(raw, &line) == nil {
		return strings.TrimRight(line, "\n")
	}
	var place struct { // Go
		Path, Label string
		Line        int
	}
	if json.Unmarshal(raw, &place) == nil && place.Path != "" {
		return fmt.Sprintf("%s:%d %s", place.Path, place.Line, place.Label)
	}
	return string(raw)
}
