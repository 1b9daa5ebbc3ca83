package tail_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"straws/ui/tail"
	"straws/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

type line struct {
	at   int
	text string
}

func window() *tail.Model[line] {
	return tail.New(tail.Spec[line]{
		Order: func(a, b line) int { return cmp.Compare(a.at, b.at) },
		Look:  func(l line) tail.Look { return tail.Look{When: fmt.Sprintf("%05d", l.at), Word: "INFO", Text: l.text} },
		Text:  func(l line) string { return l.text },
	})
}

func lines(from, to int) []line {
	var out []line
	for i := from; i < to; i++ {
		out = append(out, line{i, fmt.Sprintf("line %d", i)})
	}
	return out
}

// draw is what is seen, without colours; the cursor's line begins with ▌.
func draw(t *testing.T, m *tail.Model[line], w, h int) []string {
	t.Helper()
	rows := strings.Split(ansi.Strip(m.Draw(w, h, theme.New(theme.Default(true)))), "\n")
	if len(rows) != h {
		t.Fatalf("%d rows instead of %d", len(rows), h)
	}
	for _, r := range rows {
		if ansi.StringWidth(r) > w {
			t.Fatalf("a row is wider than %d: %q", w, r)
		}
	}
	return rows
}

func has(t *testing.T, rows []string, want ...string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(strings.Join(rows, "\n"), s) {
			t.Fatalf("%q is not in\n%s", s, strings.Join(rows, "\n"))
		}
	}
}

func TestItStaysAtTheEnd(t *testing.T) {
	m := window()
	m.Add(lines(0, 100))
	has(t, draw(t, m, 40, 5)[4:], "▌00099 INFO  line 99")
	m.Add(lines(100, 103))
	has(t, draw(t, m, 40, 5)[4:], "▌00102")
	m.Key("k")
	rows := draw(t, m, 40, 5)
	has(t, rows[3:4], "▌00101")
	m.Add(lines(103, 110))
	if got := draw(t, m, 40, 5); !slices.Equal(got, rows) || m.Unseen() != 7 || m.Follows() {
		t.Errorf("the window moved, %d unseen:\n%s", m.Unseen(), strings.Join(got, "\n"))
	}
	for range 8 {
		m.Key("j")
	}
	if has(t, draw(t, m, 40, 5)[4:], "▌00109"); !m.Follows() || m.Unseen() != 0 {
		t.Error("at the end it does not follow again")
	}
}

func TestWhatComesLateOrFromBeforeMovesNothing(t *testing.T) {
	m := window()
	m.Add(lines(100, 200))
	draw(t, m, 40, 5)
	m.Key("pgup")
	rows := draw(t, m, 40, 5)
	m.Add(lines(0, 100))                                                     // older ones
	m.Add([]line{{150, "late"}, {200, "new"}, {99, "late too"}, {150, "b"}}) // and some among them
	if got := draw(t, m, 40, 5); !slices.Equal(got, rows) {
		t.Errorf("the window moved from\n%s\nto\n%s", strings.Join(rows, "\n"), strings.Join(got, "\n"))
	}
	var texts []string
	for _, l := range m.Items() {
		if l.at == 150 {
			texts = append(texts, l.text)
		}
	}
	if want := []string{"line 150", "late", "b"}; !slices.Equal(texts, want) {
		t.Errorf("equal ones are %q, want %q", texts, want)
	}
	if !slices.IsSortedFunc(m.Items(), func(a, b line) int { return a.at - b.at }) {
		t.Error("the entries are not in order")
	}
}

func TestTheOldestGiveWay(t *testing.T) {
	m := window()
	for i := 0; i < 60_000; i += 1000 {
		m.Add(lines(i, i+1000))
		draw(t, m, 40, 5)
	}
	if m.Len() != tail.MaxEntries || m.Dropped() != 10_000 || m.Items()[0].at != 10_000 {
		t.Errorf("%d entries, %d dropped, the first is %d", m.Len(), m.Dropped(), m.Items()[0].at)
	}
	m.Key("g")
	m.Add(lines(60_000, 60_500))
	has(t, draw(t, m, 40, 5)[:1], "▌10500") // the line under the cursor is gone
	big := strings.Repeat("x", 1<<20)
	for i := range 70 {
		m.Add([]line{{100_000 + i, big}})
	}
	if m.Bytes() > tail.MaxBytes || m.Len() > 64 {
		t.Errorf("%d bytes in %d entries", m.Bytes(), m.Len())
	}
	draw(t, m, 40, 5)
}

