package peek

import (
	"strings"

	"straws/awsclient/inside"
	"straws/ui/format"
	"straws/ui/keymap"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// hexChild shows bytes with their offsets. Only the lines that are looked at are
// written.
type hexChild struct {
	env  pane.Env
	data []byte
	from int64
	top  int // line
	per  int // bytes of a line, as drawn last
	page int
}

func newHex(env pane.Env, v inside.View) *hexChild {
	return &hexChild{env: env, data: v.Bytes, from: v.From, per: 16}
}

func (c *hexChild) renew(v inside.View) bool {
	c.data, c.from = v.Bytes, v.From
	return true
}

// Refresh implements pane.Refresher.
func (c *hexChild) Refresh() tea.Cmd { return nil }

// Title implements pane.Pane.
func (c *hexChild) Title() string { return "hex" }

// Init implements pane.Pane.
func (c *hexChild) Init() tea.Cmd { return nil }

// Actions implements pane.Pane.
func (c *hexChild) Actions() []pane.Action { return nil }

// Status implements pane.Statuser.
func (c *hexChild) Status() string { return format.Size(int64(len(c.data))) + " of bytes" }

func (c *hexChild) lines() int { return (len(c.data) + c.per - 1) / c.per }

// Update implements pane.Pane.
func (c *hexChild) Update(msg tea.Msg) tea.Cmd {
	if k, ok := msg.(tea.KeyPressMsg); ok {
		if m := keymap.Moves(k.String()); m != keymap.None {
			c.top += m.Delta(c.page, c.lines())
			c.bound()
		}
	}
	return nil
}

func (c *hexChild) bound() { c.top = max(min(c.top, c.lines()-c.page), 0) }

// View implements pane.Pane. It keeps the byte at the top where it is when the
// width changes.
func (c *hexChild) View(w, h int) string {
	per := 4
	for _, n := range []int{8, 16, 32} {
		if width(n) <= w {
			per = n
		}
	}
	if per != c.per {
		c.top, c.per = c.top*c.per/per, per
	}
	c.page = h
	c.bound()
	lines := make([]string, h)
	for i := range lines {
		if at := (c.top + i) * per; at < len(c.data) {
			lines[i] = c.env.Theme.Muted.Render(offset(c.from+int64(at))) + dump(c.data[at:min(at+per, len(c.data))], per)
		}
	}
	return strings.Join(lines, "\n")
}

// width is the cells of a line of n bytes.
func width(n int) int { return 10 + 3*n + 2 + n }

const digits = "0123456789abcdef"

func offset(n int64) string {
	b := []byte("00000000")
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = digits[n&15]
		n >>= 4
	}
	return string(b)
}

// dump writes bytes in hexadecimal and as the ASCII characters that they are.
func dump(data []byte, per int) string {
	var b strings.Builder
	b.WriteString("  ")
	for i := range per {
		if i < len(data) {
			b.WriteByte(digits[data[i]>>4])
			b.WriteByte(digits[data[i]&15])
		} else {
			b.WriteString("  ")
		}
		b.WriteByte(' ')
	}
	b.WriteByte(' ')
	for _, c := range data {
		if c < ' ' || c > '~' {
			c = '.'
		}
		b.WriteByte(c)
	}
	return b.String()
}
