package textview_test

import (
	"strings"
	"testing"

	"straws/ui/textview"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

func TestRunsStayOnTheirWordsWhateverPartOfALineIsDrawn(t *testing.T) {
	const line = "alpha beta gamma delta"
	at := strings.Index(line, "gamma")
	th := theme.New(theme.Default(true))
	want := th.Pen(theme.Good).Draw("gamma")
	for _, tt := range []struct {
		name string
		w    int
		wrap bool
		keys string
		want string
	}{
		{"whole", 40, false, "", want},
		{"wrapped", 12, true, "", want},
		{"sideways", 20, false, ">", want},
		{"cut in the middle", 14, false, "", th.Pen(theme.Good).Draw("ga")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var m textview.Model
			m.Wrap(tt.wrap)
			m.Show(textview.Prepare(line).Painted([][]theme.Run{{{From: at, To: at + 5, Tone: theme.Good}}}))
			m.Draw(tt.w, 4, th)
			for _, k := range tt.keys {
				m.Key(string(k))
			}
			got := m.Draw(tt.w, 4, th)
			if !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q in it", got, tt.want)
			}
			if strings.Count(ansi.Strip(got), "ga") != 1 {
				t.Errorf("the text changed: %q", ansi.Strip(got))
			}
		})
	}
}
