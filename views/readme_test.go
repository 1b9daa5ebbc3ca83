package views_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/keymap"
	"straws/ui/pane"
	"straws/ui/uitest"
	"straws/views"
)

const (
	readme     = "../README.md"
	tableBegin = "<!-- keys: go test ./views -run ReadmeKeys -update -->\n"
	tableEnd   = "<!-- end of keys -->"
)

// TestReadmeKeys holds the README's key tables against the keys and the actions
// themselves; with -update it writes them.
func TestReadmeKeys(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), tableBegin)
	had, after, ended := strings.Cut(rest, tableEnd)
	if !ok || !ended {
		t.Fatalf("README.md has no place for the keys between %q and %q", tableBegin, tableEnd)
	}
	want := keyTables(t)
	if had == want {
		return
	}
	if f := flag.Lookup("update"); f != nil && f.Value.String() == "true" {
		if err := os.WriteFile(readme, []byte(before+tableBegin+want+tableEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the README's keys are not those of the program; run: go test ./views -run ReadmeKeys -update\nwant:\n%s", want)
}

func keyTables(t *testing.T) string {
	var b strings.Builder
	for _, s := range []struct {
		title string
		keys  []keymap.Binding
	}{{"everywhere", keymap.Shell()}, {"in a list", keymap.List()}, {"in a text", keymap.Text()}} {
		fmt.Fprintf(&b, "\n| %s | |\n|---|---|\n", s.title)
		for _, k := range s.keys {
			fmt.Fprintf(&b, "| `%s` | %s |\n", strings.ReplaceAll(k.Shown, "|", "\\|"), strings.ReplaceAll(k.Label, "|", "\\|"))
		}
	}
	b.WriteString("\n| on | key | does | asks for | needs |\n|---|---|---|---|---|\n")
	for _, s := range []struct{ what, address, key string }{
		{"a bucket", "s3", ""},
		{"an object", "s3://datalake/raw/2026/", ""},
		{"a version", "s3://datalake-versioned/reports/", "V"},
		{"a content", "s3://ml-models/samples/archive.log.gz", ""},
		{"an open upload", "s3://acme-backups/", "I"},
		{"a size", "s3://datalake/raw/", "z"},
		{"an instance", "ec2", ""},
		{"a function", "lambda", ""},
		{"a run", "lambda/calculate_mean", ""},
		{"a cluster", "emr", ""},
		{"a step", firstCluster(t), ""},
	} {
		for _, a := range actionsAt(t, s.address, s.key) {
			if !strings.HasPrefix(a.ID, "list.") {
				fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s |\n", s.what, strings.Join(a.Keys, "` `"), strings.ToLower(a.Label), asks(a), strings.Join(a.Needs, ", "))
			}
		}
	}
	b.WriteString("\n")
	return b.String()
}

func asks(a pane.Action) string {
	return map[pane.Danger]string{pane.Read: "", pane.Write: "y", pane.Destroy: "its name or id, or the number of marked rows"}[a.Danger]
}

// actionsAt are the actions at an address, or behind a key pressed there.
func actionsAt(t *testing.T, address, key string) []pane.Action {
	t.Helper()
	c := uitest.NewClock()
	d := uitest.Start(t, c, ui.Options{AWS: demoSession(t, c), Services: views.All(views.Options{History: true}), Target: address}, 120, 40)
	if key != "" {
		d.Keys(key)
	}
	return d.Actions()
}

// firstCluster is the address of the steps of a cluster of the demo account.
func firstCluster(t *testing.T) string {
	t.Helper()
	c := uitest.NewClock()
	d := uitest.Start(t, c, ui.Options{AWS: demoSession(t, c), Services: views.All(views.Options{History: true}), Target: "emr"}, 160, 40)
	at := strings.Index(d.Frame(), "j-")
	if at < 0 {
		t.Fatalf("no cluster on the screen:\n%s", d.Frame())
	}
	return "emr/" + strings.Fields(d.Frame()[at:])[0]
}

func demoSession(t *testing.T, c *uitest.Clock) *awsclient.Session {
	t.Helper()
	cfg := demo.New(demo.Options{Now: c.Now}).Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Profile: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}
