package ui_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/ui"
	"straws/ui/uitest"
)

func TestOverviewLoadsEachServiceByItself(t *testing.T) {
	d := open(t, 120, 40, func(h *house, _ *ui.Options) {
		h.b.wait = make(chan struct{})
		h.c.err = errors.New("not allowed: cups:List")
	})
	d.Impatient().Settle()
	d.Want("1 Apples  30 things", "Apples number 0", "2 Beans", "loading…", "3 Cups", "not allowed: cups:List", "4 Dates  2 things")
	d.Want("prod-admin", "123456789012", "eu-west-1")
	close(d.b.wait)
	d.Patient().Settle().Want("2 Beans  5 things", "Beans number 4")
}

func TestPanesKeepTheirPlace(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1", "j", "j", "enter").Want("Apples › Apples number 2 inside")
	d.Keys("2").Want("Beans number 0").Lack("inside")
	d.Keys("1").Want("Apples number 2 inside")
	loads := d.a.loads
	d.Keys("esc").Want("▸ Apples number 2 ")
	if d.a.loads != loads {
		t.Error("coming back to a list sent a request")
	}
	d.Keys("esc").Want("1 Apples  30 things", "4 Dates")
}

func TestALateAnswerNeverLandsInAnotherPane(t *testing.T) {
	d := open(t, 120, 40, func(h *house, o *ui.Options) { h.a.wait = make(chan struct{}); o.Target = "apples" })
	d.Impatient().Settle().Want("loading…")
	d.Keys("2").Want("Beans number 0")
	close(d.a.wait)
	d.Patient().Settle().Want("Beans number 0").Lack("Apples number")
}

func TestQueuedKeysReachTheScreenTheUserSees(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1")
	// "enter" opens another list at once, so "D" that follows in the same read
	// must ask about that list, which is still empty, and not about the apples.
	d.Burst("enter", "D")
	d.Settle().Want("there is no thing")
	if len(d.a.acted()) > 0 {
		t.Error("a queued key acted on the list that had been left")
	}
}

func TestWriteAsksForY(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1", "s").Want("Start thing in acme-prod 123456789012, eu-west-1", "Apples number 0", "needs toy:Start", "y to start")
	d.Keys("n").Want("nothing was done")
	d.Keys("s", "y").Want("start Apples number 0: done")
	if got := d.a.acted(); !slices.Equal(got, []string{"apples-000"}) {
		t.Errorf("acted on %v", got)
	}
}

func TestQueuedKeysCannotAnswer(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1")
	d.Burst("s", "y")
	d.Settle().Want("y to start")
	if got := d.a.acted(); len(got) > 0 {
		t.Errorf("a key typed before the question was read acted on %v", got)
	}
}

func TestDestroyTakesTheName(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1", "D").Want("type  Apples number 0  to destroy", "apples-000")
	d.Type("Apples number").Keys("enter").Want("that is not it")
	d.Paste(" 0\n").Want("Apples number 0")
	if len(d.a.acted()) > 0 {
		t.Fatal("pasting answered the question")
	}
	d.Keys("enter").Want("destroy Apples number 0: done")
	if got := d.a.acted(); !slices.Equal(got, []string{"apples-000"}) {
		t.Errorf("acted on %v", got)
	}
}

func TestAQuestionGivesTheCommandsAndStays(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1", "space", "space", "D").Want("ctrl+y copy the command").Keys("ctrl+y").Want("type  2  to destroy")
	want := "aws toy destroy apples-000 --profile prod-admin --region eu-west-1 &&\naws toy destroy apples-001 --profile prod-admin --region eu-west-1"
	if got := d.Clipboard(); got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	d.Keys("esc").Want("nothing was done")
	if len(d.a.acted()) > 0 {
		t.Error("copying answered the question")
	}
	d.Keys("U", "s").Lack("ctrl+y").Keys("ctrl+y").Lack("nothing was done").Keys("y").Want("done")
}

func TestNamesGiveWayToNotesOnASmallScreen(t *testing.T) {
	d := open(t, 60, 12)
	d.Settle().Keys("1", "*", "D").Want("Apples number 0", "needs toy:Destroy", "type  ")
}

