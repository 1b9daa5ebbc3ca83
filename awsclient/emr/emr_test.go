package emr_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"straws/awsclient"
	"straws/awsclient/demo"
	"straws/awsclient/emr"
)

const (
	nightly = "j-2AXQ7K0M9PZ1D"
	etl     = "j-3F8ZK1QW0T6NB"
	hourly  = "j-0CL1CK57R3AM2"
)

func open(t *testing.T) (*awsclient.Session, *demo.Account) {
	t.Helper()
	a := demo.New(demo.Options{})
	c := a.Config()
	s, err := awsclient.Open(t.Context(), awsclient.Options{Config: &c})
	if err != nil {
		t.Fatal(err)
	}
	return s, a
}

// all reads every page.
func all[T any](t *testing.T, next func(context.Context) ([]T, bool, error)) []T {
	t.Helper()
	var out []T
	for {
		page, more, err := next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if out = append(out, page...); !more {
			return out
		}
	}
}

func TestActiveClustersComeFirst(t *testing.T) {
	s, a := open(t)
	next := emr.List(s, a.Now())
	first, more, err := next(t.Context())
	if err != nil || !more || len(first) != 3 {
		t.Fatalf("first page: %+v, more %v, %v", first, more, err)
	}
	for _, c := range first {
		if !c.State.Active() {
			t.Errorf("%s is %s", c.Name, c.State)
		}
	}
	if n := len(a.Calls("*")); n != 1 {
		t.Errorf("the first page took %d requests", n)
	}
	ended := all(t, next)
	if len(ended) == 0 {
		t.Fatal("no cluster has ended")
	}
	for _, c := range ended {
		if c.State.Active() || a.Now().Sub(c.Created) > 7*24*time.Hour {
			t.Errorf("%s is %s, created %v", c.Name, c.State, c.Created)
		}
	}
	i := slices.IndexFunc(ended, func(c emr.Cluster) bool { return c.ID == etl })
	if i < 0 || ended[i].State != emr.TerminatedBad || ended[i].Reason != "Shut down as step failed" || ended[i].Ended.IsZero() {
		t.Errorf("spark-etl: %+v", ended)
	}
}

func TestReleasesAreLearntAfterTheList(t *testing.T) {
	s, a := open(t)
	if _, ok := emr.Known(s, nightly); ok {
		t.Error("known before anything was asked")
	}
	all(t, emr.List(s, a.Now()))
	if got, ok := emr.Known(s, nightly); !ok || got.Release != "emr-7.9.0" || got.LogURI == "" {
		t.Errorf("known: %+v", got)
	}
	described := len(a.Calls("emr:DescribeCluster"))
	if described > 5 {
		t.Errorf("one listing described %d clusters", described)
	}
	a.Fail("emr:DescribeCluster", demo.Denied)
	all(t, emr.List(s, a.Now())) // being denied the releases is no error
}

func TestStepsNewestFirst(t *testing.T) {
	s, a := open(t)
	steps := all(t, emr.Steps(s, nightly))
	var names []string
	for _, st := range steps {
		names = append(names, st.Name+" "+string(st.State))
	}
	want := "publish PENDING, sort by count PENDING, word count RUNNING, tokenize COMPLETED, copy input COMPLETED"
	if got := strings.Join(names, ", "); got != want {
		t.Errorf("steps %s\nwant  %s", got, want)
	}
	if took := steps[3].Took(a.Now()); took != 4*time.Minute {
		t.Errorf("tokenize took %v", took)
	}
	if took := steps[2].Took(steps[2].Started.Add(time.Minute)); took != time.Minute {
		t.Errorf("a minute after its start, word count took %v", took)
	}
	if steps[0].Took(a.Now()) != 0 {
		t.Error("a pending step took time")
	}
}

func TestManyStepsAreOneRequestAPage(t *testing.T) {
	s, a := open(t)
	if got := len(all(t, emr.Steps(s, hourly))); got != 120 {
		t.Errorf("%d steps", got)
	}
	if n := len(a.Calls("emr:ListSteps")); n != 3 {
		t.Errorf("%d requests", n)
	}
}

func TestAFailedStepSaysWhyAndWhereItsLogsAre(t *testing.T) {
	s, _ := open(t)
	steps := all(t, emr.Steps(s, etl))
	f := steps[1]
	if f.State != emr.StepFailed || !strings.Contains(f.Message, "SparkException") || len(f.Applications) != 1 {
		t.Fatalf("got %+v", f)
	}
	facts, _ := emr.Known(s, etl)
	if got, want := f.Logs(etl, facts), "s3://acme-logs/emr/"+etl+"/steps/"+f.ID+"/"; got != want {
		t.Errorf("logs %s, want %s", got, want)
	}
}

func TestLogs(t *testing.T) {
	tests := []struct {
		name  string
		step  emr.Step
		facts emr.Facts
		want  string
	}{
		{"of the cluster", emr.Step{ID: "s-1"}, emr.Facts{LogURI: "s3n://logs/emr/"}, "s3://logs/emr/j-1/steps/s-1/"},
		{"without a slash", emr.Step{ID: "s-1"}, emr.Facts{LogURI: "s3a://logs"}, "s3://logs/j-1/steps/s-1/"},
		{"of the step itself", emr.Step{ID: "s-1", LogURI: "s3://own/"}, emr.Facts{LogURI: "s3://logs/"}, "s3://own/j-1/steps/s-1/"},
		{"where EMR read it", emr.Step{ID: "s-1", LogFile: "s3://x/y/steps/s-1/stderr.gz"}, emr.Facts{}, "s3://x/y/steps/s-1/"},
		{"nowhere", emr.Step{ID: "s-1"}, emr.Facts{}, ""},
		{"on a disk", emr.Step{ID: "s-1"}, emr.Facts{LogURI: "hdfs:///logs"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.step.Logs("j-1", tt.facts); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	s, _ := open(t)
	d, err := emr.Describe(t.Context(), s, etl)
	if err != nil || d.Release != "emr-7.9.0" || !slices.Contains(d.Applications, "Spark 3.5.5") || d.ReasonCode != "STEP_FAILURE" || d.Tags["team"] != "data" {
		t.Errorf("got %+v, %v", d, err)
	}
	_, err = emr.Describe(t.Context(), s, "j-NONE")
	var e *awsclient.Error
	if !errors.As(err, &e) || e.Kind != awsclient.Invalid {
		t.Errorf("unknown cluster: %v", err)
	}
}

func TestRequestsAreSpacedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, a := open(t)
		start := time.Now()
		const loads = 20
		for range loads {
			if _, _, err := emr.Steps(s, nightly)(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(a.Calls("emr:ListSteps")); n != loads {
			t.Errorf("%d requests", n)
		}
		// ListSteps may be called half a time a second once its burst is used up.
		if took := time.Since(start); took < 30*time.Second || took > time.Minute {
			t.Errorf("%d requests took %v", loads, took)
		}
	})
}

func TestWaitingForTheLimitEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, a := open(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var err error
		for err == nil {
			_, _, err = emr.Steps(s, nightly)(ctx)
		}
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		before := len(a.Calls("emr:ListSteps"))
		time.Sleep(3 * time.Second)
		if _, _, err := emr.Steps(s, nightly)(t.Context()); err != nil || len(a.Calls("emr:ListSteps")) != before+1 {
			t.Errorf("afterwards: %v", err)
		}
	})
}
