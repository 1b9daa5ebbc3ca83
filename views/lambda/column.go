package lambda

import (
	"cmp"
	"time"

	"straws/awsclient/lambda"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/table"
)

// columns of the list. Where it is narrow the name and the runtime stay.
func columns(env pane.Env) []table.Column[lambda.Function] {
	modified := func(f lambda.Function) time.Time { return f.Modified }
	memory := func(f lambda.Function) int64 { return f.Memory * 1_000_000 }
	size := func(f lambda.Function) int64 { return f.CodeSize }
	handler := func(f lambda.Function) string { return f.Handler }
	description := func(f lambda.Function) string { return f.Description }
	muted := func(lambda.Function) table.Tone { return table.Muted }
	return []table.Column[lambda.Function]{
		{Title: "NAME", Fit: 48, Brief: true, Cell: name, Order: table.ByText(name)},
		{Title: "RUNTIME", Fit: 16, Brief: true, Cell: runtime, Order: table.ByText(runtime)},
		{
			Title: "MEMORY", Width: 9, Right: true, Drop: 2, Brief: true, Bytes: memory, Order: table.ByNumber(memory),
			Cell: func(f lambda.Function) string { return format.Count(int(f.Memory)) + " MB" },
		},
		{
			Title: "TIMEOUT", Width: 7, Right: true, Drop: 3,
			Cell:  func(f lambda.Function) string { return format.Duration(f.Timeout) },
			Order: func(a, b lambda.Function) int { return cmp.Compare(a.Timeout, b.Timeout) },
		},
		{
			Title: "MODIFIED", Width: 12, Drop: 1, Time: modified, Order: table.ByTime(modified),
			Cell: func(f lambda.Function) string { return format.When(f.Modified, env.Now()) },
		},
		{
			Title: "CODE", Width: 8, Right: true, Drop: 5, Tone: muted, Order: table.ByNumber(size),
			Cell: func(f lambda.Function) string { return format.Size(f.CodeSize) },
		},
		{Title: "ARCH", Fit: 6, Drop: 6, Tone: muted, Cell: func(f lambda.Function) string { return f.Arch }},
		{Title: "HANDLER", Fit: 44, Drop: 8, Tone: muted, Cell: handler, Order: table.ByText(handler)},
		{Title: "DESCRIPTION", Drop: 7, Tone: muted, Cell: description, Order: table.ByText(description)},
	}
}

func name(f lambda.Function) string { return f.Name }

// runtime says image where the runtime comes with the function's own container.
func runtime(f lambda.Function) string {
	if f.Runtime == "" {
		return "image"
	}
	return f.Runtime
}
