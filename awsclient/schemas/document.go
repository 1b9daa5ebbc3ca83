package schemas

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// anything is an OpenAPI document without a word on the shape of its events.
const anything = `{"openapi":"3.0.0","info":{"version":"1.0.0","title":"Event"},"paths":{},"components":{"schemas":{"Event":{}}}}`

// object is a JSON object whose values are kept as they were written: numbers
// keep their digits, and what is unknown here is not lost.
type object map[string]json.RawMessage

// document is an OpenAPI document with events at components.examples.NAME.value.
type document struct {
	whole, components, examples object
}

func parse(content []byte) (*document, error) {
	d := &document{}
	for _, level := range []struct {
		into *object
		name string
		text func() json.RawMessage
	}{
		{&d.whole, "the schema", func() json.RawMessage { return content }},
		{&d.components, "its components", func() json.RawMessage { return d.whole["components"] }},
		{&d.examples, "its examples", func() json.RawMessage { return d.components["examples"] }},
	} {
		if text := level.text(); len(text) > 0 {
			if err := json.Unmarshal(text, level.into); err != nil {
				return nil, fmt.Errorf("the schema with the events cannot be read: %s: %w", level.name, err)
			}
		}
		if *level.into == nil {
			*level.into = object{}
		}
	}
	return d, nil
}

// events lists the examples that have a value, by name.
func (d *document) events() []Event {
	var out []Event
	for _, name := range slices.Sorted(maps.Keys(d.examples)) {
		var example object
		if json.Unmarshal(d.examples[name], &example) == nil && len(example["value"]) > 0 {
			out = append(out, Event{Name: name, Payload: example["value"]})
		}
	}
	return out
}

// set adds or replaces an event. What else an example of that name says stays.
func (d *document) set(e Event) error {
	if !json.Valid(e.Payload) {
		return fmt.Errorf("event %s is not JSON", e.Name)
	}
	var example object
	if json.Unmarshal(d.examples[e.Name], &example) != nil || example == nil {
		example = object{}
	}
	example["value"] = e.Payload
	text, err := encode(example)
	if err != nil {
		return err
	}
	d.examples[e.Name] = text
	return nil
}

// remove reports whether there was such an event.
func (d *document) remove(name string) bool {
	_, ok := d.examples[name]
	delete(d.examples, name)
	return ok
}

func (d *document) text() (string, error) {
	var err error
	if d.components["examples"], err = encode(d.examples); err != nil {
		return "", err
	}
	if d.whole["components"], err = encode(d.components); err != nil {
		return "", err
	}
	text, err := encode(d.whole)
	return string(text), err
}

// encode writes o without escaping < > and &, which an event may hold.
func encode(o object) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(o); err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}
