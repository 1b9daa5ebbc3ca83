package textpane

import (
	"errors"
	"strings"

	"straws/awsclient"
	"straws/ui/clean"
	"straws/ui/pane"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Placeholder fills h lines with why there is nothing to show yet: loading, or
// what went wrong and what to do about it.
func Placeholder(w, h int, env pane.Env, busy bool, err error) string {
	var lines []string
	switch {
	case err != nil:
		lines = append(lines, "")
		lines = append(lines, wrapped(w, err.Error(), env.Theme.Bad)...)
		lines = append(lines, hint(w, env, err)...)
	case busy:
		lines = append(lines, "", env.Theme.Muted.Render(ansi.Truncate("   loading…", w, "…")))
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}

func hint(w int, env pane.Env, err error) []string {
	var e *awsclient.Error
	if !errors.As(err, &e) || e.Hint() == "" {
		return nil
	}
	return append([]string{""}, wrapped(w, e.Hint(), env.Theme.Muted)...)
}

func wrapped(w int, s string, st lipgloss.Style) []string {
	lines := strings.Split(ansi.Wrap(clean.Line(s), max(w-6, 10), " "), "\n")
	for i, l := range lines {
		lines[i] = st.Render(ansi.Truncate("   "+l, w, "…"))
	}
	return lines
}
