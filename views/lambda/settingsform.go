package lambda

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"straws/awsclient/lambda"
	"straws/ui/form"
)

// The fields that are not variables. A variable's field has its name behind
// variableField, a new one's a number behind newField.
const (
	memoryField   = "memory"
	timeoutField  = "timeout"
	variableField = "variable "
	newField      = "new "
)

// fieldsOf are the fields of a function's settings. Where AWS cannot read the
// environment there is none to change: sending one would drop what is there.
func fieldsOf(c lambda.Configuration) []form.Field {
	out := []form.Field{
		{
			ID: memoryField, Label: "memory", Value: strconv.FormatInt(c.Memory, 10), Check: checkMemory,
			Note: fmt.Sprintf("MB, %d to %d", lambda.MinMemory, lambda.MaxMemory),
		},
		{
			ID: timeoutField, Label: "timeout", Value: wholeSeconds(c.Timeout), Check: checkTimeout,
			Note: fmt.Sprintf("seconds, 1 to %s", wholeSeconds(lambda.MaxTimeout)),
		},
	}
	for _, name := range slices.Sorted(maps.Keys(c.Environment)) {
		out = append(out, form.Field{
			ID: variableField + name, Label: name, Value: c.Environment[name].Reveal(), Secret: true, Removable: true,
		})
	}
	return out
}

func wholeSeconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }

func checkMemory(text string) error {
	return inside(text, lambda.MinMemory, lambda.MaxMemory, "MB")
}

func checkTimeout(text string) error {
	return inside(text, 1, int(lambda.MaxTimeout/time.Second), "seconds")
}

func inside(text string, low, high int, unit string) error {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	switch {
	case err != nil:
		return fmt.Errorf("%d to %d %s, as a whole number", low, high, unit)
	case n < low:
		return fmt.Errorf("%d %s is the least", low, unit)
	case n > high:
		return fmt.Errorf("%d %s is the most", high, unit)
	}
	return nil
}

// checkAssignment reads NAME=value.
func checkAssignment(text string) error {
	name, _, found := strings.Cut(text, "=")
	if !found {
		return errors.New("NAME=value")
	}
	return lambda.CheckVariable(name)
}

// change is what the form says is to be different, and why that cannot be sent.
func (p *settingsPane) change() (lambda.Change, error) {
	c := lambda.Change{RevisionID: p.config.RevisionID}
	if err := p.form.Err(); err != nil {
		return c, err
	}
	environment, touched := map[string]lambda.Secret{}, false
	for _, v := range p.form.Values() {
		if v.Changed() {
			touched = touched || v.ID != memoryField && v.ID != timeoutField
		}
		n, _ := strconv.Atoi(strings.TrimSpace(v.Text)) // numbers have been checked
		switch {
		case v.Removed:
		case v.ID == memoryField:
			if v.Changed() {
				megabytes := int64(n)
				c.Memory = &megabytes
			}
		case v.ID == timeoutField:
			if v.Changed() {
				limit := time.Duration(n) * time.Second
				c.Timeout = &limit
			}
		default:
			name, value := assignment(v)
			if _, twice := environment[name]; twice {
				return c, fmt.Errorf("%s is there twice", name)
			}
			environment[name] = lambda.NewSecret(value)
		}
	}
	if touched {
		c.Environment = environment
	}
	return c, lambda.CheckEnvironment(environment)
}

// assignment is the name and the value of a variable's field.
func assignment(v *form.Value) (name, value string) {
	if name, old := strings.CutPrefix(v.ID, variableField); old {
		return name, v.Text
	}
	name, value, _ = strings.Cut(v.Text, "=")
	return name, value
}

// maskAssignment hides the value of NAME=value.
func maskAssignment(text string) string {
	name, value, _ := strings.Cut(text, "=")
	if value == "" {
		return text
	}
	return name + "=" + lambda.Masked
}
