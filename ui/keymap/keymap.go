// Package keymap names the keys that mean the same on every screen.
package keymap

// Binding is one meaning with the keys that have it.
type Binding struct {
	Keys  []string // as tea.KeyPressMsg.String reports them
	Shown string   // as help writes them
	Label string
}

// Move is what a key does to a cursor in a list of rows.
type Move int

// Moves.
const (
	None Move = iota
	Up
	Down
	Top
	Bottom
	HalfUp
	HalfDown
	PageUp
	PageDown
)

// Moves maps keys to moves.
func Moves(key string) Move {
	switch key {
	case "up", "k":
		return Up
	case "down", "j":
		return Down
	case "home", "g":
		return Top
	case "end", "G":
		return Bottom
	case "ctrl+u":
		return HalfUp
	case "ctrl+d":
		return HalfDown
	case "pgup", "ctrl+b":
		return PageUp
	case "pgdown", "ctrl+f":
		return PageDown
	}
	return None
}

// Delta is how far a move goes in rows, on a page of h rows in a list of n.
func (m Move) Delta(h, n int) int {
	return map[Move]int{Up: -1, Down: 1, Top: -n, Bottom: n, HalfUp: -max(h/2, 1), HalfDown: max(h/2, 1), PageUp: -max(h-1, 1), PageDown: max(h-1, 1)}[m]
}

// Shell lists the keys that the shell answers on every screen.
func Shell() []Binding {
	return []Binding{
		{[]string{"1", "2", "3", "4"}, "1-4", "S3, EC2, Lambda, EMR"},
		{[]string{"0"}, "0", "overview"},
		{[]string{":"}, ":", "go to: panes, actions, profiles, regions, s3://…, an ARN, an instance id"},
		{[]string{"a"}, "a", "every action on this row or the marked rows, with the reason where one is off"},
		{[]string{"t"}, "t", "jobs"},
		{[]string{"!"}, "!", "call log"},
		{[]string{"?"}, "?", "help for this screen"},
		{[]string{"P"}, "P", "switch profile"},
		{[]string{"R"}, "R", "switch region"},
		{[]string{"r"}, "r", "refresh"},
		{[]string{"ctrl+l"}, "ctrl+l", "redraw"},
		{[]string{"esc", "h", "left"}, "esc / h", "back; undoes a filter first; stops what is loading"},
		{[]string{"q"}, "q", "back, and quit from the overview; asks when a job is running"},
		{[]string{"ctrl+c"}, "ctrl+c", "quit; asks when a job is running"},
	}
}

// List lists the keys of every list of rows.
func List() []Binding {
	return []Binding{
		{[]string{"j", "k", "up", "down"}, "j k", "move"},
		{[]string{"g", "G", "home", "end"}, "g G", "first, last"},
		{[]string{"ctrl+d", "ctrl+u"}, "ctrl+d ctrl+u", "half a page"},
		{[]string{"pgdown", "pgup", "ctrl+f", "ctrl+b"}, "pgdn pgup", "a page"},
		{[]string{"enter", "l", "right"}, "enter / l", "open"},
		{[]string{"space"}, "space", "mark"},
		{[]string{"v"}, "v", "mark a range: once to begin, once to end"},
		{[]string{"*"}, "*", "mark all that match the filter"},
		{[]string{"U"}, "U", "unmark all"},
		{[]string{"/"}, "/", "filter: words, col:text, >10mb, <7d, tag:env=prod, -not, *.csv"},
		{[]string{"o"}, "o", "sort by a column; the same again turns it round"},
		{[]string{"i"}, "i", "the whole record as JSON, with search and a jq box"},
		{[]string{"y"}, "y", "copy: name, id, ARN, JSON, the aws command"},
		{[]string{"p"}, "p", "preview"},
	}
}

// Text lists the keys of every long text.
func Text() []Binding {
	return []Binding{
		{[]string{"j", "k", "up", "down"}, "j k", "scroll"},
		{[]string{"g", "G", "home", "end"}, "g G", "top, end"},
		{[]string{"ctrl+d", "ctrl+u"}, "ctrl+d ctrl+u", "half a page"},
		{[]string{"/"}, "/", "search"},
		{[]string{"n", "N"}, "n N", "next match, match before"},
		{[]string{"w"}, "w", "wrap long lines, or cut them"},
		{[]string{"<", ">"}, "< >", "move sideways along lines that are cut"},
		{[]string{"|"}, "|", "jq expression, in JSON"},
		{[]string{"y"}, "y", "copy the text"},
	}
}
