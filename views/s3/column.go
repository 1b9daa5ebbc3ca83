package s3

import (
	"straws/awsclient/s3"
	"straws/ui/format"
	"straws/ui/pane"
	"straws/ui/table"
)

// columns of a level. The name has the room, the class is the first to go.
func (p place) columns(env pane.Env) []table.Column[s3.Entry] {
	size := func(e s3.Entry) int64 { return e.Size }
	return []table.Column[s3.Entry]{
		{Title: "NAME", Brief: true, Cell: p.name, Order: table.ByText(p.name), Tone: nameTone},
		{
			Title: "SIZE", Width: 9, Right: true, Drop: 1, Brief: true, Order: table.ByNumber(size), Bytes: size,
			Cell: func(e s3.Entry) string {
				if e.Prefix() {
					return "-"
				}
				return format.Size(e.Size)
			},
		},
		{
			Title: "MODIFIED", Width: 12, Drop: 2, Brief: true, Order: table.ByTime(s3.Entry.Modified), Time: s3.Entry.Modified,
			Tone: quiet[s3.Entry],
			Cell: func(e s3.Entry) string {
				if e.Prefix() {
					return ""
				}
				return format.When(e.Modified(), env.Now())
			},
		},
		{Title: "CLASS", Fit: 23, Drop: 3, Cell: classWord, Order: table.ByText(s3.Entry.Class), Tone: quiet[s3.Entry]},
	}
}

// classWord is the storage class, and what AWS is doing about it.
func classWord(e s3.Entry) string {
	switch {
	case e.Restoring():
		return e.Class() + " restoring…"
	case e.Restored():
		return e.Class() + " restored"
	}
	return e.Class()
}

func nameTone(e s3.Entry) table.Tone {
	if e.Prefix() {
		return table.Accent
	}
	return table.Plain
}
