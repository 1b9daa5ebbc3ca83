package lambda

import (
	"context"
	"fmt"
	"strings"

	"straws/awsclient"
	"straws/awsclient/saved"
	"straws/ui/clean"
	"straws/ui/job"
	"straws/ui/load"
	"straws/ui/pane"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// savePane asks for the name under which a payload is saved, and where.
type savePane struct {
	env     pane.Env
	from    *invokePane
	book    eventBook
	payload string

	name   entry
	shared bool
	sure   string // the event that the next enter replaces
	wrong  error

	known  *load.Slot[event]
	events []event
	ready  bool // all of them are known
	write  *load.Slot[string]
	x      int // cell of the cursor, as drawn last
}

// unsaveable says why the payload cannot be saved as an event.
func (p *invokePane) unsaveable() string {
	switch {
	case p.check != nil:
		return p.check.Error()
	case p.editor.blank():
		return "there is no payload"
	}
	return ""
}

func (p *invokePane) openSave() tea.Cmd {
	b, text := p.memory.book(p.env, p.target), p.editor.value()
	p.env.Push(func(env pane.Env) pane.Pane {
		return &savePane{
			env: env, from: p, book: b, payload: text, name: newEntry("   name    ", p.editor.event),
			known: load.New[event](), write: load.New[string](),
		}
	})
	return nil
}

// Title implements pane.Pane.
func (p *savePane) Title() string { return "save event" }

// Init implements pane.Pane. What is saved already is asked for while the name is
// typed.
func (p *savePane) Init() tea.Cmd { return p.known.Start(p.env.Ctx, "", p.book.pages()) }

// Capturing implements pane.Capturer.
func (p *savePane) Capturing() bool { return true }

// Actions implements pane.Pane.
func (p *savePane) Actions() []pane.Action { return nil }

// Hints implements pane.Hinter.
func (p *savePane) Hints() []pane.Hint {
	return []pane.Hint{{Keys: "enter", Label: "save"}, {Keys: "tab", Label: "local or shared"}, {Keys: "esc", Label: "back"}}
}

// Update implements pane.Pane.
func (p *savePane) Update(msg tea.Msg) tea.Cmd {
	if page, next, ok := p.known.Accept(msg); ok {
		p.events = append(p.events, page.Items...)
		p.ready = page.Last
		return next
	}
	if page, _, ok := p.write.Accept(msg); ok {
		p.written(page)
		return nil
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.PasteMsg:
		p.name.input, _ = p.name.input.Update(msg)
		p.sure, p.wrong = "", nil
	}
	return nil
}

func (p *savePane) key(k tea.KeyPressMsg) tea.Cmd {
	switch k.String() {
	case "esc":
		p.env.Pop()
	case "enter":
		return p.save()
	case "tab", "shift+tab", "up", "down":
		p.shared = !p.shared
		p.sure, p.wrong = "", nil
	default:
		p.name.input, _ = p.name.input.Update(k)
		p.sure, p.wrong = "", nil
	}
	return nil
}

// unshareable says why the payload cannot be shared; "" when it can, as far as is
// known.
func (p *savePane) unshareable() string {
	if p.env.AWS.ReadOnly() {
		return "this session is read-only"
	}
	for _, e := range p.events {
		if e.shared && e.why != "" {
			return e.why
		}
	}
	return ""
}

func (p *savePane) taken(name string) bool {
	for _, e := range p.events {
		if e.name == name && e.shared == p.shared && e.why == "" {
			return true
		}
	}
	return false
}

func (p *savePane) save() tea.Cmd {
	name := strings.TrimSpace(p.name.value())
	if p.wrong = saved.CheckName(name); p.wrong != nil || p.write.Busy() {
		return nil
	}
	if why := p.unshareable(); p.shared && why != "" {
		p.wrong = fmt.Errorf("not shared: %s", why)
		return nil
	}
	if p.taken(name) && p.sure != name {
		p.sure = name
		return nil
	}
	b, text := p.book, p.payload
	if p.shared {
		p.share(name)
		return nil
	}
	return p.write.Start(p.env.Ctx, "", load.Once(func(context.Context) (string, error) { return name, b.save(name, text) }))
}

// share saves the event as a job: it is a change in AWS, and goes on when the user
// goes elsewhere.
func (p *savePane) share(name string) {
	b, text, from := p.book, p.payload, p.from
	var failed error
	p.env.Run(job.Spec{
		Title: "share event " + name, Total: 1,
		Run: func(ctx context.Context, pr *job.Progress) error {
			failed = awsclient.Classify(b.share(ctx, name, text))
			b.aws.Audit(awsclient.Change{Action: "schemas:UpdateSchema", Target: b.target(name), Err: failed})
			if failed == nil {
				pr.Add(1)
			}
			return failed
		},
		After: func() tea.Cmd {
			if failed == nil {
				from.editor.event = name
			}
			return nil
		},
	})
	p.env.Pop()
}

func (p *savePane) written(page load.Page[string]) {
	if p.wrong = page.Err; p.wrong == nil {
		p.from.editor.event = page.Items[0]
		p.env.Pop()
		p.env.Flash(pane.Info, "saved "+clean.Line(page.Items[0])+" on this machine")
	}
}

// View implements pane.Pane.
func (p *savePane) View(w, h int) string {
	th := p.env.Theme
	line, x := p.name.draw(w, th)
	p.x = x
	lines := []string{"", line, "   " + th.Muted.Render("where   ") + p.where()}
	switch {
	case p.wrong != nil:
		lines = append(lines, sentence(w, th.Bad, p.wrong.Error())...)
	case p.sure != "":
		lines = append(lines, sentence(w, th.Warn, fmt.Sprintf("there is a %s event %s already: enter again replaces it", p.kind(), p.sure))...)
	case p.shared && p.unshareable() != "":
		lines = append(lines, sentence(w, th.Warn, "only local events can be saved: "+p.unshareable())...)
	}
	lines = append(lines, "")
	for _, e := range p.events {
		if e.why == "" {
			lines = append(lines, ansi.Truncate("   "+th.Muted.Render(fmt.Sprintf("%-7s ", e.kind()))+clean.Line(e.name), w, "…"))
		}
	}
	if !p.ready {
		lines = append(lines, th.Muted.Render("   loading…"))
	}
	for i, l := range lines {
		lines[i] = ansi.Truncate(l, w, "…")
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	return strings.Join(lines[:h], "\n")
}

func (p *savePane) kind() string { return event{shared: p.shared}.kind() }

func (p *savePane) where() string {
	local, shared := "○ local", "○ shared with the Console and SAM"
	if p.shared {
		shared = "●" + strings.TrimPrefix(shared, "○")
	} else {
		local = "●" + strings.TrimPrefix(local, "○")
	}
	return local + "   " + shared
}

// Cursor implements pane.Cursorer.
func (p *savePane) Cursor() (x, y int, ok bool) { return p.x, 1, true }
