package lambda

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"straws/awsclient"
	"straws/awsclient/saved"
	"straws/awsclient/schemas"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"

	tea "charm.land/bubbletea/v2"
)

// glimpse is how much of an event is looked at for its line in the list, in bytes.
const glimpse = 400

// event is a named payload of a function: of this machine, or shared by everybody
// who uses the Console. With a reason it is no event but why there are none.
type event struct {
	name    string
	shared  bool
	payload string
	saved   time.Time
	why     string
}

func (e event) kind() string {
	if e.shared {
		return "shared"
	}
	return "local"
}

func (e event) id() string {
	if e.why != "" {
		return e.kind() + "?"
	}
	return e.kind() + "/" + e.name
}

// unusable says why nothing can be done with a row.
func unusable(e event) string { return e.why }

// eventBook is the events of one function.
type eventBook struct {
	aws      *awsclient.Session
	function string
	local    *saved.Store
	writes   *sync.Mutex // shared events of a function are in one document
}

func (m *memory) book(env pane.Env, t target) eventBook {
	return eventBook{env.AWS, t.function.Name, &m.saved, &m.sharing}
}

// pages lists the local events, and then the shared ones. Where one kind cannot be
// listed the other one is there all the same.
func (b eventBook) pages() load.Pager[event] {
	first := true
	return func(ctx context.Context) ([]event, bool, error) {
		if first {
			first = false
			return b.locals(), true, nil
		}
		events, err := b.theShared(ctx)
		return events, false, err
	}
}

func (b eventBook) locals() []event {
	list, err := b.local.List(saved.PlaceOf(b.aws, b.function))
	var out []event
	for _, e := range list {
		out = append(out, event{name: e.Name, payload: string(e.Payload), saved: e.Time})
	}
	if err != nil {
		out = append(out, event{name: "(some local events)", why: strings.ReplaceAll(err.Error(), "\n", "; ")})
	}
	return out
}

func (b eventBook) theShared(ctx context.Context) ([]event, error) {
	list, err := schemas.List(ctx, b.aws, b.function)
	if errors.Is(err, context.Canceled) {
		return nil, err
	}
	if err != nil {
		return []event{{name: "(shared events)", shared: true, why: reason(err)}}, nil
	}
	var out []event
	for _, e := range list {
		text := pretty(e.Payload) // the registry keeps no line breaks
		out = append(out, event{name: e.Name, shared: true, payload: text})
	}
	return out, nil
}

// reason is what went wrong and what to do about it.
func reason(err error) string {
	var e *awsclient.Error
	if errors.As(awsclient.Classify(err), &e) && e.Hint() != "" {
		return e.Error() + "; " + e.Hint()
	}
	return err.Error()
}

// save keeps a local event.
func (b eventBook) save(name, payload string) error {
	return b.local.Save(saved.PlaceOf(b.aws, b.function), name, []byte(payload))
}

// share saves a shared event.
func (b eventBook) share(ctx context.Context, name, payload string) error {
	b.writes.Lock()
	defer b.writes.Unlock()
	return schemas.Save(ctx, b.aws, b.function, schemas.Event{Name: name, Payload: []byte(payload)})
}

func (b eventBook) remove(ctx context.Context, e event) error {
	if !e.shared {
		return b.local.Delete(saved.PlaceOf(b.aws, b.function), e.name)
	}
	b.writes.Lock()
	defer b.writes.Unlock()
	return schemas.Delete(ctx, b.aws, b.function, e.name)
}

// target is what the audit log calls a shared event.
func (b eventBook) target(name string) string {
	return fmt.Sprintf("shared event %s of function %s", name, b.function)
}

// openEvents lists the events of the function, to load or delete.
func (p *invokePane) openEvents() tea.Cmd {
	p.env.Push(p.events(p.memory.book(p.env, p.target)))
	return nil
}

func (p *invokePane) events(b eventBook) pane.Factory {
	return listpane.New(listpane.Spec[event]{
		Title: "events", Noun: "event", ID: event.id, Name: func(e event) string { return e.name }, Columns: eventColumns,
		Load:  func(pane.Env) load.Pager[event] { return b.pages() },
		Empty: "no events are saved for this function; ctrl+s on the payload saves one",
		Record: func(_ context.Context, _ pane.Env, e event) (any, error) {
			if e.why == "" && json.Valid([]byte(e.payload)) {
				return json.RawMessage(e.payload), nil
			}
			return or(e.why, e.payload), nil
		},
		Preview: func(_ context.Context, _ pane.Env, e event) (listpane.Preview, error) {
			return listpane.Preview{Title: e.name, Text: or(e.why, e.payload), Name: "event.json"}, nil
		},
		Copies: func(_ pane.Env, e event) []listpane.Copy {
			return []listpane.Copy{{Label: "payload", Text: e.payload}, {Label: "name", Text: e.name}}
		},
		Actions: p.eventActions(b),
	})
}

func (p *invokePane) eventActions(b eventBook) []listpane.Action[event] {
	return []listpane.Action[event]{
		{
			ID: "lambda.event.load", Label: "Load", Keys: []string{"enter", "l", "right"}, Off: unusable,
			Do: func(env pane.Env, e event) tea.Cmd {
				env.Pop()
				return p.fill(e.payload, e.name)
			},
		},
		{
			ID: "lambda.event.delete", Label: "Delete", Keys: []string{"D"}, Danger: pane.Destroy, Off: unusable,
			Needs:  []string{"schemas:UpdateSchema", "schemas:DeleteSchema"},
			Here:   func(e event) bool { return !e.shared },
			Target: func(e event) string { return b.target(e.name) },
			Warn: func(rows []event) []string {
				for _, e := range rows {
					if e.shared {
						return []string{"shared events disappear from the Console and the SAM CLI too"}
					}
				}
				return nil
			},
			Run: func(ctx context.Context, _ pane.Env, e event) error { return b.remove(ctx, e) },
		},
	}
}

func eventColumns(env pane.Env) []table.Column[event] {
	name := func(e event) string { return e.name }
	size := func(e event) int64 { return int64(len(e.payload)) }
	return []table.Column[event]{
		{Title: "NAME", Cell: name, Order: table.ByText(name), Tone: func(e event) table.Tone {
			if e.why != "" {
				return table.Muted
			}
			return table.Plain
		}},
		{Title: "KEPT", Width: 6, Cell: event.kind, Order: table.ByText(event.kind)},
		{Title: "SIZE", Width: 8, Right: true, Drop: 2, Order: table.ByNumber(size), Cell: func(e event) string {
			if e.why != "" {
				return ""
			}
			return format.Size(size(e))
		}},
		{Title: "SAVED", Width: 12, Drop: 3, Tone: func(event) table.Tone { return table.Muted }, Cell: func(e event) string {
			if e.saved.IsZero() {
				return ""
			}
			return format.When(e.saved, env.Now())
		}},
		{Title: "PAYLOAD", Drop: 1, Cell: beginning, Tone: func(e event) table.Tone {
			if e.why != "" {
				return table.Warn
			}
			return table.Muted
		}},
	}
}

// beginning is the first of an event's payload on one line, or why there is none.
func beginning(e event) string {
	if e.why != "" {
		return e.why
	}
	return strings.Join(strings.Fields(e.payload[:min(len(e.payload), glimpse)]), " ")
}