func TestDestroyManyTakesTheCount(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1", "/").Type("number 1").Keys("enter", "*", "D").Want("Destroy 12 things", "… and 4 more", "type  12  to destroy")
	d.Keys("1", "2", "enter").Want("destroy things: 12 done")
	want := []string{"apples-001"}
	for i := 10; i < 20; i++ {
		want = append(want, fmt.Sprintf("apples-%03d", i))
	}
	want = append(want, "apples-021")
	if got := d.a.acted(); !slices.Equal(got, want) {
		t.Errorf("acted on %v, want %v", got, want)
	}
}

func TestPartialFailureIsNamedAndRetried(t *testing.T) {
	d := open(t, 120, 40, func(h *house, _ *ui.Options) {
		h.b.broken["beans-001"] = errors.New("beans-001 is locked")
		h.b.broken["beans-003"] = errors.New("beans-003 is locked")
	})
	d.Settle().Keys("2", "*", "s", "y").Want("start things: 3 done, 2 failed", "is locked (and 1 more: t shows them)")
	d.Keys("t").Want("partial", "3 of 5")
	d.Keys("enter").Want("beans-001 is locked", "beans-003 is locked").Keys("esc")
	d.b.set(func() { d.b.done = nil; clear(d.b.broken) })
	d.Keys("e").Want("start things: 2 done")
	if got := d.b.acted(); !slices.Equal(got, []string{"beans-001", "beans-003"}) {
		t.Errorf("retried %v", got)
	}
}

func TestAnActionThatIsOffSaysWhy(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1", "z").Want("Never: it is sealed")
	d.Keys("a").Want("Never", "it is sealed", "Destroy", "toy:Destroy")
}

func TestReadOnlyRefuses(t *testing.T) {
	d := open(t, 120, 40, func(_ *house, o *ui.Options) { o.AWS = session(t, uitest.NewClock(), true) })
	d.Settle().Want("READ-ONLY").Keys("1", "D").Want("Destroy: refused, this session is read-only")
	d.Keys("a").Want("this session is read-only")
}

func TestAListThatChangesDoesNotChangeTheTarget(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1", "j", "j", "D").Want("type  Apples number 2 ")
	d.a.set(func() { d.a.items = slices.Delete(d.a.items, 0, 2) })
	d.Type("Apples number 2").Keys("enter").Want("done")
	if got := d.a.acted(); !slices.Equal(got, []string{"apples-002"}) {
		t.Errorf("acted on %v", got)
	}
	d.Want("▸ Apples number 2 ") // the refresh after the job kept the cursor on its item
}

func TestQuitAsksWhileAJobRuns(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1")
	release := make(chan struct{})
	d.a.mu.Lock() // holds the action back
	d.Impatient().Keys("s", "y", "ctrl+c").Want("1 job running", "cancel and quit")
	d.Keys("n")
	if d.HasQuit() {
		t.Error("the program quit although the user stayed")
	}
	d.a.mu.Unlock()
	close(release)
	d.Patient().Settle().Want("done").Keys("ctrl+c")
	if !d.HasQuit() {
		t.Error("ctrl+c did not quit")
	}
}

func TestPaletteOpensAddressesActionsAndRegions(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys(":").Type("cups/x").Want("open in Cups").Keys("enter").Want("Cups › cups/x")
	d.Keys(":").Paste("beans").Keys("enter").Want("Beans number 0")
	d.Keys(":").Type("destroy").Keys("enter").Want("type  Beans number 0  to destroy").Keys("esc")
	d.Keys(":").Type("eu-central-1").Keys("enter").Want("prod-admin", "eu-central-1")
	d.Keys(":").Type("cups/bad").Keys("enter").Want("bad is not a thing")
}

func TestTargetOpensAtOnce(t *testing.T) {
	d := open(t, 80, 24, func(_ *house, o *ui.Options) { o.Target = "dates/x" })
	d.Settle().Want("Dates › dates/x", "number 1")
	if d.a.loads != 0 {
		t.Error("a service that nobody looks at was loaded")
	}
	d.Keys("0").Want("1 Apples  30 things")
}

