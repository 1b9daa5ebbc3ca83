package emr_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"straws/awsclient/demo"

	tea "charm.land/bubbletea/v2"
)

func TestTheListShowsClustersActiveFirst(t *testing.T) {
	s := at(t, "emr", 140, 40)
	s.Want("NAME", "STATE", "AGE", "RELEASE", "HOURS", "10 clusters")
	s.wantRow(nightly, "●", "wordcount-nightly", "RUNNING", "12m", "emr-7.9.0")
	s.wantRow("wordcount-small", "○", "WAITING", "26h", "emr-7.8.0")
	s.wantRow("spark-etl", "✗", "TERMINATED_WITH_ERRORS", "13:55", "Shut down as step failed")
	frame := s.Frame()
	for _, pair := range [][2]string{{nightly, "wordcount-small"}, {"clickstream-hourly", "spark-etl"}, {"spark-etl", "Steps completed"}} {
		if strings.Index(frame, pair[0]) > strings.Index(frame, pair[1]) {
			t.Errorf("%s does not come before %s:\n%s", pair[0], pair[1], frame)
		}
	}
	if n := s.asked("ListClusters"); n != 2 {
		t.Errorf("AWS was asked for clusters %d times", n)
	}
}

func TestWhatStaysOnANarrowScreen(t *testing.T) {
	tests := []struct {
		name string
		w, h int
		want []string
	}{
		{"wide", 200, 60, []string{"REASON", "Cluster ready to run steps."}},
		{"ordinary", 80, 24, []string{"wordcount-nightly", "RUNNING", "12m", "TERMINATED_WITH_ERRORS"}},
		{"narrow", 40, 8, []string{"wordcount-nightly", "●"}},
		{"too small", 20, 5, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { at(t, "emr", tt.w, tt.h).Want(tt.want...) })
	}
}

func TestTheOverviewSaysWhatRunsAndWhatFailed(t *testing.T) {
	s := at(t, "", 120, 40)
	s.Want("1 running · 2 waiting · 1 failed today")
	s.wantRow("spark-etl", "✗", "TERMINATED_WITH_ERRORS", "13:55")
}

// Loading often waits for EMR's limit, in time that only the test sees.
func TestClustersArePolledWhileOneRuns(t *testing.T) { synctest.Test(t, polled) }

func polled(t *testing.T) {
	s := at(t, "emr", 120, 40)
	asked := s.asked("ListClusters")
	s.Advance(31 * time.Second)
	if s.asked("ListClusters") == asked {
		t.Error("not loaded again although a cluster runs")
	}
	s.Advance(5 * time.Minute).Lack("RUNNING")
	s.Advance(time.Minute)
	asked = s.asked("ListClusters")
	s.Advance(10 * time.Minute)
	if n := s.asked("ListClusters") - asked; n != 0 {
		t.Errorf("loaded %d times although nothing runs", n)
	}
}

func TestNothingIsPolledWithoutFocus(t *testing.T) {
	s := at(t, "emr", 120, 40)
	s.Send(tea.BlurMsg{})
	s.Settle()
	asked := s.asked("ListClusters")
	s.Advance(10 * time.Minute)
	if n := s.asked("ListClusters") - asked; n != 0 {
		t.Errorf("loaded %d times unseen", n)
	}
}

func TestDetailsAreTheWholeCluster(t *testing.T) {
	s := at(t, "emr", 120, 40)
	s.Keys("i").Want(`"Release": "emr-7.9.0"`, "Spark 3.5.5", `"LogURI"`)
}

func TestDenied(t *testing.T) {
	tests := []struct{ op, at, want, then string }{
		{"emr:ListClusters", "emr", "elasticmapreduce:ListClusters", "wordcount-nightly"},
		{"emr:ListSteps", "emr/" + nightly, "elasticmapreduce:ListSteps", "word count"},
	}
	for _, tt := range tests {
		t.Run(tt.op, func(t *testing.T) {
			s := at(t, tt.at, 120, 30, func(a *demo.Account) { a.Fail(tt.op, demo.Denied) })
			s.Want(tt.want)
			s.account.Heal("*")
			s.Keys("r").Want(tt.then).Lack(tt.want)
		})
	}
}

func TestWithoutDescribeClusterOnlyTheReleaseIsMissing(t *testing.T) {
	s := at(t, "emr", 140, 40, func(a *demo.Account) { a.Fail("emr:DescribeCluster", demo.Denied) })
	s.Want("10 clusters", "wordcount-nightly").Lack("emr-7.9.0", "not allowed")
}

func TestAnotherRegionHasNone(t *testing.T) {
	s := at(t, "emr", 120, 30)
	s.Keys("R").Type("us-east-1").Keys("enter").Want("there is no active cluster")
}
