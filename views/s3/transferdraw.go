package s3

import (
	"fmt"
	"strings"

	"straws/awsclient/s3"
	"straws/awsclient/transfer"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/list"
	"straws/ui/pane"
	"straws/ui/textpane"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// View implements pane.Pane.
func (p *plan) View(w, h int) string {
	if p.err != nil {
		return textpane.Placeholder(w, h, p.env, false, p.err)
	}
	lines := p.head()
	if p.text.Text() == "" || h-len(lines) < 2 {
		return frame(lines, w, h)
	}
	lines = append(lines, "", list.Rule("renamed or left out", w, p.env.Theme))
	if rest := h - len(lines); rest > 0 {
		lines = append(lines, strings.Split(p.text.Draw(w, rest, p.env.Theme), "\n")...)
	}
	return frame(lines, w, h)
}

// head is what is counted, most important first: a low screen cuts its end.
func (p *plan) head() []string {
	th, s := p.env.Theme, p.sum.Summary
	fact := func(name, value string, st lipgloss.Style) string {
		return th.Muted.Render(fmt.Sprintf("     %-10s", name)) + st.Render(value)
	}
	count, more := format.Count(s.Files), ""
	if !s.Settled {
		count, more = count+"+", "  counting…"
	}
	lines := []string{
		"", "   " + p.of.verb() + " " + clean.Line(p.of.what),
		fact("from", clean.Line(p.of.from), th.Text),
		fact("to", clean.Line(p.of.to), th.Text),
		fact("files", count+"  "+format.Size(s.Bytes)+th.Muted.Render(more), th.Text),
	}
	if s.Settled && s.Files == 0 {
		lines[len(lines)-1] = fact("files", "there is nothing to "+p.of.verb(), th.Text)
	}
	if s.Existing > 0 {
		lines = append(lines, fact("there", p.existing(), th.Warn))
	}
	if missing, short := s.Short(); short {
		lines = append(lines, fact("free", format.Size(s.Free)+": "+format.Size(missing)+" too little", th.Bad))
	} else if s.Free >= 0 && s.Settled && !p.of.up {
		lines = append(lines, fact("free", format.Size(s.Free), th.Text))
	}
	if s.ExistingUnknown {
		lines = append(lines, fact("there", "not known; nothing is overwritten", th.Text))
	}
	if s.Archived > 0 {
		lines = append(lines, fact("archived", format.Plural(s.Archived, "object has", "objects have")+" to be restored first, and are left out", th.Warn))
	}
	if n := len(s.Renames); n > 0 {
		lines = append(lines, fact("renamed", format.Plural(n, "name that "+cannot(p.of.up)+" it is", "names that "+cannot(p.of.up)+" they are"), th.Warn))
	}
	if n := len(s.Refused) - s.Archived; n > 0 {
		lines = append(lines, fact("left out", format.Plural(n, "thing", "things")+", below", th.Warn))
	}
	return lines
}

// cannot begins to say which names have to be changed.
func cannot(up bool) string {
	return map[bool]string{true: "a key", false: "a file"}[up] + " cannot have as"
}

// leftOut lists what changes its name, and what is not moved.
func leftOut(s transfer.Summary) string {
	var b strings.Builder
	for _, r := range s.Renames {
		fmt.Fprintf(&b, "   %s  →  %s   %s\n", ends(r.From), ends(r.To), r.Why)
	}
	for _, r := range s.Refused {
		fmt.Fprintf(&b, "   %s   left out: %s\n", ends(r.Name), clean.Line(r.Err.Error()))
	}
	return strings.TrimRight(b.String(), "\n")
}

// nameCells is how much of a line a name in a list of reasons may take.
const nameCells = 60

// ends is a name with its middle left out where it is too long: keys differ at
// their ends.
func ends(name string) string {
	line := clean.Line(name)
	w := ansi.StringWidth(line)
	if w <= nameCells {
		return line
	}
	half := nameCells / 2
	return ansi.Truncate(line, half, "") + ansi.TruncateLeft(line, w-half+1, "…")
}

// Status implements pane.Statuser.
func (p *plan) Status() string {
	switch {
	case p.load.Busy():
		return "counting; esc ends it"
	case p.err != nil || p.sum.plan == nil:
		return ""
	case p.of.up:
		return "nothing has been uploaded yet"
	}
	return "nothing has been downloaded yet"
}

// Hints implements pane.Hinter.
func (p *plan) Hints() []pane.Hint {
	if p.text.Text() == "" {
		return nil
	}
	return []pane.Hint{{Keys: "↑↓", Label: "scroll"}}
}

// overwriting says what becomes of an object that is overwritten.
func (p place) overwriting() string {
	switch s3.KnownVersioning(p.env.AWS, p.bucket) {
	case s3.VersioningOn:
		return "the bucket keeps what they are now as older versions"
	case s3.VersioningOff, s3.VersioningSuspended:
		return "what they are now is gone for good"
	default:
		return "whether the bucket keeps what they are now is not known"
	}
}