func TestFilterSortMarkPreview(t *testing.T) {
	d := open(t, 140, 40)
	d.Settle().Keys("1", "/").Type(">27mb").Want("2 of 30 things").Keys("enter").Want("2 match").Lack("number 5 ")
	d.Keys("esc").Want("number 5 ")
	d.Keys("o").Want("sort by", "SIZE").Keys("j", "enter", "o", "j", "enter").Want("SIZE ▼", "▸ Apples number 28 ")
	d.Keys("g", "p").Want("about apples-029", "text of apples-029")
	d.Keys("j").Want("text of apples-028").Keys("esc").Lack("text of")
	d.Keys("y").Want("command: Destroy", "aws toy destroy apples-028 --profile prod-admin --region eu-west-1").Keys("enter")
	if d.Clipboard() != "Apples number 28" {
		t.Errorf("copied %q", d.Clipboard())
	}
	d.Keys("i").Want(`"ID": "apples-028"`, `"Size": 28000000`).Keys("|").Type(".Size/1000").Keys("enter").Want("28000").Lack("Name")
}

func TestEveryScreenFitsEverySize(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle()
	for _, size := range [][2]int{{200, 60}, {120, 40}, {100, 30}, {99, 29}, {80, 24}, {40, 8}, {39, 8}, {20, 5}, {1, 1}} {
		for _, keys := range []string{"0", "1", "1 enter", "1 D", "1 a", ":", "?", "t", "!", "1 i", "1 p", "1 /", "P", "1 o", "1 * s"} {
			d.Resize(size[0], size[1])
			d.Keys(strings.Fields(keys)...) // the driver checks every frame
			d.Keys("esc", "esc", "esc", "esc")
		}
	}
}

func TestResizeStorm(t *testing.T) {
	d := open(t, 120, 40)
	for i := range 200 {
		d.Resize(1+i*7%150, 1+i*13%60).Burst("j", "1", "0", "/", "esc")
	}
	d.Resize(120, 40).Keys("esc", "0").Want("1 Apples")
}

func TestIdleMeansNoTimers(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("1")
	before := d.Styled()
	d.Advance(time.Hour)
	if d.Styled() != before {
		t.Error("the screen changed although nothing happened")
	}
}

func TestARefreshAfterHalfAListingReplacesIt(t *testing.T) {
	d := open(t, 120, 40, func(h *house, _ *ui.Options) { h.b.breakAfter = 2 })
	d.Settle().Keys("2").Want("2+ things", "the line went dead", "Beans number 1").Lack("Beans number 2")
	d.b.set(func() { d.b.breakAfter = 0 })
	d.Keys("r").Want(" 5 things").Lack("not up to date")
}

func TestThePagesOfTheShellOpenAndClose(t *testing.T) {
	d := open(t, 120, 40)
	d.Settle().Keys("2", "t").Want("Beans › jobs", "nothing was changed yet").Keys("t").Want("Beans number 0")
	d.Keys("?").Want("Beans › help", "Everywhere", "Destroy; asks for the name").Keys("?").Want("Beans number 0")
	d.Keys("!").Want("Beans › call log", "STS GetCallerIdentity").Keys("esc").Want("Beans number 0")
}

func TestWithoutCredentialsTheWaysOutAreOffered(t *testing.T) {
	d := open(t, 120, 40, func(_ *house, o *ui.Options) {
		c := uitest.NewClock()
		account := demo.New(demo.Options{Now: c.Now})
		account.Fail("sts:GetCallerIdentity", demo.Expired)
		cfg := account.Config()
		s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &cfg})
		if err != nil {
			t.Fatal(err)
		}
		o.AWS = s
		o.Demo = func() *awsclient.Session { return session(t, c, false) }
	})
	d.Settle().Want("tried, in this order", "environment:", "try again", "open the demo account")
	d.Resize(60, 12).Want("try again").Resize(40, 8).Resize(120, 40)
	d.Keys("d").Want("prod-admin", "123456789012").Lack("try again")
}
