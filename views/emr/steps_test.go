package emr_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"straws/awsclient/demo"
)

// Loading often waits for EMR's limit, in time that only the test sees.
func TestStepsProgressWithTheClock(t *testing.T) { synctest.Test(t, progress) }

func progress(t *testing.T) {
	s := at(t, "emr", 120, 40)
	s.Keys("enter").Want("wordcount-nightly", "STEP", "STARTED", "TOOK", "5 steps")
	s.wantRow("copy input", "✓", "COMPLETED", "14:51", "3m00s")
	s.wantRow("word count", "●", "RUNNING", "14:58", "2m00s")
	s.wantRow("publish", "PENDING", "-")
	s.Advance(65 * time.Second)
	s.wantRow("word count", "✓", "COMPLETED", "3m00s")
	s.wantRow("sort by count", "●", "RUNNING")
	s.Advance(4 * time.Minute)
	s.wantRow("publish", "✓", "COMPLETED", "1m00s")
	asked := s.asked("ListSteps")
	s.Advance(10 * time.Minute)
	if n := s.asked("ListSteps") - asked; n != 0 {
		t.Errorf("loaded %d times although nothing runs", n)
	}
}

func TestWhyAStepFailedAndWhereItsLogsAre(t *testing.T) {
	s := at(t, "emr/"+etl, 140, 40)
	s.wantRow("spark-etl  ", "✗", "FAILED", "24m31s", "SparkException")
	s.wantRow("publish", "CANCELLED")
	s.Keys("j", "enter")
	s.Want("✗ FAILED", "Unknown Error.", "finished with failed", "stderr.gz", "s3://acme-logs/emr/"+etl+"/steps/", "com.acme.etl.Orders", "application_", "TERMINATE_CLUSTER")
	s.Keys("L").Want("opened s3://acme-logs/emr/" + etl + "/steps/s-")
}

func TestLogsFromTheList(t *testing.T) {
	s := at(t, "emr/"+etl, 120, 40)
	s.Keys("L").Want("the step has not run") // publish was cancelled before
	s.Keys("j", "L").Want("opened s3://acme-logs/emr/" + etl + "/steps/s-")
}

func TestAClusterWithoutLogs(t *testing.T) {
	s := at(t, "emr/"+hourly, 120, 40)
	s.Want("120 steps").Keys("L").Want("keeps no logs in S3")
	s.Keys("enter").Want("keeps no logs in S3", "spark-submit")
}

func TestLogsOfAClusterThatMayNotBeDescribed(t *testing.T) {
	s := at(t, "emr/"+nightly, 120, 40, func(a *demo.Account) { a.Fail("emr:DescribeCluster", demo.Denied) })
	s.Keys("G", "L").Want("elasticmapreduce:DescribeCluster")
}

func TestManySteps(t *testing.T) {
	s := at(t, "emr/"+hourly, 120, 40)
	s.Want("120 steps")
	s.Keys("/").Type("failed").Want("1 of 120", "OutOfMemoryError")
	if n := s.asked("ListSteps"); n != 3 {
		t.Errorf("AWS was asked %d times", n)
	}
}

func TestAnAddressThatIsNoCluster(t *testing.T) {
	s := at(t, "emr/j-NOSUCHCLUSTER", 120, 30)
	s.Want("j-NOSUCHCLUSTER", "not valid")
	s.Keys("esc").Want("10 clusters")
}

func TestWhatIsCopiedOfAStep(t *testing.T) {
	s := at(t, "emr/"+etl, 120, 40)
	s.Keys("j", "y").Want("id", "arguments", "log URI", "command: Describe")
	s.Keys("/").Type("log").Keys("enter")
	if got := s.Clipboard(); !strings.HasPrefix(got, "s3://acme-logs/emr/"+etl) {
		t.Errorf("copied %q", got)
	}
}

func TestStepsOnEverySize(t *testing.T) {
	for _, size := range [][2]int{{200, 60}, {120, 40}, {80, 24}, {40, 8}, {20, 5}} {
		s := at(t, "emr/"+etl, size[0], size[1])
		s.Keys("j", "enter", "G", "esc", "G")
	}
}
