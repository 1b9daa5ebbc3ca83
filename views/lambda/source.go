package lambda

import (
	"context"
	"strings"

	"straws/awsclient/lambda"
	"straws/ui/clean"
	"straws/ui/format"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// sourcePane asks for the file or the S3 object that a payload is read from.
type sourcePane struct {
	env  pane.Env
	from *invokePane

	path    entry
	names   *load.Slot[offer]
	offered offer
	read    *load.Slot[string]
	wrong   error
	x       int // cell of the cursor, as drawn last
}

// offer is the paths that begin with what was typed.
type offer struct {
	typed string
	paths []string // directories end with a slash
}

func (p *invokePane) openSource() tea.Cmd {
	p.env.Push(func(env pane.Env) pane.Pane {
		return &sourcePane{env: env, from: p, path: newEntry("   from  ", p.memory.source), names: load.New[offer](), read: load.New[string]()}
	})
	return nil
}

// Title implements pane.Pane.
func (p *sourcePane) Title() string { return "load" }

// Init implements pane.Pane.
func (p *sourcePane) Init() tea.Cmd { return p.complete() }

// Capturing implements pane.Capturer.
func (p *sourcePane) Capturing() bool { return true }

// Actions implements pane.Pane.
func (p *sourcePane) Actions() []pane.Action { return nil }

// Hints implements pane.Hinter.
func (p *sourcePane) Hints() []pane.Hint {
	return []pane.Hint{{Keys: "enter", Label: "load"}, {Keys: "tab", Label: "complete"}, {Keys: "esc", Label: "back"}}
}

// Status implements pane.Statuser.
func (p *sourcePane) Status() string {
	if p.read.Busy() {
		return "reading"
	}
	return "a file, or s3://bucket/key; at most " + format.Size(int64(lambda.Wait.Limit()))
}

// Update implements pane.Pane.
func (p *sourcePane) Update(msg tea.Msg) tea.Cmd {
	if page, _, ok := p.names.Accept(msg); ok {
		if page.Err == nil {
			p.offered = page.Items[0]
		}
		return nil
	}
	if page, _, ok := p.read.Accept(msg); ok {
		return p.accept(page)
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.PasteMsg:
		p.path.input, _ = p.path.input.Update(msg)
		return p.typed()
	}
	return nil
}

func (p *sourcePane) key(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		if p.read.Busy() {
			p.read.Cancel()
			return nil
		}
		p.env.Pop()
		return nil
	case "enter":
		return p.load()
	case "tab":
		if longer := common(p.offered.paths); p.offered.typed == p.path.value() && len(longer) > len(p.path.value()) {
			p.path.set(longer)
			return p.typed()
		}
		return nil
	}
	p.path.input, _ = p.path.input.Update(k)
	return p.typed()
}

func (p *sourcePane) typed() tea.Cmd {
	p.wrong = nil
	return p.complete()
}

// complete looks for files that begin with what is typed.
func (p *sourcePane) complete() tea.Cmd {
	typed := p.path.value()
	return p.names.Start(p.env.Ctx, "", load.Once(func(context.Context) (offer, error) {
		return offer{typed, matching(typed)}, nil
	}))
}

func (p *sourcePane) load() tea.Cmd {
	path := strings.TrimSpace(p.path.value())
	if path == "" || p.read.Busy() {
		return nil
	}
	p.wrong = nil
	aws := p.env.AWS
	return p.read.Start(p.env.Ctx, "", load.Once(func(ctx context.Context) (string, error) {
		return readSource(ctx, aws, path)
	}))
}

func (p *sourcePane) accept(page load.Page[string]) tea.Cmd {
	if page.Err != nil {
		p.wrong = page.Err
		return nil
	}
	p.from.memory.source = strings.TrimSpace(p.path.value())
	p.env.Pop()
	return p.from.fill(page.Items[0], "")
}

// View implements pane.Pane.
func (p *sourcePane) View(w, h int) string {
	th := p.env.Theme
	line, x := p.path.draw(w, th)
	p.x = x
	lines := []string{"", line, ""}
	if p.wrong != nil {
		lines = append(sentence(w, th.Bad, p.wrong.Error()), "")
		lines = append([]string{"", line}, lines...)
	}
	for _, path := range p.offered.paths {
		if len(lines) == h {
			break
		}
		lines = append(lines, ansi.Truncate("         "+th.Muted.Render(clean.Line(path)), w, "…"))
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}

// Cursor implements pane.Cursorer.
func (p *sourcePane) Cursor() (x, y int, ok bool) { return p.x, 1, true }

// sentence wraps a text below an entry.
func sentence(w int, st lipgloss.Style, text string) []string {
	out := []string{""}
	for _, l := range strings.Split(ansi.Wrap(clean.Line(text), max(w-6, 10), " "), "\n") {
		out = append(out, st.Render(ansi.Truncate("   "+l, w, "…")))
	}
	return out
}
