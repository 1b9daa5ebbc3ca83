package textpane_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/pane"
	"straws/ui/textpane"
	"straws/ui/uitest"
)

func open(t *testing.T, w, h int, s textpane.Spec) *uitest.Driver {
	t.Helper()
	c := uitest.NewClock()
	cfg := demo.New(demo.Options{Now: c.Now}).Config()
	aws, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
	if err != nil {
		t.Fatal(err)
	}
	service := pane.Service{Name: "Texts", Root: textpane.New(s), Resolve: func(a string) ([]pane.Factory, bool, error) { return nil, a == "texts", nil }}
	return uitest.Start(t, c, ui.Options{AWS: aws, Services: []pane.Service{service}, Target: "texts"}, w, h)
}

func text(s string) func(context.Context, pane.Env) (string, error) {
	return func(context.Context, pane.Env) (string, error) { return s, nil }
}

func TestRecordIsSearchedNarrowedAndCopied(t *testing.T) {
	record, err := textpane.Record(map[string]any{
		"id": 12345678901234567, "html": "<b>&", "list": []map[string]any{{"name": "one", "n": 1}, {"name": "two", "n": 2}},
	})
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, 80, 24, textpane.Spec{Title: "record", JSON: true, Load: text(record)})
	d.Want(`"id": 12345678901234567`, `"html": "<b>&"`, "lines")
	d.Keys("/").Type("NAME").Keys("enter").Want("NAME: 2 lines")
	d.Keys("|").Type(".list[1].name, .id").Keys("enter").Want(`"two"`, "12345678901234567", "jq .list[1].name, .id").Lack("html")
	d.Keys("y")
	if want := "\"two\"\n12345678901234567"; d.Clipboard() != want {
		t.Errorf("copied %q, want %q", d.Clipboard(), want)
	}
	d.Keys("|").Type(" |").Keys("enter").Want("jq: .list[1].name, .id |")
	d.Keys("esc").Want(`"html"`) // leaves the expression, not the pane
}

func TestHostileTextIsHarmless(t *testing.T) {
	d := open(t, 60, 12, textpane.Spec{Title: "log", Load: text("a\x1b[2Jb\r\n\tindented\n\u202egpj.exe\xff\n" + strings.Repeat("wide 宽 ", 60))})
	d.Want(`a\x1b[2Jb`, "    indented", `\u202egpj.exe\xff`).Keys("w", "G", "w", "g", ">", "<")
}

func TestAMillionLinesScroll(t *testing.T) {
	d := open(t, 80, 24, textpane.Spec{Title: "log", Load: text(strings.Repeat("line\n", 1_000_000) + "the end")})
	d.Want("1,000,001 lines").Keys("w", "G").Want("the end").Keys("g", "/").Type("END").Keys("enter").Want("the end")
}

func TestAnErrorSaysWhatToDo(t *testing.T) {
	failing := true
	d := open(t, 80, 24, textpane.Spec{Title: "log", Load: func(context.Context, pane.Env) (string, error) {
		if failing {
			return "", errors.New("the bucket is on fire")
		}
		return "all is well", nil
	}})
	d.Want("the bucket is on fire").Keys("y").Want("Copy text: nothing is loaded yet")
	failing = false
	d.Keys("r").Want("all is well")
}