func TestAHighEntryIsReadRowByRow(t *testing.T) {
	m := window()
	m.Add([]line{{1, "first"}, {2, "a\nb\nc\nd\ne\nf\ng"}, {3, "last"}})
	m.Key("g")
	seen := strings.Join(draw(t, m, 40, 3), "\n")
	for range 12 {
		m.Key("j")
		seen += strings.Join(draw(t, m, 40, 3), "\n")
	}
	for _, want := range []string{"first", " a", " d", " g", "▌00003 INFO  last"} {
		has(t, []string{seen}, want)
	}
	if !m.Follows() {
		t.Error("the end is not followed")
	}
	up := ""
	for range 12 {
		m.Key("k")
		up += strings.Join(draw(t, m, 40, 3), "\n")
	}
	for _, want := range []string{" g", " d", " a", "▌00001 INFO  first"} {
		has(t, []string{up}, want)
	}
}

func TestPagesAreMeasuredInRows(t *testing.T) {
	m := window()
	for i := range 100 {
		m.Add([]line{{i, "one\ntwo\nthree"}})
	}
	m.Key("g")
	draw(t, m, 40, 12)
	m.Key("pgdown")
	rows := draw(t, m, 40, 12)
	m.Key("pgdown")
	if next := draw(t, m, 40, 12); next[0] > rows[11] && strings.Contains(next[0], "INFO") {
		t.Errorf("a page leaves out lines:\n%s\nthen\n%s", strings.Join(rows, "\n"), strings.Join(next, "\n"))
	}
	item, _ := m.Current()
	if item.at > 9 {
		t.Errorf("two pages of 12 rows went to entry %d of three rows each", item.at)
	}
}

func TestWrapAndSideways(t *testing.T) {
	m := window()
	m.Add([]line{{1, "the quick brown fox jumps over the lazy dog"}})
	has(t, draw(t, m, 30, 4), "…")
	m.Key(">")
	m.Key(">")
	has(t, draw(t, m, 30, 4), "fox jumps")
	m.Wrap(true)
	has(t, draw(t, m, 30, 4), "the quick", "lazy dog")
	if !m.Wrapped() {
		t.Error("it does not say that it wraps")
	}
}

func TestFind(t *testing.T) {
	m := window()
	m.Add(lines(0, 100))
	draw(t, m, 40, 5)
	if n := m.Find("LINE 4"); n != 11 {
		t.Errorf("found %d", n)
	}
	has(t, draw(t, m, 40, 5), "▌00049")
	m.Next(1)
	has(t, draw(t, m, 40, 5), "▌00004") // round the end
	m.Next(-1)
	has(t, draw(t, m, 40, 5), "▌00049")
	if m.Find("nothing"); m.Next(1) {
		t.Error("found nothing, and goes there")
	}
}

func TestHostileTextIsCleaned(t *testing.T) {
	m := window()
	m.Add([]line{{1, "a\x1b[2Jb\x00\u202egpj\xff\u0130\u0130 \t宽宽宽宽宽宽宽宽宽宽宽宽宽"}, {2, strings.Repeat("\n", 5000)}, {3, strings.Repeat("y", 100_000)}})
	for _, wrap := range []bool{false, true} {
		m.Wrap(wrap)
		for _, find := range []string{"", "gpj", "i", "y"} {
			m.Find(find)
			for _, w := range []int{1, 5, 13, 14, 21, 80} {
				m.Key("g")
				for range 4 {
					for _, r := range strings.Join(draw(t, m, w, 6), "") {
						if r < 0x20 || r == 0x202e {
							t.Fatalf("control character %q", r)
						}
					}
					m.Key("pgdown")
				}
			}
		}
	}
	has(t, draw(t, m, 80, 250), "enter opens all of it")
}

func TestNothingInIt(t *testing.T) {
	m := window()
	for _, k := range []string{"j", "k", "g", "G", "pgup", "ctrl+d", "<", ">"} {
		m.Key(k)
	}
	draw(t, m, 20, 3)
	if _, ok := m.Current(); ok || m.Find("x") != 0 || m.Next(1) {
		t.Error("there is something")
	}
	if m.Key("x") {
		t.Error("x is no key of it")
	}
}

func BenchmarkFollow(b *testing.B) {
	m, th := window(), theme.New(theme.Default(true))
	m.Add(lines(0, 50_000))
	i := 50_000
	for b.Loop() {
		m.Add(lines(i, i+10))
		i += 10
		m.Draw(120, 40, th)
	}
}
