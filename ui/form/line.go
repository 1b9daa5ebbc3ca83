package form

import tea "charm.land/bubbletea/v2"

// line is one value while it is typed. Unlike bubbles' text input it keeps line
// breaks and tabs: a key that was pasted must come out as it went in.
type line struct {
	runes []rune
	at    int // the cursor stands before this rune
}

func newLine(s string) line {
	r := []rune(s)
	return line{r, len(r)}
}

func (l *line) text() string { return string(l.runes) }

func (l *line) before() string { return string(l.runes[:l.at]) }

func (l *line) insert(s string) {
	r := []rune(s)
	l.runes = append(l.runes[:l.at:l.at], append(r, l.runes[l.at:]...)...)
	l.at += len(r)
}

// cut removes the runes from here to the cursor, or from the cursor to here.
func (l *line) cut(here int) {
	from, to := min(here, l.at), max(here, l.at)
	from, to = max(from, 0), min(to, len(l.runes))
	l.runes = append(l.runes[:from:from], l.runes[to:]...)
	l.at = from
}

func (l *line) key(k tea.KeyPressMsg) {
	switch k.String() {
	case "left", "ctrl+b":
		l.at = max(l.at-1, 0)
	case "right", "ctrl+f":
		l.at = min(l.at+1, len(l.runes))
	case "home", "ctrl+a":
		l.at = 0
	case "end", "ctrl+e":
		l.at = len(l.runes)
	case "backspace", "ctrl+h":
		l.cut(l.at - 1)
	case "delete", "ctrl+d":
		l.cut(l.at + 1)
	case "ctrl+u":
		l.cut(0)
	case "ctrl+k":
		l.cut(len(l.runes))
	default:
		l.insert(k.Text)
	}
}
