package ui

import (
	"fmt"
	"strings"

	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// The overview is two by two from this size up, and a stack of summaries below.
const (
	gridWidth  = 100
	gridHeight = 30
)

func overviewHints() []pane.Hint {
	return []pane.Hint{
		{Keys: "1-4", Label: "open pane"},
		{Keys: "tab", Label: "next"},
		{Keys: "enter", Label: "open"},
		{Keys: ":", Label: "go to"},
		{Keys: "P", Label: "profile"},
		{Keys: "R", Label: "region"},
		{Keys: "r", Label: "refresh"},
		{Keys: "q", Label: "quit"},
	}
}

// overviewKey moves between the cells. Jobs and other pages open in the cell
// that has the cursor.
func (a *App) overviewKey(key string) (tea.Cmd, bool) {
	n := len(a.tabs)
	columns := 1
	if a.grid() {
		columns = 2
	}
	switch key {
	case "tab":
		a.focused = (a.focused + 1) % n
	case "shift+tab":
		a.focused = (a.focused + n - 1) % n
	case "j", "down":
		a.focused = min(a.focused+columns, n-1)
	case "k", "up":
		a.focused = max(a.focused-columns, 0)
	case "right":
		a.focused = min(a.focused+1, n-1)
	case "left":
		a.focused = max(a.focused-1, 0)
	case "enter", "l":
		a.current = a.focused
	default:
		return nil, false
	}
	return nil, true
}

func (a *App) grid() bool { return a.w >= gridWidth && a.h >= gridHeight && len(a.tabs) == 4 }

func (a *App) drawOverview(w, h int) string {
	if !a.grid() {
		return a.drawStack(w, h)
	}
	left := (w - 3) / 2
	right := w - 3 - left
	upper := (h - 1) / 2
	rule := " " + a.theme.Line.Render("│") + " "
	var lines []string
	for row, height := range []int{upper, h - 1 - upper} {
		l, r := a.cell(2*row, left, height), a.cell(2*row+1, right, height)
		for i := range l {
			lines = append(lines, l[i]+strings.Repeat(" ", max(left-ansi.StringWidth(l[i]), 0))+rule+r[i])
		}
		if row == 0 {
			lines = append(lines, a.theme.Line.Render(strings.Repeat("─", left+1)+"┼"+strings.Repeat("─", w-left-2)))
		}
	}
	return strings.Join(lines, "\n")
}

func (a *App) drawStack(w, h int) string {
	var lines []string
	for i := range a.tabs {
		height := (h - len(lines)) / (len(a.tabs) - i)
		lines = append(lines, a.cell(i, w, height)...)
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}

// cell draws one service: its number, name and headline, then its first rows.
func (a *App) cell(i, w, h int) []string {
	if h <= 0 {
		return nil
	}
	t := a.tabs[i]
	head, body := "", strings.Repeat("\n", max(h-2, 0))
	if s, ok := t.stack[0].pane.(pane.Summarizer); ok {
		head, body = s.Summary(w, max(h-1, 2))
	}
	if h == 1 && head == "" { // with no line for the body, what it says stands here
		head = strings.TrimSpace(ansi.Strip(body))
		head, _, _ = strings.Cut(head, "\n")
	}
	mark, name := "  ", a.theme.Title
	if i == a.focused {
		mark, name = a.theme.Accent.Render(" ▸"), a.theme.Accent.Bold(true)
	}
	title := mark + a.theme.Muted.Render(fmt.Sprint(i+1)) + " " + name.Render(t.service.Name) + "  " + a.theme.Muted.Render(head)
	lines := append([]string{ansi.Truncate(title, w, "…")}, strings.Split(body, "\n")...)
	return lines[:h]
}
