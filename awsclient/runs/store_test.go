package runs_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"straws/awsclient/lambda"
	"straws/awsclient/runs"
)

var mean = runs.Function{Account: "123456789012", Region: "eu-west-1", Name: "calculate_mean"}

// ran is the nth run of a test.
func ran(n int, answer string) runs.Run {
	at := time.Date(2026, 11, 21, 15, 0, n, 0, time.UTC)
	return runs.Run{
		ID: runs.NewID(at), Began: at, Outcome: runs.Answered,
		Invocation: lambda.Invocation{Function: mean.Name, Qualifier: "live", Payload: []byte(`{"n":1}`), Context: []byte(`{}`)},
		Result: lambda.Result{
			Status: 200, Payload: []byte(answer), Log: "START\nREPORT\n", RequestID: "r-1",
			Report: lambda.Report{Duration: 2 * time.Millisecond, Used: 38, Memory: 128},
		},
	}
}

// stores are the places where runs can be.
func stores(t *testing.T) map[string]*runs.Store {
	t.Helper()
	return map[string]*runs.Store{"disk": runs.Open(t.TempDir()), "memory": runs.Open("")}
}

func TestARunComesBackAsItWas(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			want := ran(1, "\x00\xff not text \n{")
			put(t, s, want)
			got, err := s.Load(mean, want.ID)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Result.Payload, want.Result.Payload) || got.Result.Log != want.Result.Log ||
				string(got.Invocation.Payload) != `{"n":1}` || string(got.Invocation.Context) != `{}` ||
				got.Invocation.Qualifier != "live" || got.Result.Report.Used != 38 || !got.Began.Equal(want.Began) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestTheListIsNewestFirstAndLight(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			for _, n := range []int{2, 3, 1} {
				put(t, s, ran(n, "12345"))
			}
			all := list(t, s)
			if len(all) != 3 || all[0].Began.Second() != 3 || all[2].Began.Second() != 1 {
				t.Fatalf("got %+v", all)
			}
			if r := all[0]; r.Result.Payload != nil || r.Sizes.Answer != 5 || r.Sizes.Payload != 7 {
				t.Errorf("got %+v", r)
			}
			if other, err := s.List(runs.Function{Account: mean.Account, Region: "us-east-1", Name: mean.Name}); err != nil || len(other) != 0 {
				t.Errorf("another region has %d runs, %v", len(other), err)
			}
		})
	}
}

func TestPuttingARunAgainReplacesIt(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			r := ran(1, "a")
			r.Outcome = runs.Unknown
			put(t, s, r)
			r.Result.Log = "found later"
			put(t, s, r)
			if got, err := s.Load(mean, r.ID); len(list(t, s)) != 1 || err != nil || got.Result.Log != "found later" {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestTheOldestRunsGo(t *testing.T) {
	for name, s := range stores(t) {
		t.Run(name, func(t *testing.T) {
			for n := range runs.MostRuns + 3 {
				put(t, s, ran(n, "x"))
			}
			if all := list(t, s); len(all) != runs.MostRuns || all[len(all)-1].Began.Sub(ran(0, "").Began) != 3*time.Second {
				t.Errorf("%d runs are kept, the oldest of %s", len(all), all[len(all)-1].Began)
			}
			for n := range 3 {
				put(t, s, ran(1000+n, strings.Repeat("x", runs.MostBytes/2+1)))
			}
			if all := list(t, s); len(all) != 1 {
				t.Errorf("%d runs are kept after large ones, want the newest alone", len(all))
			}
		})
	}
}

func TestOnlyTheOwnerCanReadThem(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "runs")
	s := runs.Open(dir)
	r := ran(1, "secret")
	put(t, s, r)
	for path, want := range map[string]os.FileMode{dir: 0o700, s.Dir(mean): 0o700, s.Path(mean, r.ID): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
}

func TestADamagedFileIsSaidAndLeft(t *testing.T) {
	tests := []struct {
		name   string
		damage func(text []byte) []byte
	}{
		{"cut off", func(b []byte) []byte { return b[:len(b)-4] }},
		{"half a line", func(b []byte) []byte { return b[:20] }},
		{"empty", func([]byte) []byte { return nil }},
		{"rubbish", func([]byte) []byte { return []byte("\x00\xff\n\n") }},
		{"longer", func(b []byte) []byte { return append(b, "more"...) }},
		{"wrong sizes", func(b []byte) []byte { return bytes.Replace(b, []byte(`"Answer":`), []byte(`"Answer":-`), 1) }},
		{"a line without end", func([]byte) []byte { return bytes.Repeat([]byte("x"), 1<<20) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := runs.Open(t.TempDir())
			bad, good := ran(1, "12345"), ran(2, "12345")
			put(t, s, bad)
			put(t, s, good)
			path := s.Path(mean, bad.ID)
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			text = tt.damage(text)
			if err := os.WriteFile(path, text, 0o600); err != nil {
				t.Fatal(err)
			}
			all := list(t, s)
			if len(all) != 2 || all[0].Outcome != runs.Answered || all[1].Outcome != runs.Damaged ||
				!strings.Contains(all[1].Err, path) || !all[1].Began.Equal(bad.Began) {
				t.Fatalf("got %+v", all)
			}
			if _, err := s.Load(mean, bad.ID); err == nil {
				t.Error("it was loaded")
			}
			if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, text) {
				t.Errorf("the file was touched: %v", err)
			}
		})
	}
}

func TestADirectoryThatCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := runs.Open(file).Put(mean, ran(1, "x")); err == nil {
		t.Error("no error")
	}
}

func TestNamesStayInTheDirectory(t *testing.T) {
	dir := t.TempDir()
	s := runs.Open(dir)
	for _, name := range []string{"../../up", "..", ".", "", "a/b", "a\x00b", "%2e"} {
		f := runs.Function{Account: name, Region: name, Name: name}
		rel, err := filepath.Rel(dir, s.Path(f, name))
		if err != nil || strings.HasPrefix(rel, "..") || strings.Count(rel, string(filepath.Separator)) != 3 {
			t.Errorf("%q is kept at %s", name, rel)
		}
		if err := s.Put(f, ran(1, name)); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestAFailureWithALongStack(t *testing.T) {
	s := runs.Open(t.TempDir())
	r := ran(1, fmt.Sprintf(`{"errorType":"E","errorMessage":%q,"stackTrace":["one","two"]}`, strings.Repeat("long ", 200_000)))
	r.Result.FunctionError, r.Result.Failure = "Unhandled", lambda.ParseFailure(r.Result.Payload)
	put(t, s, r)
	if all := list(t, s); len(all) != 1 || all[0].Result.Failure.Type != "E" || len(all[0].Result.Failure.Message) > 3000 {
		t.Errorf("the list has %+v", all[0].Outcome)
	}
	if got, err := s.Load(mean, r.ID); err != nil || len(got.Result.Failure.Stack) != 2 || len(got.Result.Failure.Message) != 1_000_000 {
		t.Errorf("%d frames, %v", len(got.Result.Failure.Stack), err)
	}
}

func put(t *testing.T, s *runs.Store, r runs.Run) {
	t.Helper()
	if err := s.Put(mean, r); err != nil {
		t.Fatal(err)
	}
}

func list(t *testing.T, s *runs.Store) []runs.Run {
	t.Helper()
	all, err := s.List(mean)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
