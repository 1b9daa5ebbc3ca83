package s3

import (
	"context"
	"fmt"
	"strings"
	"time"

	"straws/awsclient"
	"straws/awsclient/inside"
	"straws/awsclient/s3"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/listpane"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/tail"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

const (
	followEvery = 5 * time.Second
	followPages = 10       // of keys that are looked at for the newest
	followTail  = 64 << 10 // bytes of an object that is shown at first
	followMost  = 1 << 20  // bytes that are read of what was added
)

// followActions lead to the newest object of a prefix.
func (p place) followActions() []listpane.Action[s3.Entry] {
	return []listpane.Action[s3.Entry]{{
		ID: "s3.follow", Label: "Follow the newest", Keys: []string{"F"}, Needs: []string{"s3:ListBucket", "s3:GetObject"}, Hide: true,
		Show: func(_ pane.Env, e s3.Entry) pane.Factory {
			if e.Prefix() {
				return follow(p.bucket, e.Key)
			}
			return follow(p.bucket, p.prefix)
		},
	}}
}

// followed is what is known of the newest object.
type followed struct {
	entry s3.Entry
	found bool
	many  bool // there are more keys below the prefix than are looked at
	lines []string
	fresh bool // lines begin an object; they go on otherwise
	form  string
}

// followPane shows the end of the newest object below a prefix, and what is
// added to it, or to a newer one, while it is on the screen.
type followPane struct {
	env            pane.Env
	bucket, prefix string
	load           *load.Slot[followed]
	now            followed
	text           *tail.Model[followedLine]
	lines          int
	ready          bool
	err            error
	visible        bool
	polls          int
}

type followedLine struct {
	n    int
	text string
	head bool // names the object that begins here
}

func follow(bucket, prefix string) pane.Factory {
	return func(env pane.Env) pane.Pane {
		return &followPane{
			env: env, bucket: bucket, prefix: prefix, load: load.New[followed](), visible: true,
			text: tail.New(tail.Spec[followedLine]{
				Order: func(a, b followedLine) int { return a.n - b.n },
				Look:  func(l followedLine) tail.Look { return tail.Look{Text: l.text, Quiet: l.head} },
				Text:  func(l followedLine) string { return l.text },
			}),
		}
	}
}

// Title implements pane.Pane.
func (p *followPane) Title() string { return "newest" }

// Init implements pane.Pane.
func (p *followPane) Init() tea.Cmd { return p.Refresh() }

// Refresh implements pane.Refresher.
func (p *followPane) Refresh() tea.Cmd {
	before := p.now
	return p.load.Start(p.env.Ctx, "newest", load.Once(func(ctx context.Context) (followed, error) {
		return p.step(ctx, before)
	}))
}

// step asks for the newest object, and reads what is new of it. It is run away
// from the event loop, and looks at nothing of p that changes.
func (p *followPane) step(ctx context.Context, before followed) (followed, error) {
	after := ""
	if before.many { // all keys were looked at once: from now on those from the newest on
		after = before.entry.Key[:max(len(before.entry.Key)-1, 0)]
	}
	e, more, found, err := s3.Newest(ctx, p.env.AWS, p.bucket, p.prefix, after, followPages)
	if err != nil {
		return before, err
	}
	now := followed{entry: e, found: found, many: before.many || more}
	switch {
	case !found, e.Archived():
		return now, nil
	case before.found && e.Key == before.entry.Key && e.ETag() == before.entry.ETag() && e.Size == before.entry.Size:
		now.form = before.form
		return now, nil
	case before.found && e.Key == before.entry.Key && e.Size > before.entry.Size && e.Size-before.entry.Size <= followMost:
		now.form = before.form
		now.lines, err = p.added(ctx, e, before.entry.Size)
	default:
		now.fresh = true
		now.form, now.lines, err = p.end(ctx, e)
	}
	return now, err
}

// added is what an object has behind the bytes that were seen.
func (p *followPane) added(ctx context.Context, e s3.Entry, from int64) ([]string, error) {
	data, _, err := s3.NewSource(p.env.AWS, s3.Object{Bucket: p.bucket, Key: e.Key}, e.ETag()).Read(ctx, from, e.Size-from)
	if err != nil {
		return nil, err
	}
	return split(string(data)), nil
}

// end is the last lines of an object; the first ones of what has no end that can
// be read by itself.
func (p *followPane) end(ctx context.Context, e s3.Entry) (form string, lines []string, err error) {
	f := place{bucket: p.bucket}.subject(e).file(p.env)
	c, err := inside.Tail(ctx, f, inside.Limits{Head: followTail})
	if err != nil {
		return "", nil, err
	}
	if c.Views[0].Shape == inside.Hex {
		if c, err = inside.Look(ctx, f, inside.Limits{Head: followTail}); err != nil {
			return "", nil, err
		}
	}
	for _, v := range c.Views {
		if v.Shape == inside.Text {
			return c.Form, split(v.Text), nil
		}
	}
	return c.Form, []string{"its content is no text: enter on it in the list shows what it holds"}, nil
}

func split(text string) []string {
	return strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}

// Update implements pane.Pane.
func (p *followPane) Update(msg tea.Msg) tea.Cmd {
	if page, _, ok := p.load.Accept(msg); ok {
		p.accept(page)
		return p.arm()
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.key(msg.String())
	case followMsg:
		if msg.pane == p && msg.n == p.polls && p.visible {
			return p.Refresh()
		}
	}
	return nil
}

func (p *followPane) accept(page load.Page[followed]) {
	if p.err = awsclient.Classify(page.Err); p.err != nil {
		return
	}
	p.ready, p.now = true, page.Items[0]
	var add []followedLine
	if p.now.fresh {
		add = append(add, p.line("── "+p.now.entry.Key[len(p.prefix):]+" ── "+p.now.form, true))
	}
	for _, l := range p.now.lines {
		add = append(add, p.line(l, false))
	}
	p.now.lines = nil
	p.text.Add(add)
}

func (p *followPane) line(text string, head bool) followedLine {
	p.lines++
	return followedLine{p.lines, text, head}
}

func (p *followPane) key(k string) {
	switch k {
	case "w":
		p.text.Wrap(!p.text.Wrapped())
	case "/":
		p.env.Ask(pane.Question{Title: "search", Do: func(text string) tea.Cmd {
			p.env.Flash(pane.Info, format.Plural(p.text.Find(text), "line", "lines"))
			return nil
		}})
	case "n", "N":
		p.text.Next(map[string]int{"n": 1, "N": -1}[k])
	default:
		p.text.Key(k)
	}
}

type followMsg struct {
	pane *followPane
	n    int
}

// Watch implements pane.Watcher: nothing is asked for unseen.
func (p *followPane) Watch(visible bool) tea.Cmd {
	p.visible = visible
	p.polls++
	if visible && p.ready {
		return p.Refresh()
	}
	return nil
}

func (p *followPane) arm() tea.Cmd {
	if !p.visible {
		return nil
	}
	p.polls++
	return p.env.Tick(followEvery, followMsg{p, p.polls})
}

// Status implements pane.Statuser.
func (p *followPane) Status() string {
	if !p.ready {
		return map[bool]string{true: "loading"}[p.load.Busy()]
	}
	parts := []string{format.Plural(p.text.Len(), "line", "lines")}
	if !p.text.Follows() {
		parts = append(parts, fmt.Sprintf("%d below: G follows again", p.text.Unseen()))
	}
	if p.now.many {
		parts = append(parts, fmt.Sprintf("only the first %s keys were looked at", format.Count(followPages*1000)))
	}
	if p.err != nil {
		parts = append(parts, p.env.Theme.Bad.Render("not up to date: "+clean.Line(p.err.Error())))
	}
	return strings.Join(parts, " · ")
}

// Hints implements pane.Hinter.
func (p *followPane) Hints() []pane.Hint {
	return []pane.Hint{{Keys: "/", Label: "search"}, {Keys: "w", Label: "wrap"}, {Keys: "G", Label: "follow"}}
}

// Actions implements pane.Pane.
func (p *followPane) Actions() []pane.Action {
	open := pane.Action{ID: "s3.follow.open", Label: "Open it", Keys: []string{"enter"}, Off: "there is no object"}
	if p.now.found {
		open.Off = ""
		open.Do = func() tea.Cmd {
			p.env.Push(content(p.bucket, p.now.entry))
			return nil
		}
	}
	yank := pane.Action{ID: "s3.follow.copy", Label: "Copy", Keys: []string{"y"}, Hide: true, Do: func() tea.Cmd {
		var b strings.Builder
		for _, l := range p.text.Items() {
			b.WriteString(l.text + "\n")
		}
		p.env.Copy(format.Plural(p.text.Len(), "line", "lines"), b.String())
		return nil
	}}
	return []pane.Action{open, yank}
}

// View implements pane.Pane.
func (p *followPane) View(w, h int) string {
	th := p.env.Theme
	if !p.ready {
		return textpane.Placeholder(w, h, p.env, p.load.Busy(), p.err)
	}
	head := "   there is no object below " + s3.URI(p.bucket, p.prefix) + " yet"
	if e := p.now.entry; p.now.found {
		head = fmt.Sprintf("   %s · %s · written %s", e.Key, format.Size(e.Size), format.When(e.Modified(), p.env.Now()))
		if e.Archived() {
			head += " · " + archived(e.Class(), e.Restoring())
		}
	}
	return th.Muted.Render(ansi.Truncate(clean.Line(head), w, "…")) + "\n" + p.text.Draw(w, h-1, th)
}
