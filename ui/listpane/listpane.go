package listpane

import (
	"time"

	"straws/ui/load"
	"straws/ui/pane"
	"straws/ui/table"
	"straws/ui/textview"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// Pane implements pane.Pane for a Spec.
type Pane[T any] struct {
	env   pane.Env
	spec  Spec[T]
	table *table.Model[T]

	load     *load.Slot[T]
	incoming table.Rows[T] // pages of a refresh, until it is whole
	renewing bool          // the load in flight is a refresh: there are rows already
	others   int           // rows that are an OtherNoun
	ready    bool          // the first page has arrived
	complete bool          // the last page of the rows shown has arrived
	stopped  bool          // the user has ended the load
	err      error
	visible  bool
	changes  int64     // counted when the last load began
	polls    int       // generation of the poll timer
	loaded   time.Time // when the last load ended
	seek     string    // identity to put the cursor on when it arrives
	place    int       // where the cursor goes when that does not arrive; 0: nowhere

	renewal *load.Slot[table.Renewal[T]]

	query    *load.Slot[[]int32]
	asked    int  // counts the changes of filter and order
	renewed  int  // asked, when the renewal began
	queried  int  // rows that the result of the query covers
	stale    bool // the query must run again when the one in flight ends
	filter   textinput.Model
	typing   bool
	match    func(T) bool
	wrong    error // what is wrong with the filter's text
	sorted   int   // column, -1 for the spec's own order
	desc     bool
	rangeing bool

	preview *preview

	tagging *load.Slot[tagged]
	known   map[string]map[string]string // tags by identity, of the rows that were asked
	tagErr  error                        // why no more are asked
}

// preview is the text beside the list.
type preview struct {
	of   string // identity of the row
	load *load.Slot[Preview]
	text textview.Model
	got  Preview
	err  error
	done bool

	w, h  int // that lines were drawn for
	lines []string
}

// New returns the factory of a pane for s.
func New[T any](s Spec[T]) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p := &Pane[T]{
			env: env, spec: s, table: table.New(s.ID, s.Columns(env)), sorted: -1,
			load: load.New[T](), query: load.New[[]int32](), renewal: load.New[table.Renewal[T]](), filter: textinput.New(), visible: true,
			tagging: load.New[tagged](),
		}
		p.filter.Prompt = ""
		p.filter.SetVirtualCursor(false) // the terminal draws it: no blinking, no bytes
		p.env.Unmark = p.table.Unmark
		p.env.Reload = func() tea.Cmd {
			p.table.Unmark() // what was marked is done
			p.changed()
			return p.Refresh()
		}
		return p
	}
}

// At makes a factory whose pane starts with the cursor on the row with this
// identity, as soon as it arrives.
func At(f pane.Factory, id string) pane.Factory {
	return func(env pane.Env) pane.Pane {
		p := f(env)
		if s, ok := p.(interface{ Seek(id string) }); ok {
			s.Seek(id)
		}
		return p
	}
}

// Seek puts the cursor on the row with this identity, now or when it arrives.
func (p *Pane[T]) Seek(id string) {
	if id != "" && !p.table.Seek(id, 0) {
		p.seek = id
	}
}

// Title implements pane.Pane.
func (p *Pane[T]) Title() string { return p.spec.Title }

// Init implements pane.Pane.
func (p *Pane[T]) Init() tea.Cmd { return p.reload() }

// Refresh implements pane.Refresher. It begins anew also while a load is in
// flight: the user may be asking because that one hangs.
func (p *Pane[T]) Refresh() tea.Cmd {
	p.load.Cancel()
	p.stopped = false
	p.forgetTags()
	return p.reload()
}

// reload loads unless a load is in flight already. The rows on the screen stay
// until the new ones have all arrived, so that a poll never makes the list jump.
func (p *Pane[T]) reload() tea.Cmd {
	if !p.load.Busy() {
		p.note()
	}
	return p.load.Start(p.env.Ctx, "list", p.spec.Load(p.env))
}

// Capturing implements pane.Capturer.
func (p *Pane[T]) Capturing() bool { return p.typing }

// Back implements pane.Backer: it closes the preview, ends a range, clears the
// filter, ends a load that shows its progress, one at a time.
func (p *Pane[T]) Back() (tea.Cmd, bool) {
	switch {
	case p.preview != nil:
		p.closePreview()
		return nil, true
	case p.rangeing:
		p.table.Range()
		p.rangeing = false
		return nil, true
	case p.filter.Value() != "":
		p.filter.SetValue("")
		return p.refilter(), true
	case p.spec.Progress != nil && p.load.Busy():
		return p.stop(), true
	}
	return nil, false
}

// Update implements pane.Pane.
func (p *Pane[T]) Update(msg tea.Msg) tea.Cmd {
	if page, next, ok := p.load.Accept(msg); ok {
		return tea.Batch(p.accept(page), next)
	}
	if page, _, ok := p.renewal.Accept(msg); ok {
		if page.Err != nil {
			return nil
		}
		return p.install(page.Items[0])
	}
	if page, _, ok := p.query.Accept(msg); ok {
		return p.acceptQuery(page)
	}
	if page, next, ok := p.tagging.Accept(msg); ok {
		return tea.Batch(p.acceptTags(page), next)
	}
	if p.preview != nil {
		if page, _, ok := p.preview.load.Accept(msg); ok {
			p.acceptPreview(page)
			return nil
		}
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return p.key(msg)
	case tea.PasteMsg:
		return p.paste(msg)
	case pollMsg:
		return p.polled(msg)
	}
	return p.catchUp()
}
