package lambda

import "strings"

// Command is the words after "aws" that make the same invocation and print the
// answer.
func (i Invocation) Command() []string {
	words := []string{"lambda", "invoke", "--function-name", i.Function}
	if i.Qualifier != "" {
		words = append(words, "--qualifier", i.Qualifier)
	}
	switch i.Mode {
	case Wait:
		words = append(words, "--log-type", "Tail")
	case Stream: // aws lambda invoke cannot: it prints the same answer when it is whole
		words = append(words, "--log-type", "Tail")
	case Async, DryRun:
		words = append(words, "--invocation-type", string(i.Mode.kind()))
	}
	if c := i.context(); c != nil {
		words = append(words, "--client-context", *c)
	}
	if p := strings.TrimSpace(string(i.Payload)); p != "" {
		words = append(words, "--cli-binary-format", "raw-in-base64-out", "--payload", p)
	}
	return append(words, "/dev/stdout")
}

// ListCommand is the words after "aws" that list the functions.
func ListCommand() []string { return []string{"lambda", "list-functions"} }

// DescribeCommand is the words after "aws" that print a function's configuration.
func DescribeCommand(name string) []string {
	return []string{"lambda", "get-function-configuration", "--function-name", name}
}
