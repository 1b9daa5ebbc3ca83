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

// Meaning says what a failure of the runtime itself means, which is not in the
// function's code; "" for one that the function raised.
func (f Failure) Meaning() string {
	switch f.Type {
	case "Runtime.ExitError":
		return "the function's process ended before it answered; the log has what it wrote last"
	case "Runtime.InvalidEntrypoint":
		return "the image cannot start: its entry point does not exist or cannot be executed, perhaps for another architecture"
	case "Runtime.InvalidWorkingDir":
		return "the image cannot start: its working directory does not exist"
	case "Runtime.ImportModuleError", "Runtime.HandlerNotFound", "Runtime.UserCodeSyntaxError", "Runtime.MalformedHandlerName":
		return "the code cannot be loaded: check the handler's name and what the package contains"
	case "Runtime.OutOfMemory":
		return "the function needed more memory than it has"
	case "Sandbox.Timedout":
		return "the function did not end within its timeout, and Lambda stopped it"
	case "Function.ResponseSizeTooLarge":
		return "the answer is larger than the 6 MB that Lambda passes on; a streaming function may answer with more"
	}
	return ""
}
