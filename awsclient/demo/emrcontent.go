package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/emr/types"
)

const (
	logBucket = "acme-logs"
	emrLogs   = "s3n://acme-logs/emr/" // EMR itself writes the old scheme
	runnerJar = "command-runner.jar"
	newest    = "emr-7.9.0"
)

func newEMRState(a *Account) *emrState {
	s := &emrState{newID: emrIDs(a.random("emr"))}
	now := a.Now().Truncate(time.Second)
	s.clusters = append(s.clusters,
		s.wordcountNightly(now), s.sparkETL(now), s.wordcountSmall(now), s.clickstream(now))
	s.clusters = append(s.clusters, s.pastClusters(a.random("emr past"), now)...)
	slices.SortFunc(s.clusters, func(a, b *emrCluster) int { return cmp.Compare(a.id, b.id) })
	a.emr = s
	for _, c := range s.clusters {
		a.writeStepLogs(c)
	}
	return s
}

// emrIDs makes ids as EMR does: a prefix and capital letters and digits.
func emrIDs(r *rand.Rand) func(prefix string) string {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return func(prefix string) string {
		id := []byte(prefix)
		for range 13 {
			id = append(id, letters[r.IntN(len(letters))])
		}
		return string(id)
	}
}

// wordcountNightly is in the middle of its five steps: the third ends a minute
// after the account is made.
func (s *emrState) wordcountNightly(now time.Time) *emrCluster {
	c := &emrCluster{
		id: "j-2AXQ7K0M9PZ1D", name: "wordcount-nightly", release: newest, created: now.Add(-12 * time.Minute),
		starts: 3 * time.Minute, cores: 4, logs: emrLogs,
	}
	s.add(c, "copy input", 3*time.Minute, "s3-dist-cp", "--src", "s3://datalake/input/", "--dest", "hdfs:///input/")
	s.add(c, "tokenize", 4*time.Minute, "hadoop-streaming", "-files", "s3://datalake/config/tokenize.py", "-mapper", "tokenize.py", "-input", "hdfs:///input/", "-output", "hdfs:///words/")
	s.add(c, "word count", 3*time.Minute, "hadoop-streaming", "-mapper", "cat", "-reducer", "aggregate", "-input", "hdfs:///words/", "-output", "hdfs:///counts/").stdout = wordCounts
	s.add(c, "sort by count", 2*time.Minute, "hadoop", "jar", "/usr/lib/hadoop-mapreduce/hadoop-mapreduce-examples.jar", "sort", "hdfs:///counts/", "hdfs:///sorted/")
	s.add(c, "publish", time.Minute, "s3-dist-cp", "--src", "hdfs:///sorted/", "--dest", "s3://datalake/curated/words/")
	return c
}

// sparkETL failed an hour ago, and took its cluster down.
func (s *emrState) sparkETL(now time.Time) *emrCluster {
	c := &emrCluster{
		id: "j-3F8ZK1QW0T6NB", name: "spark-etl", release: newest, created: now.Add(-110 * time.Minute),
		starts: 5 * time.Minute, cores: 8, autoEnd: true, logs: emrLogs,
	}
	s.add(c, "copy input", 4*time.Minute+10*time.Second, "s3-dist-cp", "--src", "s3://datalake/raw/2026/11/", "--dest", "hdfs:///raw/")
	s.add(c, "wordcount", 11*time.Minute+2*time.Second, "spark-submit", "--deploy-mode", "cluster", "s3://datalake/jobs/wordcount.py").stdout = wordCounts
	etl := s.add(c, "spark-etl", 24*time.Minute+31*time.Second, "spark-submit", "--deploy-mode", "cluster", "--class", "com.acme.etl.Orders", "s3://datalake/jobs/etl.jar", "s3://secret-vault/customers/")
	etl.fails = &stepFailure{
		reason:  "Unknown Error.",
		message: "Exception in thread \"main\" org.apache.spark.SparkException: Application application_1795167600000_0003 finished with failed status",
		stderr:  sparkFailure,
	}
	s.add(c, "publish", time.Minute, "s3-dist-cp", "--src", "hdfs:///orders/", "--dest", "s3://datalake/curated/orders/")
	for i, step := range c.steps {
		step.onFailure = types.ActionOnFailureTerminateCluster
		if i > 0 {
			step.app = fmt.Sprintf("application_1795167600000_%04d", i+1)
		}
	}
	return c
}

// wordcountSmall waits for work after a word count.
func (s *emrState) wordcountSmall(now time.Time) *emrCluster {
	c := &emrCluster{
		id: "j-1WC5M4LL0B8RT", name: "wordcount-small", release: "emr-7.8.0", created: now.Add(-26 * time.Hour),
		starts: 6 * time.Minute, cores: 1, protected: true, logs: emrLogs,
	}
	s.add(c, "word count", 7*time.Minute+48*time.Second, "hadoop-streaming", "-mapper", "cat", "-reducer", "aggregate", "-input", "s3://datalake/input/", "-output", "s3://datalake/curated/words-small/").stdout = wordCounts
	return c
}

// clickstream has had a step an hour for more than two pages of steps. It keeps
// no logs in S3.
func (s *emrState) clickstream(now time.Time) *emrCluster {
	const hours = 120
	c := &emrCluster{
		id: "j-0CL1CK57R3AM2", name: "clickstream-hourly", release: "emr-6.15.0", created: now.Add(-(hours + 1) * time.Hour),
		starts: 7 * time.Minute, cores: 12,
	}
	for i := range hours {
		at := now.Add(-time.Duration(hours-i) * time.Hour)
		step := s.add(c, "sessions "+at.UTC().Format("2006-01-02 15h"), time.Duration(11+i%9)*time.Minute, "spark-submit", "s3://datalake/jobs/sessions.py", at.UTC().Format("2006/01/02/15"))
		step.created = at
		if i == hours-30 {
			step.fails = &stepFailure{reason: "Main class failed to load.", message: "java.lang.OutOfMemoryError: Java heap space"}
		}
	}
	return c
}

// pastClusters are nightly runs of the last eight weeks: more than one page of
// history, most of it older than a week.
func (s *emrState) pastClusters(r *rand.Rand, now time.Time) []*emrCluster {
	const nights = 56
	id := emrIDs(r)
	clusters := make([]*emrCluster, nights)
	for i := range nights {
		c := &emrCluster{
			id: id("j-"), name: "wordcount-nightly", release: "emr-7.8.0", starts: 5 * time.Minute, cores: 4, autoEnd: true,
			created: now.Add(-time.Duration(i+1)*24*time.Hour - time.Duration(r.IntN(600))*time.Second),
		}
		c.logs = strings.TrimSuffix(emrLogs, "emr/") + "archive/"
		s.add(c, "copy input", time.Duration(150+r.IntN(90))*time.Second, "s3-dist-cp", "--src", "s3://datalake/input/", "--dest", "hdfs:///input/")
		s.add(c, "word count", time.Duration(400+r.IntN(200))*time.Second, "hadoop-streaming", "-mapper", "cat", "-reducer", "aggregate")
		clusters[i] = c
	}
	return clusters
}

// add appends a step that was submitted with the cluster.
func (s *emrState) add(c *emrCluster, name string, runs time.Duration, args ...string) *emrStep {
	step := &emrStep{
		id: s.newID("s-"), name: name, jar: runnerJar, args: args, onFailure: types.ActionOnFailureContinue,
		created: c.created, runs: runs,
	}
	c.steps = append(c.steps, step)
	return step
}
