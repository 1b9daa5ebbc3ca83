package lambda

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"straws/awsclient/runs"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
)

// historyOff is what there is to see when the user wants no history.
const historyOff = "no history is kept: the config file says history = false"

// history lists the runs of a function, newest first.
func (m *memory) history(t target) pane.Factory {
	return func(env pane.Env) pane.Pane {
		store, where := m.store(env), kept(env, t)
		empty := "no run of " + t.function.Name + " is kept yet"
		if store == nil {
			empty = historyOff
		}
		return listpane.New(listpane.Spec[runs.Run]{
			Title: "history", Noun: "run",
			ID:      func(r runs.Run) string { return r.ID },
			Name:    stamp,
			Columns: runColumns,
			Load: func(pane.Env) load.Pager[runs.Run] {
				return func(context.Context) ([]runs.Run, bool, error) {
					if store == nil {
						return nil, false, nil
					}
					all, err := store.List(where)
					return all, false, err
				}
			},
			Order:   func(a, b runs.Run) int { return cmp.Compare(b.ID, a.ID) },
			Enter:   func(r runs.Run) pane.Factory { return m.pastRun(store, where, t, r) },
			Record:  func(_ context.Context, _ pane.Env, r runs.Run) (any, error) { return store.Load(where, r.ID) },
			Head:    func(all []runs.Run, w int) []string { return trendOf(all).lines(w) },
			Actions: m.historyActions(store, where, t),
			Empty:   empty,
		})(env)
	}
}

func (m *memory) historyActions(store *runs.Store, where runs.Function, t target) []listpane.Action[runs.Run] {
	unreadable := func(r runs.Run) string {
		if r.Outcome == runs.Damaged {
			return "its file is damaged"
		}
		return ""
	}
	return []listpane.Action[runs.Run]{
		{
			ID: "lambda.run.again", Label: "Run again", Keys: []string{"x"}, Needs: []string{"lambda:InvokeFunction"}, Off: unreadable,
			Show: func(_ pane.Env, r runs.Run) pane.Factory { return m.repeat(store, where, t, r) },
		},
		{
			ID: "lambda.run.compare", Label: "Compare", Keys: []string{"="}, Off: unreadable,
			Both: func(_ pane.Env, newer, older runs.Run) pane.Factory { return compare(store, where, older, newer) },
		},
		{
			ID: "lambda.run.logs", Label: "Logs", Keys: []string{"L"}, Needs: []string{"logs:FilterLogEvents"}, Off: unreadable,
			Show: func(_ pane.Env, r runs.Run) pane.Factory { return logsOf(t, r.Result.RequestID, r.Began) },
		},
	}
}

// repeat opens the invoke screen as it was for a run, and runs it.
func (m *memory) repeat(store *runs.Store, where runs.Function, t target, r runs.Run) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p := m.invoking(t, "invoke", true)(env).(*invokePane) //nolint:forcetypeassert // it makes no other
		p.past = func(context.Context) (runs.Run, error) { return store.Load(where, r.ID) }
		return p
	}
}

// pastRun shows a run as it was: how it was made and all that came back.
func (m *memory) pastRun(store *runs.Store, where runs.Function, t target, r runs.Run) pane.Factory {
	if r.Outcome == runs.Damaged {
		return textpane.New(textpane.Spec{Title: stamp(r), Load: func(context.Context, pane.Env) (string, error) {
			text, err := os.ReadFile(store.Path(where, r.ID))
			return r.Err + "\n\n" + string(text), err //nolint:wrapcheck // it names the file
		}})
	}
	whole := r
	return textpane.New(textpane.Spec{
		Title: stamp(r), JSON: true,
		Query: func() string { return string(whole.Result.Payload) },
		Load: func(_ context.Context, env pane.Env) (string, error) {
			var err error
			if whole, err = store.Load(where, r.ID); err != nil {
				return "", err
			}
			return pastText(whole, env.Now().Location()), nil
		},
		Actions: func(env pane.Env) []pane.Action {
			return []pane.Action{
				{
					ID: "lambda.run.again", Label: "Run again", Keys: []string{"x"}, Needs: []string{"lambda:InvokeFunction"},
					Do: func() tea.Cmd { env.Push(m.repeat(store, where, t, r)); return nil },
				},
				{
					ID: "lambda.run.logs", Label: "Logs", Keys: []string{"L"}, Needs: []string{"logs:FilterLogEvents"},
					Do: func() tea.Cmd { env.Push(logsOf(t, r.Result.RequestID, r.Began)); return nil },
				},
			}
		},
	})
}

