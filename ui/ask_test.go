package ui_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/uitest"

	tea "charm.land/bubbletea/v2"
)

// asker is a pane that asks one question for the key A.
type asker struct {
	env pane.Env
	q   pane.Question
}

func (p *asker) Title() string          { return "asker" }
func (p *asker) Init() tea.Cmd          { return nil }
func (p *asker) Update(tea.Msg) tea.Cmd { return nil }
func (p *asker) View(_, h int) string   { return strings.Repeat("\n", h-1) }
func (p *asker) Actions() []pane.Action {
	return []pane.Action{{ID: "ask", Label: "Ask", Keys: []string{"A"}, Do: func() tea.Cmd { p.env.Ask(p.q); return nil }}}
}

// asked opens the program with the question on the screen.
func asked(t *testing.T, w, h int, q pane.Question) *uitest.Driver {
	t.Helper()
	c := uitest.NewClock()
	cfg := demo.New(demo.Options{Now: c.Now}).Config()
	aws, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	service := pane.Service{
		Name: "Ask", Root: func(env pane.Env) pane.Pane { return &asker{env, q} },
		Resolve: func(a string) ([]pane.Factory, bool, error) { return nil, a == "ask", nil },
	}
	return uitest.Start(t, c, ui.Options{AWS: aws, Services: []pane.Service{service}, Target: "ask"}, w, h).Keys("A")
}

// from completes out of a fixed set of texts.
func from(texts ...string) func(context.Context, string) []string {
	return func(_ context.Context, text string) []string {
		var out []string
		for _, t := range texts {
			if strings.HasPrefix(t, text) {
				out = append(out, t)
			}
		}
		return out
	}
}

func TestAQuestionIsAnsweredAfterItsCheck(t *testing.T) {
	var got string
	d := asked(t, 80, 24, pane.Question{
		Title: "download 3 objects to", Text: "/tmp/x", Facts: []string{"1.2 GB in all"},
		Check: func(s string) string {
			if strings.HasSuffix(s, "!") {
				return "a folder has no exclamation mark"
			}
			return ""
		},
		Do: func(s string) tea.Cmd { got = s; return nil },
	})
	d.Want("download 3 objects to", "   /tmp/x", "1.2 GB in all", "enter go on").Lack("tab complete")
	d.Type("!").Want("no exclamation mark").Keys("enter").Want("no exclamation mark")
	if got != "" {
		t.Fatalf("took %q", got)
	}
	d.Keys("backspace", "enter").Lack("download 3")
	if got != "/tmp/x" {
		t.Errorf("took %q", got)
	}
	d.Keys("A", "ctrl+u").Type("q h").Want("   q h").Keys("esc").Lack("download 3")
	if got != "/tmp/x" {
		t.Errorf("esc took %q", got)
	}
}

func TestTabCompletes(t *testing.T) {
	d := asked(t, 80, 24, pane.Question{Title: "to", Complete: from("docs/", "data/", "data/raw/", "data/rare/", "ünï/", "ünsinn/")})
	d.Want("tab complete").Type("do").Keys("tab").Want("   docs/").Lack("tab next")
	d.Keys("ctrl+u").Type("data/r").Keys("tab").Want("   data/ra\n", "     data/raw/", "     data/rare/", "tab next")
	d.Keys("tab").Want("   data/raw/\n", " ▸   data/raw/").Keys("tab").Want(" ▸   data/rare/").Keys("tab").Want(" ▸   data/raw/")
	d.Keys("shift+tab").Want(" ▸   data/rare/").Keys("right").Lack("data/raw").Want("   data/rare/")
	d.Type("x").Keys("tab").Want("nothing begins like this").Type("y").Lack("nothing begins")
	d.Keys("ctrl+u").Type("ü").Keys("tab").Want("   ün\n", "ünsinn/")
}

func TestManyCandidatesStandAroundTheOneChosen(t *testing.T) {
	var texts []string
	for i := range 100 {
		texts = append(texts, fmt.Sprintf("f%02d", i))
	}
	d := asked(t, 80, 24, pane.Question{Title: "to", Complete: from(texts...)})
	d.Type("f").Keys("tab").Want("f00", "f06", "… and 93 more").Lack("f07")
	for range 50 {
		d.Keys("tab")
	}
	d.Want(" ▸   f49", "f45", "f51").Lack("f44", "f53").Keys("up").Want(" ▸   f48")
	for range 49 {
		d.Keys("shift+tab")
	}
	d.Want(" ▸   f99", "f92").Lack("more")
}

func TestALateCompletionDoesNotChangeWhatWasTypedSince(t *testing.T) {
	answer := make(chan struct{})
	d := asked(t, 80, 24, pane.Question{Title: "to", Complete: func(_ context.Context, text string) []string {
		<-answer
		return []string{text + "-completed"}
	}})
	d.Impatient()
	d.Type("a").Keys("tab").Want("looking…").Type("b").Lack("looking…")
	close(answer)
	d.Patient().Settle().Want("   ab\n").Lack("completed")
}

func TestClosingAQuestionEndsItsLookup(t *testing.T) {
	ended := make(chan struct{})
	d := asked(t, 80, 24, pane.Question{Title: "to", Complete: func(ctx context.Context, _ string) []string {
		<-ctx.Done()
		close(ended)
		return nil
	}})
	d.Impatient()
	d.Type("a").Keys("tab", "esc")
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("the look-up goes on")
	}
}

func TestALongAnswerScrollsSideways(t *testing.T) {
	long := "/begin/" + strings.Repeat("0123456789", 12) + "/宽宽宽/end"
	for _, size := range [][2]int{{40, 8}, {80, 24}, {120, 40}} {
		var got string
		d := asked(t, size[0], size[1], pane.Question{
			Title: strings.Repeat("a long title ", 20), Text: long, Complete: from(long+"/one", long+"/two"),
			Facts: []string{strings.Repeat("a long fact ", 40)}, Check: func(string) string { return "" },
			Do: func(s string) tea.Cmd { got = s; return nil },
		})
		d.Want("   …", "宽/end").Keys("home").Want("   /begin/0123", "…").Keys("end")
		for range 30 {
			d.Keys("left")
		}
		d.Keys("end", "tab", "tab", "tab").Type("!\x1b").Want("two!").Keys("enter")
		if got != long+"/two!" {
			t.Errorf("%v: answered %q", size, got)
		}
	}
}
