package s3

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"straws/awsclient"
	"straws/awsclient/s3"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/keymap"
	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/textpane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// linkPane is the screen of one link: until when it works, and for whom. The
// link itself is hidden until it is asked for.
type linkPane struct {
	env  pane.Env
	what s3.LinkTo
	load *load.Slot[s3.Link]
	link s3.Link
	err  error
	open bool // the link can be read
	top  int  // first line on a screen that is too low for all
	page int  // lines of what was drawn last
}

func link(what s3.LinkTo) pane.Factory {
	return func(env pane.Env) pane.Pane {
		return &linkPane{env: env, what: what, load: load.New[s3.Link]()}
	}
}

// Title implements pane.Pane.
func (p *linkPane) Title() string { return "link" }

// Init implements pane.Pane.
func (p *linkPane) Init() tea.Cmd { return p.Refresh() }

// Refresh implements pane.Refresher: it makes a new link.
func (p *linkPane) Refresh() tea.Cmd {
	what, now := p.what, p.env.Now()
	return p.load.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) (s3.Link, error) {
		return s3.Presign(ctx, p.env.AWS, what, now)
	}))
}

// Update implements pane.Pane.
func (p *linkPane) Update(msg tea.Msg) tea.Cmd {
	if page, _, ok := p.load.Accept(msg); ok {
		if p.err = awsclient.Classify(page.Err); p.err == nil {
			p.link = page.Items[0]
			p.env.Copy("the link", p.link.URL)
		}
	}
	if k, ok := msg.(tea.KeyPressMsg); ok {
		p.top += keymap.Moves(k.String()).Delta(p.page, len(p.link.URL))
	}
	return nil
}

// Actions implements pane.Pane.
func (p *linkPane) Actions() []pane.Action {
	off := ""
	if p.link.URL == "" {
		off = "there is no link yet"
	}
	show := "Show the link"
	if p.open {
		show = "Hide the link"
	}
	out := []pane.Action{
		{ID: "s3.link.copy", Label: "Copy the link", Keys: []string{"y"}, Off: off, Do: p.copies("the link", p.link.URL)},
		{ID: "s3.link.curl", Label: "Copy as curl", Keys: []string{"c"}, Off: off, Do: p.copies("the curl command", p.curl())},
		{ID: "s3.link.show", Label: show, Keys: []string{"v"}, Off: off, Do: func() tea.Cmd { p.open = !p.open; return nil }},
	}
	if p.what.Put {
		return out
	}
	save := "As a file to save"
	if p.what.Save {
		save = "As a page to see"
	}
	return append(out,
		pane.Action{
			ID: "s3.link.save", Label: save, Keys: []string{"f"}, Off: off,
			Do: func() tea.Cmd { p.what.Save = !p.what.Save; return p.Refresh() },
		},
		pane.Action{
			ID: "s3.link.command", Label: "Copy aws command", Keys: []string{"Y"}, Hide: true,
			Do: p.copies("the command", p.env.AWS.Command(s3.PresignCommand(p.what.Object, p.what.For)...)),
		})
}

func (p *linkPane) copies(what, text string) func() tea.Cmd {
	return func() tea.Cmd { p.env.Copy(what, text); return nil }
}

// curl is the command that uses the link. A URL has no quote in it.
func (p *linkPane) curl() string {
	how := "--output FILE"
	if p.what.Put {
		how = "--upload-file FILE"
	}
	if p.link.Dots {
		how = "--path-as-is " + how
	}
	return "curl --fail " + how + " '" + p.link.URL + "'"
}

// View implements pane.Pane.
func (p *linkPane) View(w, h int) string {
	if p.link.URL == "" {
		return textpane.Placeholder(w, h, p.env, p.load.Busy(), p.err)
	}
	th := p.env.Theme
	lines := []string{"", th.Title.Render("   a link to " + p.purpose())}
	lines = append(lines, p.fact(w, "object", s3.URI(p.what.Object.Bucket, p.what.Object.Key))...)
	if v := p.what.Object.Version; v != "" {
		lines = append(lines, p.fact(w, "version", v)...)
	}
	lines = append(lines, p.fact(w, "works", p.until())...)
	if p.link.Cut != "" {
		lines = append(lines, warned(w, p.link.Cut, p.env)...)
	}
	lines = append(lines, "")
	for _, note := range p.notes() {
		lines = append(lines, warned(w, note, p.env)...)
	}
	lines = append(lines, "", th.Muted.Render("   the link, which was copied:"))
	for _, l := range strings.Split(ansi.Hardwrap(p.shown(), max(w-6, 10), true), "\n") {
		lines = append(lines, "   "+l)
	}
	p.page, p.top = h, max(min(p.top, len(lines)-h), 0)
	return frame(lines[p.top:], w, h)
}

func (p *linkPane) purpose() string {
	switch {
	case p.link.Method == http.MethodPut:
		return "upload to one key"
	case p.what.Save:
		return "save an object as a file"
	}
	return "read an object"
}

func (p *linkPane) until() string {
	now := p.env.Now()
	return fmt.Sprintf("until %s, for %s", format.When(p.link.Expires, now), format.Duration(p.link.Expires.Sub(now).Round(time.Minute)))
}

func (p *linkPane) notes() []string {
	notes := []string{"whoever has the link can use it, and nobody can take it back: treat it as a password"}
	if p.link.Method == http.MethodPut {
		notes = append(notes, "what is uploaded overwrites what is there, as often as the link is used")
	}
	if p.link.Dots {
		notes = append(notes, "the key has . or .. between slashes: browsers break such a link; curl needs --path-as-is (c copies that)")
	}
	return notes
}

// shown is the link, without its signature until that is asked for.
func (p *linkPane) shown() string {
	if p.open {
		return clean.Line(p.link.URL)
	}
	public, _, _ := strings.Cut(p.link.URL, "?")
	return clean.Line(public) + "?••••••••   (v shows all of it)"
}

func (p *linkPane) fact(w int, name, value string) []string {
	lines := strings.Split(ansi.Hardwrap(clean.Line(value), max(w-18, 10), true), "\n")
	for i, l := range lines {
		label := ""
		if i == 0 {
			label = name
		}
		lines[i] = p.env.Theme.Muted.Render(fmt.Sprintf("     %-10s", label)) + l
	}
	return lines
}

// warned wraps a sentence that should be read.
func warned(w int, text string, env pane.Env) []string {
	lines := strings.Split(ansi.Wrap(text, max(w-6, 10), " "), "\n")
	for i, l := range lines {
		lines[i] = env.Theme.Warn.Render("   " + l)
	}
	return lines
}