func pastText(r runs.Run, zone *time.Location) string {
	r.Began = r.Began.In(zone)
	first, second := figures(r)
	text := fmt.Sprintf("%s\n%s   %s   qualifier %s   %s   request %s\n", statusOf(r), first, second,
		or(r.Invocation.Qualifier, latest), r.Invocation.Mode, or(r.Result.RequestID, "unknown"))
	if r.Err != "" {
		text += r.Err + "\n"
	}
	payload := pretty(r.Invocation.Payload)
	if payload == "" {
		payload = "(no payload)"
	}
	if len(r.Invocation.Context) > 0 {
		payload += "\n\n── client context ──\n" + string(r.Invocation.Context)
	}
	return text + "\n── payload ──\n" + payload + "\n\n── answer ──\n" + resultText(r, json.Valid(r.Result.Payload))
}

// statusOf is how a run ended, in words.
func statusOf(r runs.Run) string {
	switch r.Outcome {
	case runs.Refused:
		return "✗ did not run"
	case runs.Unknown:
		if r.Result.Report.Duration > 0 {
			return "◐ ran, answer lost"
		}
		return "? outcome unknown"
	case runs.Left:
		return "◐ not waited for"
	case runs.Damaged:
		return "✗ " + r.Err
	case runs.Answered:
	}
	return verdictOf(r.Result)
}

func runColumns(env pane.Env) []table.Column[runs.Run] {
	began := func(r runs.Run) time.Time { return r.Began }
	took := func(r runs.Run) int64 { return int64(r.Took()) }
	used := func(r runs.Run) int64 { return r.Result.Report.Used }
	muted := func(runs.Run) table.Tone { return table.Muted }
	return []table.Column[runs.Run]{
		{
			Title: "TIME", Width: 15, Brief: true, Time: began, Order: table.ByTime(began),
			Cell: func(r runs.Run) string { return runTime(r.Began, env.Now()) },
		},
		{Title: "STATUS", Fit: 60, Brief: true, Cell: statusOf, Tone: runTone, Order: table.ByText(statusOf)},
		{Title: "TOOK", Width: 8, Right: true, Cell: func(r runs.Run) string { return milliseconds(r.Took()) }, Order: table.ByNumber(took)},
		{
			Title: "MEMORY", Width: 13, Right: true, Drop: 2, Order: table.ByNumber(used), Cell: func(r runs.Run) string {
				if r.Result.Report.Memory == 0 {
					return "-"
				}
				return fmt.Sprintf("%d of %d MB", r.Result.Report.Used, r.Result.Report.Memory)
			},
		},
		{Title: "COLD", Width: 8, Right: true, Drop: 4, Tone: muted, Cell: func(r runs.Run) string {
			if r.Result.Report.Init == 0 {
				return ""
			}
			return milliseconds(r.Result.Report.Init)
		}},
		{Title: "QUALIFIER", Fit: 16, Drop: 3, Cell: func(r runs.Run) string { return or(r.Invocation.Qualifier, latest) }},
		{Title: "MODE", Width: 7, Drop: 5, Tone: muted, Cell: func(r runs.Run) string { return r.Invocation.Mode.String() }},
		{Title: "PAYLOAD", Width: 9, Right: true, Drop: 6, Tone: muted, Cell: func(r runs.Run) string { return format.Size(int64(r.Sizes.Payload)) }},
		{Title: "ANSWER", Width: 9, Right: true, Drop: 7, Tone: muted, Cell: func(r runs.Run) string { return format.Size(int64(r.Sizes.Answer)) }},
	}
}

// runTime tells runs of the same minute apart.
func runTime(t, now time.Time) string {
	if t = t.In(now.Location()); t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04:05")
	}
	return t.Format("Jan _2 15:04:05")
}

func runTone(r runs.Run) table.Tone {
	switch {
	case r.Failed():
		return table.Bad
	case r.Outcome != runs.Answered:
		return table.Warn
	}
	return table.Good
}
