package views_test

import (
	"bytes"
	"testing"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/uitest"
	"straws/views"

	uv "github.com/charmbracelet/ultraviolet"

	"github.com/charmbracelet/colorprofile"
)

// lists are places with more rows than a screen, or as many as there are.
func lists() []string {
	return []string{"s3://big-tree/", "s3://datalake/raw/2026/", "ec2", "emr", "lambda"}
}

func openAt(t testing.TB, target string, thin bool) *uitest.Driver {
	t.Helper()
	c := uitest.NewClock()
	cfg := demo.New(demo.Options{Now: c.Now}).Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg, Profile: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	return uitest.Start(t, c, ui.Options{AWS: s, Services: views.All(views.Options{History: true}), Target: target, Thin: thin}, 120, 40)
}

// BenchmarkKey is what a key costs on the event loop: Update and View. The list
// of a million keys is as long as the others to the screen.
func BenchmarkKey(b *testing.B) {
	for _, target := range append(lists(), "s3://big-million/events/") {
		b.Run(target, func(b *testing.B) {
			d := openAt(b, target, false)
			keys := []string{"j", "k"}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				d.Burst(keys[i%2])
			}
		})
	}
}

// terminal counts the bytes that the renderer of Bubble Tea writes for a frame.
type terminal struct {
	out bytes.Buffer
	scr *uv.TerminalRenderer
	buf uv.ScreenBuffer
}

func newTerminal(w, h int) *terminal {
	m := &terminal{buf: uv.NewScreenBuffer(w, h)}
	m.scr = uv.NewTerminalRenderer(&m.out, []string{"TERM=xterm-256color"})
	m.scr.SetColorProfile(colorprofile.TrueColor)
	m.scr.SetFullscreen(true)
	m.scr.SetRelativeCursor(false)
	m.scr.SetScrollOptim(true)
	return m
}

func (m *terminal) show(t *testing.T, frame string) int {
	t.Helper()
	m.buf.Clear()
	uv.NewStyledString(frame).Draw(m.buf, m.buf.Bounds())
	m.scr.Render(m.buf.RenderBuffer)
	if err := m.scr.Flush(); err != nil {
		t.Fatal(err)
	}
	n := m.out.Len()
	m.out.Reset()
	return n
}

// TestAKeyCostsFewBytes holds the price of a key on a slow link: 320 bytes at
// 120×40, and 120 with --thin, as the mean of moving down through a screen and
// of scrolling beyond it.
func TestAKeyCostsFewBytes(t *testing.T) {
	for _, target := range lists() {
		for _, tt := range []struct {
			name string
			thin bool
			most int
		}{{"normal", false, 320}, {"thin", true, 120}} {
			t.Run(target+" "+tt.name, func(t *testing.T) {
				d := openAt(t, target, tt.thin)
				m := newTerminal(120, 40)
				m.show(t, d.Styled())
				sum, n := 0, 0
				for range 60 {
					before := d.Styled()
					d.Burst("j")
					if d.Styled() == before {
						break // the end of a short list
					}
					sum += m.show(t, d.Styled())
					n++
				}
				if n == 0 || sum/n > tt.most {
					t.Errorf("%d bytes a key over %d keys, at most %d are agreed", sum/max(n, 1), n, tt.most)
				}
				t.Logf("%d bytes a key over %d keys", sum/max(n, 1), n)
			})
		}
	}
}
