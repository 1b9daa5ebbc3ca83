package lambda

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
)

var variableName = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_]+$`)

// CheckVariable says why Lambda would not take an environment variable of this
// name; nil when it would.
func CheckVariable(name string) error {
	reserved := []string{
		"_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_NAME",
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE",
		"AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID",
		"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
	}
	switch {
	case name == "":
		return errors.New("a variable needs a name")
	case slices.Contains(reserved, name):
		return fmt.Errorf("%s is set by Lambda itself", name)
	case !variableName.MatchString(name):
		return fmt.Errorf("%s: a name has two or more letters, digits and underscores, and begins with a letter", name)
	}
	return nil
}

// CheckEnvironment says why Lambda would not take these variables together; nil
// when it would. Lambda measures them as JSON.
func CheckEnvironment(variables map[string]Secret) error {
	texts := make(map[string]string, len(variables))
	for name, value := range variables {
		texts[name] = value.Reveal()
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(texts) // a map of strings
	if size := b.Len() - 1; size > MaxEnvironment {
		return fmt.Errorf("the environment has %d bytes, and Lambda takes %d", size, MaxEnvironment)
	}
	return nil
}
